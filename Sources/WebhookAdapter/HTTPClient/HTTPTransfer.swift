/// A request to be sent: always a POST.
struct HTTPRequest: Sendable {
    var url: String
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// Whether `http:` will do; else only `https:`.
    var allowsPlaintext = false
}

/// What came back.
struct HTTPResponse: Hashable, Sendable {
    let status: Int
    /// How long the header `Retry-After` asks to wait.
    let retryAfter: Duration?
    /// No more than the limit; what is longer is cut off.
    let body: [UInt8]
    /// From the first byte out to the last byte in.
    let duration: Duration
}

/// Why nothing came back.
enum HTTPFailure: Error, Hashable, Sendable {
    /// The host's address is not one that a webhook may go to.
    case refusedAddress(host: String)
    /// The URL has a scheme, a user or a form that a webhook may not have.
    case refusedURL
    case unknownHost
    case noConnection
    case timedOut
    /// No TLS connection, or a certificate that is not to be trusted.
    case tls
    /// The answer is not HTTP, or broke off.
    case badAnswer
    /// Lotse is ending.
    case cancelled
    /// There was nothing that could be sent.
    case notSent(reason: String)
    /// libcurl's own number, for whatever else there is.
    case other(code: Int)
}

extension HTTPFailure: CustomStringConvertible {
    /// The cause in few words, for logs and tables.
    var description: String {
        switch self {
        case .refusedAddress(let host):
            "address of \(host) not allowed; name its network in webhooks.allow_networks"
        case .refusedURL: "URL not allowed"
        case .unknownHost: "unknown host"
        case .noConnection: "no connection"
        case .timedOut: "timed out"
        case .tls: "TLS failed"
        case .badAnswer: "broken answer"
        case .cancelled: "cancelled"
        case .notSent(let reason): reason
        case .other(let code): "libcurl error \(code)"
        }
    }
}
