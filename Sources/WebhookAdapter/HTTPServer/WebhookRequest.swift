import FoundationEssentials

/// A request that came in, whole, as it was sent.
package struct WebhookRequest: Hashable, Sendable {
    var method = "POST"
    var path: String
    /// By names in lower case; the last one where there are several.
    var headers: [String: String]
    var body: [UInt8]

    /// `application/json` and the like, without parameters.
    var contentType: String {
        let type = headers["content-type"]?.prefix { $0 != ";" } ?? ""
        return type.lowercased().filter { $0 != " " }
    }
}

/// What is answered.
package struct WebhookResponse: Hashable, Sendable {
    var status: Int
    var body: [UInt8] = []
    var contentType = "application/json"
    /// In how many seconds the request may be sent once more.
    var retryAfter: Int?

    init(status: Int, body: [UInt8] = [], contentType: String = "application/json", retryAfter: Int? = nil) {
        (self.status, self.body, self.contentType, self.retryAfter) = (status, body, contentType, retryAfter)
    }

    init(_ refusal: WebhookRefusal) {
        self.init(status: refusal.rawValue, retryAfter: refusal == .busy ? 10 : nil)
    }

    /// The message could not be kept: the disk is full, for example, which does not pass in a moment.
    static let notKept = WebhookResponse(status: 503, retryAfter: 60)

    static let empty = WebhookResponse(status: 200)

    static func json(_ value: some Encodable) -> WebhookResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return WebhookResponse(status: 200, body: [UInt8]((try? encoder.encode(value)) ?? Data()))
    }
}

/// Why a request is not taken. Whoever sent it learns no more than the status.
enum WebhookRefusal: Int, Error, Hashable, Sendable {
    /// Not what the chat system sends.
    case malformed = 400
    /// No proof, a wrong one, or an old one.
    case forbidden = 403
    case noSuchPath = 404
    case wrongMethod = 405
    /// It took too long to arrive.
    case tooSlow = 408
    case tooLarge = 413
    case wrongContentType = 415
    /// Too much waits already, or the message could not be kept in time.
    case busy = 503
}
