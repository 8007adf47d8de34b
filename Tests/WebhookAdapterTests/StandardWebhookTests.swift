import Crypto
import Foundation
import Testing

@testable import WebhookAdapter

/// The signatures of Standard Webhooks 1.0.0, by vectors that others published or made.
@Suite struct StandardWebhookTests {
    private static let sent = StandardWebhook(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    /// An Ed25519 key pair of 64 bytes; the signature below was made with another implementation.
    private static let pair =
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="

    @Test("The published vector is signed as published")
    func signsPublishedVector() throws {
        let key = try WebhookKey(Self.secret)
        #expect(Self.sent.signature(by: key) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("An Ed25519 key signs as another implementation does, and knows its public half")
    func signsWithEd25519() throws {
        let webhook = StandardWebhook(
            id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", timestamp: 1_649_367_553,
            body: Array(#"{"email":"test@example.com","username":"test_user"}"#.utf8))
        let key = try WebhookKey(Self.pair)
        #expect(key.publicKey == "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")
        #expect(
            webhook.signature(by: key)
                == "v1a,LFHB363YvoTm7xdMyZd/981dRSdVxW0u27ld7pRBYKa+E1Is4O8e+VFZlwtUB7muxeGaguMrB+8TDoJMHA5lCQ==")
    }

    @Test("While keys change, every key signs, and each of them verifies")
    func signsWithSeveralKeys() throws {
        let keys = try [WebhookKey(Self.secret), WebhookKey(WebhookKey.makeShared()), WebhookKey(Self.pair)]
        let headers = Dictionary(uniqueKeysWithValues: Self.sent.headers(signedBy: keys).map { ($0.name, $0.value) })
        let signatures = try #require(headers["webhook-signature"])
        #expect(headers["webhook-id"] == Self.sent.id)
        #expect(headers["webhook-timestamp"] == "1614265330")
        #expect(signatures.split(separator: " ").count == 3)
        for key in keys { #expect(Self.sent.isSigned(signatures, by: [key], now: Self.sent.timestamp)) }
    }

    @Test(
        "What was changed, was signed by somebody else, or is too old is not taken",
        arguments: ["body", "id", "timestamp", "key", "old", "early", "version", "nothing", "base64"])
    func refuses(_ what: String) throws {
        let sent = Self.sent
        let key = try WebhookKey(what == "key" ? WebhookKey.makeShared() : Self.secret)
        let signature = sent.signature(by: try WebhookKey(Self.secret))
        let received = StandardWebhook(
            id: what == "id" ? "msg_other" : sent.id, timestamp: sent.timestamp + (what == "timestamp" ? 1 : 0),
            body: what == "body" ? Array("{}".utf8) : sent.body)
        let given =
            switch what {
            case "version": "v2" + signature.dropFirst(2)
            case "nothing": ""
            case "base64": "v1,***"
            default: signature
            }
        let now = sent.timestamp + (what == "old" ? 301 : what == "early" ? -301 : 0)
        #expect(!received.isSigned(given, by: [key], now: now))
        #expect(sent.isSigned(signature, by: [try WebhookKey(Self.secret)], now: sent.timestamp + 299))
    }

    @Test(
        "A text that is no key is refused with the reason",
        arguments: [
            ("secret", WebhookKey.Flaw.unknownPrefix), ("whsec_%%%", .notBase64), ("whsec_AAAA", .badLength(bytes: 3)),
            ("whsec_" + Data(count: 65).base64EncodedString(), .badLength(bytes: 65)),
            ("whsk_" + Data(count: 33).base64EncodedString(), .badLength(bytes: 33)),
        ])
    func refusesKeys(_ text: String, _ flaw: WebhookKey.Flaw) {
        #expect(throws: flaw) { try WebhookKey(text) }
    }

    @Test("New keys are keys, each another, and none shows itself")
    func makesKeys() throws {
        for text in [WebhookKey.makeShared(), WebhookKey.makePrivate()] {
            let key = try WebhookKey(text)
            #expect("\(key) \(String(reflecting: key)) \([key])" == "*** *** [***]")
        }
        #expect(WebhookKey.makeShared() != WebhookKey.makeShared())
    }
}
