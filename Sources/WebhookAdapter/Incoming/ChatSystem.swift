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

    /// The answer where what the message says could not be kept, with the lines that tell so.
    func refusal(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse

    /// Whether what answers `message` too late for a response may go to this URL, which the request brought.
    func allowsLateAnswer(at url: String) -> Bool

    /// The request that says `line` in `room` by itself; nil where the system has no way for that.
    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest?

    /// The request that says `line` to one person alone; nil where the system has no way for that.
    func request(_ line: OutgoingMessage, to person: ChatPerson, at now: Date) -> HTTPRequest?

    /// The request that marks the message which `line` acknowledges, in the place of that line; nil where it is said.
    func reaction(for line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest?

    /// How a person is called in a text, so that she is told of it.
    func mention(of person: ChatPerson) -> String

    /// Why a request was not taken that was answered with 2xx; nil where it was.
    func flaw(in response: HTTPResponse) -> String?

    /// Whether what answers `message` travels back in the response.
    func answersInPlace(_ message: ChatMessage) -> Bool

    /// Whether answers travel back in the response to any message.
    var answersInPlace: Bool { get }

    /// Whether people can write to the bot so that nobody else reads it.
    var hearsPrivately: Bool { get }

    /// Whether the bot hears what somebody writes in the window in which it writes to her alone.
    var hearsWhereItSpeaks: Bool { get }
}

extension ChatSystem {
    var hearsPrivately: Bool { true }

    var hearsWhereItSpeaks: Bool { true }

    func answersInPlace(_ message: ChatMessage) -> Bool { answersInPlace }

    /// For systems that send once more what was not taken.
    func refusal(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse { .notKept }

    func allowsLateAnswer(at url: String) -> Bool { false }

    func request(_ line: OutgoingMessage, to person: ChatPerson, at now: Date) -> HTTPRequest? { nil }

    func reaction(for line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? { nil }

    func mention(of person: ChatPerson) -> String { "@\(person.name)" }

    func flaw(in response: HTTPResponse) -> String? { nil }
}

/// What a request says.
enum WebhookContent: Hashable, Sendable {
    case message(ChatMessage)
    /// Nothing that Lotse has to know, or a question of the system itself.
    case other(WebhookResponse)
}

/// Somebody in a chat system.
struct ChatPerson: Hashable, Sendable {
    /// What the system calls her by, whatever her name is.
    var id: String
    var name: String
    /// The room in which she was last heard; empty where that is not known.
    var room: String
}

/// A message that somebody wrote in a chat system.
struct ChatMessage: Hashable, Sendable {
    /// The room's name in the configuration; empty for a message to the bot alone.
    var room: String
    /// What the system calls the person by, whatever her name is.
    var userID: String
    var userName: String
    var text: String
    /// Unique within the room, and the same when the request is repeated. Says all that is needed to answer the message.
    var id: String
    /// Whether only the person reads what is answered.
    var isPrivate = false
    /// Whether the system vouches that the person moderates the room.
    var isModerator = false
    /// Where what comes too late for the response may go, as the request says.
    var replyURL: String?
}
