package import DialogEngine
package import Facilitation
import FoundationEssentials
import Logging
import Synchronization

/// A chat system as an adapter: each request is a message, and is answered when what came of it is on disk.
///
/// What answers a message goes into the response where the system works like that, everything else is posted.
package final class WebhookChat: ChatAdapter {
    /// What is said where a line for one person has no private way to her.
    package struct Notices: Sendable {
        package var privateOnly: String

        package init(privateOnly: String) {
            self.privateOnly = privateOnly
        }
    }

    /// A request that waits for its answer.
    private struct Pending {
        let message: ChatMessage
        let identity: Identity
        /// Whether lines that answer it go into the response.
        let collects: Bool
        var lines: [OutgoingMessage] = []
        var isPointedElsewhere = false
        var isDone: Bool?
        var waiter: CheckedContinuation<Bool, Never>?
    }

    private struct State {
        var pending: [String: Pending] = [:]
        /// In which rooms each person was heard since the start; the last one is where she is spoken to.
        var rooms: [Identity: [String]] = [:]
        var names: [Identity: String] = [:]
    }

    package let name: String
    package let source = Source.webhook
    package var answersInPlace: Bool { system.answersInPlace }

    private let system: any ChatSystem
    private let rooms: [String]
    private let inbox: any Inbox
    private let http: CurlMulti
    private let notices: Notices
    private let patience: Duration
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    init(
        name: String, system: any ChatSystem, rooms: [String], inbox: any Inbox, http: CurlMulti, notices: Notices,
        patience: Duration = .milliseconds(2500), logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.name = name
        self.system = system
        self.rooms = rooms
        self.inbox = inbox
        self.http = http
        self.notices = notices
        self.patience = patience
        var logger = logger
        logger[metadataKey: "adapter"] = "\(name)"
        self.logger = logger
        self.now = now
    }

    /// Nobody can be seen in a room before she writes; lines that are left from the last run are said at once.
    package func run() async throws {
        for room in rooms { inbox.deliver(.present(Room(adapter: name, name: room), [], at: now())) }
        let (never, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        continuation.finish()
    }

    // MARK: In

    /// Answers one request.
    package func answer(_ request: WebhookRequest) async -> WebhookResponse {
        do throws(WebhookRefusal) {
            switch try system.read(request, at: now()) {
            case .other(let response): return response
            case .message(let message): return try await take(message)
            }
        } catch {
            logger.notice(
                "request refused", metadata: ["status": "\(error.rawValue)", "bytes": "\(request.body.count)"])
            return WebhookResponse(status: error.rawValue)
        }
    }

    private func take(_ message: ChatMessage) async throws(WebhookRefusal) -> WebhookResponse {
        let text = Self.line(message.text)
        guard !text.isEmpty else { return system.response([], to: message) }
        let identity = Identity(rawValue: "\(name)/account/\(message.userID)")
        let sender = Sender(
            identity: identity, name: Self.line(message.userName), account: message.userID,
            isModerator: message.isModerator)
        let id = "\(name)/\(message.id)"
        guard begin(message, of: identity, id: id) else { throw .busy }
        greet(sender, in: message.room)
        let place: IncomingMessage.Place =
            message.isPrivate ? .privately(adapter: name) : .room(Room(adapter: name, name: message.room))
        guard inbox.deliver(.message(.init(place: place, sender: sender, text: text, id: id, at: now()))) else {
            state.withLock { $0.pending[id] = nil }
            throw .busy
        }
        let isDone = await wait(for: id)
        let pending = state.withLock { $0.pending.removeValue(forKey: id) }
        guard isDone, let pending else { throw .busy }
        return system.response(pending.lines, to: message)
    }

    /// False while the same message is being answered.
    private func begin(_ message: ChatMessage, of identity: Identity, id: String) -> Bool {
        state.withLock { state in
            guard state.pending[id] == nil else { return false }
            state.pending[id] = Pending(
                message: message, identity: identity, collects: system.answersInPlace(message))
            return true
        }
    }

    /// Whoever is heard in a room for the first time since the start has come into it.
    private func greet(_ sender: Sender, in room: String) {
        guard !room.isEmpty else { return }
        let isNew = state.withLock { state in
            state.names[sender.identity] = sender.name
            let isNew = !state.rooms[sender.identity, default: []].contains(room)
            state.rooms[sender.identity, default: []].removeAll { $0 == room }
            state.rooms[sender.identity, default: []].append(room)
            return isNew
        }
        if isNew { inbox.deliver(.joined(Room(adapter: name, name: room), sender, at: now())) }
    }

    /// True when the message is dealt with, false when that took too long.
    private func wait(for id: String) async -> Bool {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [patience] in
                try? await Task.sleep(for: patience)
                self.settle(id, isDone: false)
            }
            defer { tasks.cancelAll() }
            return await withCheckedContinuation { waiter in
                let isDone = state.withLock { state in
                    state.pending[id]?.waiter = waiter
                    return state.pending[id]?.isDone
                }
                if let isDone { resume(id, isDone) }
            }
        }
    }

    package func dealtWith(_ messageID: String) {
        settle(messageID, isDone: true)
    }

    private func settle(_ id: String, isDone: Bool) {
        let isWaitedFor = state.withLock { state in
            guard state.pending[id]?.isDone == nil else { return false }
            state.pending[id]?.isDone = isDone
            return true
        }
        if isWaitedFor { resume(id, isDone) }
    }

    private func resume(_ id: String, _ isDone: Bool) {
        let waiter = state.withLock { state in
            defer { state.pending[id]?.waiter = nil }
            return state.pending[id]?.waiter
        }
        waiter?.resume(returning: isDone)
    }

    /// One line without control characters.
    private static func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            let isControl =
                scalar.properties.generalCategory == .control || "\u{2028}\u{2029}".unicodeScalars.contains(scalar)
            line.unicodeScalars.append(isControl ? " " : scalar)
        }
        return line.split(separator: " ").joined(separator: " ")
    }

    // MARK: Out

    package func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        switch destination {
        case .room(let room): await say(message, in: room.name)
        case .person(let identity, _): await say(message, to: identity)
        }
    }

    private func say(_ message: OutgoingMessage, in room: String) async -> Bool {
        var shown = message
        if case .relayed(let name) = message.manner { shown = OutgoingMessage("\(name): \(message.text)") }
        if collect(shown, where: { !$0.message.isPrivate && $0.message.room == room }) { return true }
        return await post(shown, in: room)
    }

    /// Private lines go into a private answer. An answer that has no such way is not given to everybody: the person is told
    /// to ask elsewhere. What is no answer, such as a reminder, is said in the room under her name.
    private func say(_ message: OutgoingMessage, to identity: Identity) async -> Bool {
        if collect(message, where: { $0.message.isPrivate && $0.identity == identity }) { return true }
        let (room, name, isAnswer, isTold) = state.withLock { state in
            let asked = message.inReplyTo.flatMap { state.pending[$0] }
            defer { if let id = message.inReplyTo { state.pending[id]?.isPointedElsewhere = true } }
            return (
                asked?.message.room ?? state.rooms[identity]?.last, state.names[identity] ?? "", asked != nil,
                asked?.isPointedElsewhere ?? false
            )
        }
        guard let room, !isTold else { return true }
        let text = isAnswer ? notices.privateOnly : message.text
        return await say(
            OutgoingMessage("@\(name) \(text)", manner: message.manner, inReplyTo: message.inReplyTo), in: room)
    }

    /// Puts the line into the response that waits for it: that of the message it answers, else any that fits.
    private func collect(_ message: OutgoingMessage, where fits: (Pending) -> Bool) -> Bool {
        state.withLock { state in
            let id = message.inReplyTo ?? state.pending.first { $0.value.collects && fits($0.value) }?.key
            guard let id, let pending = state.pending[id], pending.collects, pending.isDone == nil, fits(pending) else {
                return false
            }
            state.pending[id]?.lines.append(message)
            return true
        }
    }

    /// False where the line should be said after the next start.
    private func post(_ message: OutgoingMessage, in room: String) async -> Bool {
        let prefix = "\(name)/"
        let asked = message.inReplyTo.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        let line = OutgoingMessage(message.text, manner: message.manner, inReplyTo: asked)
        // Nobody can hear it where there is no way.
        guard let request = system.request(line, in: room, at: now()) else { return true }
        do throws(HTTPFailure) {
            let response = try await http.send(request)
            guard !(200..<300).contains(response.status) else { return true }
            logger.warning("a line was not taken", metadata: ["status": "\(response.status)"])
            // What the system refuses once it refuses again.
            return (400..<500).contains(response.status)
        } catch {
            logger.warning("a line was not sent", metadata: ["error": "\(error)"])
            return false
        }
    }
}
