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

    /// Whoever sits at the terminal.
    public static let identity = Identity(rawValue: "console")

    public let name = ConsoleAdapter.room.adapter
    public let source = Source.console

    private let inbox: any Inbox
    private let sender: Sender
    private let botName: String
    private let console: Console
    private let style: ConsoleStyle

    /// - Parameters:
    ///   - personName: the name of the person at the terminal.
    ///   - environment: looked at for `NO_COLOR`, `TERM` and `COLUMNS`.
    public init(inbox: any Inbox, personName: String, botName: String, environment: [String: String]) {
        self.inbox = inbox
        sender = Sender(identity: Self.identity, name: personName)
        self.botName = botName
        console = Console(environment: environment)
        style = ConsoleStyle(environment: environment)
    }

    public func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        if case .person = destination {
            console.print(style.privateLine(message.text, by: botName))
            return true
        }
        switch message.manner {
        case .speech: console.print(style.line(message.text, by: botName, isQuiet: false))
        case .notice: console.print(style.line(message.text, by: botName, isQuiet: true))
        case .relayed(let name): console.print(style.relayed(message.text, by: name))
        }
        return true
    }

    public func setTopic(_ topic: String, of room: Room) async {
        console.setPrompt(topic.isEmpty ? "> " : "\(topic) > ")
    }

    /// Takes what is typed until the input ends.
    public func run() async throws {
        inbox.deliver(.present(Self.room, [sender], at: Date()))
        let (inbox, sender) = (inbox, sender)
        let isStopping = Atomic(false)
        await withTaskCancellationHandler {
            await console.run { text in
                let message = IncomingMessage(place: .room(Self.room), sender: sender, text: text, at: Date())
                // A pipe is faster than any disk: it waits until there is room, or until nothing is taken any more.
                while !inbox.deliver(.message(message)), !isStopping.load(ordering: .relaxed) { usleep(5_000) }
            }
        } onCancel: {
            isStopping.store(true, ordering: .relaxed)
            console.stop()
        }
    }

    /// Types `text` in the person's place.
    public func type(_ text: String) {
        inbox.deliver(.message(IncomingMessage(place: .room(Self.room), sender: sender, text: text, at: Date())))
    }
}
