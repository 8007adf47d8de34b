import DialogFiles
import Foundation
import WebhookAdapter

/// The keys of a partner, the newest first; each of them signs.
///
/// Two files have them. `key_file` of the configuration is what the operator wrote; systemd hands a service nothing but a
/// copy of it, made at the start. What `lotse partners rotate` makes is in the state folder, which the service can write
/// to and reads within a second. When the change is finished, a mark there says that `key_file` signs no more.
struct PartnerKeys: Sendable {
    private static let mark = "# the key file of the configuration signs no more"

    /// The file in the state folder.
    let path: String
    private let given: WebhookKeyFile

    init(of partner: String, keyFile: SecretFile, state: String) {
        path = "\(Place.keys(in: state))/\(Self.fileName(partner))"
        given = WebhookKeyFile(file: keyFile)
    }

    /// The files of all partners' keys that were made, in a state folder.
    static func files(in state: String) throws -> [String] {
        let folder = Place.keys(in: state)
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
    }

    private var own: WebhookKeyFile { WebhookKeyFile(file: SecretFile(path: path)) }

    /// The keys as text; none where there is none yet.
    func lines() throws(WebhookKeyFile.Failure) -> [String] {
        let own = try own.lines()
        let made = own.filter { $0 != Self.mark }
        if made.count < own.count { return made }
        return made + (try given.lines()).filter { !made.contains($0) }
    }

    /// The keys; throws where there is none.
    func keys() throws(WebhookKeyFile.Failure) -> [WebhookKey] {
        let own = try own.lines()
        guard !own.isEmpty else { return try given.keys() }
        let made = try self.own.keys(except: Self.mark)
        if own.contains(Self.mark) { return made }
        do {
            return made + (try given.keys())
        } catch .file(.unreadable(_, .missing)) {
            return made
        }
    }

    /// From now on `key` signs, too.
    func add(_ key: String) throws {
        try write([key] + (try own.lines()))
    }

    /// From now on only the newest key signs. False where there is none.
    func keepNewest() throws -> Bool {
        guard let newest = try lines().first else { return false }
        try write([newest, Self.mark])
        return true
    }

    /// Puts `lines` in the place of what is there, readable for the owner alone, whole or not at all.
    private func write(_ lines: [String]) throws {
        let files = FileManager.default
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let new = "\(path).new"
            try? files.removeItem(atPath: new)
            let text = lines.map { $0 + "\n" }.joined()
            guard
                files.createFile(atPath: new, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]),
                rename(new, path) == 0
            else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw CommandError("cannot write \(path); check who owns the folder, and whether the disk is full")
        }
    }

    /// The partner's name, with everything that a file's name should not have as `%` and its bytes.
    private static func fileName(_ partner: String) -> String {
        partner.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
            return isPlain ? String(character) : String(format: "%%%02x", byte)
        }.joined()
    }
}

extension Configuration {
    /// The keys of one of the partners.
    func keys(of partner: Partner) -> PartnerKeys {
        PartnerKeys(of: partner.name, keyFile: partner.keyFile, state: state)
    }

    /// The partner as the adapter knows it. Keys are read each time, so that new ones count at once.
    func value(of partner: Partner) -> WebhookAdapter.Partner {
        let keys = keys(of: partner)
        return WebhookAdapter.Partner(
            name: partner.name, url: partner.url, allowsPlaintext: partner.allowsPlaintext, view: partner.view,
            keys: { try keys.keys() })
    }
}
