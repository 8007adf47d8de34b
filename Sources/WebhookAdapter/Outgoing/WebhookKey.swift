import Crypto
import FoundationEssentials

/// A key that webhooks are signed with, as Standard Webhooks 1.0.0 writes it: a prefix, then Base64.
///
/// | prefix   | key                                                                    | signature |
/// |----------|------------------------------------------------------------------------|-----------|
/// | `whsec_` | 24 to 64 random bytes, shared with the partner                         | `v1`      |
/// | `whsk_`  | an Ed25519 private key: 32 bytes, or 64 with the public half behind it | `v1a`     |
///
/// It prints as `***`.
package struct WebhookKey: Sendable {
    enum Kind {
        case shared(SymmetricKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    /// What is wrong with a text that is no key.
    package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        case unknownPrefix
        case notBase64
        case badLength(bytes: Int)

        package var description: String {
            switch self {
            case .unknownPrefix: "begins neither with whsec_ nor with whsk_"
            case .notBase64: "is not Base64 behind its prefix"
            case .badLength(let count): "has \(count) bytes; whsec_ takes 24 to 64, whsk_ takes 32 or 64"
            }
        }
    }

    static let sharedPrefix = "whsec_"
    static let privatePrefix = "whsk_"
    static let publicPrefix = "whpk_"

    let kind: Kind

    package init(_ text: some StringProtocol) throws(Flaw) {
        if text.hasPrefix(Self.sharedPrefix) {
            let bytes = try Self.bytes(text.dropFirst(Self.sharedPrefix.count))
            guard (24...64).contains(bytes.count) else { throw .badLength(bytes: bytes.count) }
            kind = .shared(SymmetricKey(data: bytes))
        } else if text.hasPrefix(Self.privatePrefix) {
            let bytes = try Self.bytes(text.dropFirst(Self.privatePrefix.count))
            guard bytes.count == 32 || bytes.count == 64,
                let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes.prefix(32))
            else { throw .badLength(bytes: bytes.count) }
            kind = .ed25519(key)
        } else {
            throw .unknownPrefix
        }
    }

    private static func bytes(_ text: some StringProtocol) throws(Flaw) -> Data {
        guard let data = Data(base64Encoded: String(text)) else { throw .notBase64 }
        return data
    }

    /// A new shared key of 32 random bytes, as text.
    package static func makeShared() -> String {
        sharedPrefix + SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64EncodedString()
    }

    /// A new Ed25519 private key, as text.
    package static func makePrivate() -> String {
        let key = Curve25519.Signing.PrivateKey()
        return privatePrefix + (key.rawRepresentation + key.publicKey.rawRepresentation).base64EncodedString()
    }

    /// What a partner verifies `v1a` signatures with, as text; nil for a shared key.
    package var publicKey: String? {
        guard case .ed25519(let key) = kind else { return nil }
        return Self.publicPrefix + key.publicKey.rawRepresentation.base64EncodedString()
    }
}

extension WebhookKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
