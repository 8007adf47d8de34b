public import DialogEngine
public import Facilitation
import Foundation
import Synchronization

/// Standard input and output as a room with one person in it.
///
/// At a terminal, lines are edited with history and what is said appears above the line in the making. From a pipe,
/// every line is taken as it comes and every answer is one plain line.
public final class ConsoleAdapter: ChatAdapter {
    public static let room = Room(adapter: "console", name: "terminal")

    public let name = ConsoleAdapter.room.adapter
    public let source = Source.console

    private let inbox: any Inbox
    private let sender: Sender
    private let botName: String
    private let loop: ConsoleLoop
    private let style: ConsoleStyle

    /// - Parameters:
    ///   - personName: the name of the person at the terminal.
    ///   - environment: looked at for `NO_COLOR`, `TERM` and `COLUMNS`.
    public init(inbox: any Inbox, personName: String, botName: String, environment: [String: String]) {
        self.inbox = inbox
        sender = Sender(identity: Identity(rawValue: "console"), name: personName)
        self.botName = botName
        let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        loop = ConsoleLoop(isEditing: isTerminal && environment["TERM"] != "dumb")
        style = ConsoleStyle(
            hasColour: isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
                && environment["TERM"] != "dumb",
            wraps: isTerminal)
    }

    public func send(_ message: OutgoingMessage, to destination: Destination) async {
        switch message.manner {
        case .speech: loop.print(style.line(message.text, by: botName, isQuiet: false))
        case .notice: loop.print(style.line(message.text, by: botName, isQuiet: true))
        case .relayed(let name): loop.print(style.relayed(message.text, by: name))
        }
    }

    public func setTopic(_ topic: String, of room: Room) async {
        loop.setPrompt("\(topic) > ")
    }

    /// Takes what is typed until the input ends.
    public func run() async throws {
        inbox.deliver(.present(Self.room, [sender], at: Date()))
        let (inbox, sender) = (inbox, sender)
        await withTaskCancellationHandler {
            await loop.run { text in
                let message = IncomingMessage(place: .room(Self.room), sender: sender, text: text, at: Date())
                // A pipe is faster than any disk: it waits until there is room.
                while !inbox.deliver(.message(message)) { usleep(5_000) }
            }
        } onCancel: {
            loop.stop()
        }
    }

    /// Types `text` in the person's place.
    public func type(_ text: String) {
        inbox.deliver(.message(IncomingMessage(place: .room(Self.room), sender: sender, text: text, at: Date())))
    }
}
