import Crypto
import FoundationEssentials

/// A webhook as Standard Webhooks 1.0.0 signs it: the signature is over `id.timestamp.body`.
struct StandardWebhook {
    /// The same over all attempts to deliver it.
    let id: String
    /// The time of the attempt, in seconds since 1970.
    let timestamp: Int
    let body: [UInt8]

    /// `webhook-id`, `webhook-timestamp` and `webhook-signature`; one signature for each key, so that a partner can
    /// go over to the next key whenever it wants.
    func headers(signedBy keys: [WebhookKey]) -> [(name: String, value: String)] {
        [
            ("webhook-id", id), ("webhook-timestamp", "\(timestamp)"),
            ("webhook-signature", keys.map(signature).joined(separator: " ")),
        ]
    }

    func signature(by key: WebhookKey) -> String {
        switch key.kind {
        case .shared(let secret):
            "v1," + Data(HMAC<SHA256>.authenticationCode(for: signedContent, using: secret)).base64EncodedString()
        case .ed25519(let key):
            // Signing fails only without memory; an empty signature is then refused by the partner, and tried again.
            "v1a," + ((try? key.signature(for: signedContent)) ?? Data()).base64EncodedString()
        }
    }

    /// Whether one of `signatures`, as the header carries them, was made with one of `keys`, and lately.
    func isSigned(_ signatures: String, by keys: [WebhookKey], now: Int) -> Bool {
        signatures.split(separator: " ").contains { signature in keys.contains { isSigned(signature, by: $0) } }
            && RequestAge.isRecent(timestamp, at: now)
    }

    private func isSigned(_ signature: Substring, by key: WebhookKey) -> Bool {
        let parts = signature.split(separator: ",", maxSplits: 1)
        guard parts.count == 2, let bytes = Data(base64Encoded: String(parts[1])) else { return false }
        switch (parts[0], key.kind) {
        case ("v1", .shared(let secret)):
            return HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: signedContent, using: secret)
        case ("v1a", .ed25519(let key)):
            return key.publicKey.isValidSignature(bytes, for: signedContent)
        default:
            return false
        }
    }

    private var signedContent: Data {
        Data("\(id).\(timestamp).".utf8) + Data(body)
    }
}
