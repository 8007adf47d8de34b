import Facilitation
import FoundationEssentials

/// The body of a webhook, as Standard Webhooks shapes it; `text` is read by channels of Mattermost, Slack and the like.
struct WebhookBody: Hashable, Sendable, Codable {
    /// What happened, such as `answer.agreed`.
    var type: String
    /// When it happened, in ISO 8601.
    var timestamp: Date
    /// What happened, as a sentence.
    var text: String
    var data: PartnerData

    /// The id of a webhook: 128 random bits.
    static func makeID() -> String {
        "msg_" + String(UInt128.random(in: .min ... .max), radix: 36)
    }

    /// The body of `delivery`; nil where what is stored is no JSON object.
    ///
    /// The data were written when the notice was; only their number is put in now, as the first of them.
    static func bytes(of delivery: Delivery) -> [UInt8]? {
        var data = PartnerData(session: .init(id: delivery.session))
        data.erased = true
        let stored = delivery.notice.words?.data ?? data.json(PartnerData.encoder)
        guard stored.hasPrefix("{"), stored.hasSuffix("}") else { return nil }
        let rest = stored.dropFirst()
        let numbered = #"{"seq":\#(delivery.seq)"# + (rest == "}" ? "" : ",") + rest
        let head = Head(
            type: delivery.notice.type, timestamp: delivery.notice.at, text: delivery.notice.words?.text ?? "")
        guard let json = try? PartnerData.encoder.encode(head) else { return nil }
        return Array(#"{"data":\#(numbered),"#.utf8) + json.dropFirst()
    }

    /// What stands beside the data.
    private struct Head: Encodable {
        let type: String
        let timestamp: Date
        let text: String
    }

    init(type: String, timestamp: Date, text: String, data: PartnerData) {
        self.type = type
        self.timestamp = timestamp
        self.text = text
        self.data = data
    }

    var bytes: [UInt8] {
        // A value of texts, numbers and dates can always be written.
        [UInt8]((try? PartnerData.encoder.encode(self)) ?? Data())
    }
}

extension PartnerData {
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }

    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }

    func json(_ encoder: JSONEncoder) -> String {
        String(decoding: (try? encoder.encode(self)) ?? Data(), as: UTF8.self)
    }
}
