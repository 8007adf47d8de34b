import Crypto
import Facilitation
import Foundation

/// One-time codes as files: the name of each is the SHA-256 of its code, which stands nowhere; removing it uses it up.
///
/// So the command line can make a code while Lotse runs and holds the store.
struct CodeFiles: FacilitatorCodes {
    /// How long a code is good, in seconds.
    static let lifetime = 600.0

    let folder: String

    private struct Content: Codable {
        let group: String
        let until: Date
    }

    /// A new code of 128 bits for `group`: `3f09-8e1c-…`, eight times four hexadecimal digits.
    func make(for group: String, at now: Date) throws -> String {
        removeExpired(at: now)
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let digits = (0..<8).map { _ in String(format: "%04x", UInt16.random(in: .min ... .max)) }
        let code = digits.joined(separator: "-")
        let content = try JSONEncoder().encode(Content(group: group, until: now.addingTimeInterval(Self.lifetime)))
        guard files.createFile(atPath: path(of: code), contents: content, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteNoPermission)
        }
        try giveToOwnerOfState(code)
        return code
    }

    func group(of code: String, at now: Date) -> String? {
        guard let content = content(atPath: path(of: code)), now < content.until else { return nil }
        return content.group
    }

    func void(_ code: String) -> Bool {
        unlink(path(of: code)) == 0
    }

    /// The path says nothing about the code, so that whatever somebody types is harmless in it.
    private func path(of code: String) -> String {
        let digits = code.lowercased().filter { $0 != "-" && !$0.isWhitespace }
        let hash = SHA256.hash(data: Data(digits.utf8))
        return folder + "/" + hash.map { String(format: "%02x", $0) }.joined()
    }

    private func content(atPath path: String) -> Content? {
        FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(Content.self, from: $0) }
    }

    private func removeExpired(at now: Date) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let content = content(atPath: "\(folder)/\(name)"), content.until <= now else { continue }
            unlink("\(folder)/\(name)")
        }
    }

    /// An administrator may make a code for a Lotse that runs as another user, who has to read and remove it.
    private func giveToOwnerOfState(_ code: String) throws {
        guard geteuid() == 0 else { return }
        let files = FileManager.default
        let state = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        let owner = try files.attributesOfItem(atPath: state)[.ownerAccountID] as? Int ?? 0
        for path in [folder, path(of: code)] { try files.setAttributes([.ownerAccountID: owner], ofItemAtPath: path) }
    }
}
