import DialogEngine
import Facilitation
import FoundationEssentials
import Synchronization

/// Turns events, outputs, sessions and dialogs into the text of their columns and back.
final class Codec: Sendable {
    private let decoder = JSONDecoder()
    /// The dialogs read last, by hash; few guides are in use at the same time.
    private let dialogs = Mutex<[String: Dialog]>([:])
    private static let keptDialogs = 8

    func encode(_ value: some Encodable) throws(StoreError) -> String {
        do {
            return try JSONWriter.text(value)
        } catch {
            throw .invalidChange(reason: "\(type(of: value)) cannot be written as JSON")
        }
    }

    func decode<Value: Decodable>(_ type: Value.Type, from json: String, _ what: String) throws(StoreError) -> Value {
        do {
            return try decoder.decode(type, from: Data(json.utf8))
        } catch {
            throw .corrupt(reason: "\(what) cannot be read")
        }
    }

    func dialog(_ hash: String, from json: () throws -> String) throws -> Dialog {
        if let dialog = dialogs.withLock({ $0[hash] }) { return dialog }
        let dialog = try decode(Dialog.self, from: json(), "dialog \(hash)")
        dialogs.withLock {
            if $0.count >= Codec.keptDialogs { $0.removeAll() }
            $0[hash] = dialog
        }
        return dialog
    }

    /// The session of a snapshot; nil for one that another version of the engine wrote, which events can replace.
    func session(from json: String, of dialog: Dialog) -> Session? {
        guard let key = Session.dialogKey else { return nil }
        let decoder = JSONDecoder()
        decoder.userInfo[key] = dialog
        return try? decoder.decode(Session.self, from: Data(json.utf8))
    }
}
