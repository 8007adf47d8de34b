import DialogEngine
import Foundation

/// Sessions from events and snapshots, to be compared as JSON with sorted keys.
enum Folded {
    static func session(_ events: [Event]) throws -> Session {
        var session = Session(dialog: Guide.dialog)
        for event in events { try session.apply(event) }
        return session
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decoded(_ json: String) throws -> Session {
        let decoder = JSONDecoder()
        if let key = Session.dialogKey { decoder.userInfo[key] = Guide.dialog }
        return try decoder.decode(Session.self, from: Data(json.utf8))
    }
}
