import Foundation

/// What a command asks of a running Lotse: one line of JSON.
///
/// `{"version":1,"operation":"show","arguments":{"session":"stadtbaeume-2026-11-22"}}`
struct ControlRequest: Codable, Sendable {
    /// The version of the protocol that this program speaks.
    static let version = 1
    /// The most bytes that a request may have: a file typed from paper, in base64, fits.
    static let limit = 2 << 20

    let version: Int
    let operation: String
    /// The operation itself, as JSON.
    let arguments: Data

    init(_ operation: some Operation) throws {
        version = Self.version
        self.operation = type(of: operation).name
        arguments = try JSONEncoder().encode(operation)
    }
}

/// What a running Lotse answers, a line of JSON each: any number of times how far it is, then the end.
enum ControlReply: Codable, Hashable, Sendable {
    case progress(String)
    case done(Answer)
    /// Why nothing came of it, and the exit code of the command.
    case failed(String, code: Int32)

    static func failed(_ reason: String, _ code: ExitReason) -> ControlReply { .failed(reason, code: code.rawValue) }

    /// The most bytes that an answer may have.
    static let limit = 64 << 20
}

/// What came of an operation, in words for the operator.
struct Answer: Codable, Hashable, Sendable {
    /// For standard output.
    var text = ""
    /// For standard error: advice beside the text.
    var note = ""
    /// The exit code of the command.
    var code: Int32 = 0
}
