import DialogEngine
import Facilitation
import FoundationEssentials

/// A chat system that speaks HTTP: how it proves itself, what it sends, and how it is answered.
///
/// A value without any state, so that it can be tested by vectors; the connections are those of ``WebhookChat``.
protocol ChatSystem: Sendable {
    /// What the request says; throws where it does not prove that it comes from the chat system.
    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent

    /// The answer to the request that brought `message`, with the lines that answer it.
    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse

    /// The request that says `line` in `room` by itself; nil where the system has no way for that.
    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest?

    /// Whether what answers `message` travels back in the response.
    func answersInPlace(_ message: ChatMessage) -> Bool

    /// Whether answers travel back in the response to any message.
    var answersInPlace: Bool { get }
}

extension ChatSystem {
    func answersInPlace(_ message: ChatMessage) -> Bool { answersInPlace }
}

/// What a request says.
enum WebhookContent: Hashable, Sendable {
    case message(ChatMessage)
    /// Nothing that Lotse has to know, or a question of the system itself.
    case other(WebhookResponse)
}

/// A message that somebody wrote in a chat system.
struct ChatMessage: Hashable, Sendable {
    /// The room's name in the configuration.
    var room: String
    /// What the system calls the person by, whatever her name is.
    var userID: String
    var userName: String
    var text: String
    /// Unique within the room, and the same when the request is repeated.
    var id: String
    /// Whether only the person reads what is answered.
    var isPrivate = false
    var isModerator = false
}
