import DialogEngine
import Facilitation
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import WebhookAdapter
import Wording

/// The adapters of the chat systems, as they are configured now.
final class ChatDesks: Sendable {
    private let inbox: BoundedInbox
    private let http: CurlMulti
    private let logger: Logger
    private let known = Mutex<[String: WebhookChat]>([:])

    init(_ inbox: BoundedInbox, _ http: CurlMulti, logger: Logger) {
        self.inbox = inbox
        self.http = http
        self.logger = logger
    }

    /// What is to be used, with every secret read; nothing has changed yet.
    struct Plan {
        /// By the paths of the chats.
        var adapters: [String: WebhookChat] = [:]
        /// Those that there were not before.
        var new: [WebhookChat] = []
        fileprivate var changes: [@Sendable () -> Void] = []
    }

    /// Throws where a secret cannot be read or used.
    func plan(_ chats: [Configuration.Chat], groups: [Group], _ interpreter: Interpreter) throws -> Plan {
        var plan = Plan()
        for chat in chats {
            let rooms = groups.flatMap(\.rooms).filter { $0.adapter == chat.name }.map(\.name)
            let secrets = try chat.secretFile.read().revealed.split(separator: "\n").map(String.init)
            let reply = try chat.replyFile?.read().revealed
            let adapter: WebhookChat
            if let present = known.withLock({ $0[chat.name] }) {
                adapter = present
                plan.changes.append(
                    try chat.connection.change(of: present, rooms: rooms, secrets: secrets, reply: reply))
            } else {
                let language = groups.first { $0.rooms.contains { $0.adapter == chat.name } }?.language
                adapter = try make(chat, rooms, secrets, reply, language ?? interpreter.languages[0], interpreter)
                plan.new.append(adapter)
            }
            plan.adapters[chat.connection.path] = adapter
        }
        return plan
    }

    /// Goes on by the plan.
    func use(_ plan: Plan) {
        known.withLock { known in for chat in plan.new { known[chat.name] = chat } }
        for change in plan.changes { change() }
    }

    private func make(
        _ chat: Configuration.Chat, _ rooms: [String], _ secrets: [String], _ reply: String?, _ language: Language,
        _ interpreter: Interpreter
    ) throws -> WebhookChat {
        func notice(_ phrase: Phrase) -> String { interpreter.text(Line(phrase), in: language) }
        return try chat.connection.adapter(
            rooms: rooms, secrets: secrets, reply: reply, inbox: inbox, http: http,
            notices: .init(
                privateOnly: notice(.privateOnly), privateNowhere: notice(.privateNowhere), guest: notice(.guest)),
            logger: logger
        ) { duration in
            // A system that is away when Lotse ends is not waited for.
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
        }
    }
}
