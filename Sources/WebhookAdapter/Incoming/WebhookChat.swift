package import DialogEngine
package import Facilitation
import FoundationEssentials
import Logging
import Synchronization

/// A chat system as an adapter: each request is a message, and is answered when what came of it is on disk.
///
/// What answers a message goes into the response where the system works like that, everything else is posted.
///
/// | a message is                    | then                                                                          |
/// |---------------------------------|-------------------------------------------------------------------------------|
/// | dealt with in time              | the response, with the lines that answer it                                   |
/// | not kept                        | what the system makes of that: mostly 503, so that it sends the message again |
/// | not dealt with in 2.5 seconds   | an empty response; the lines go to the URL that the request brought, later    |
/// | the same without such a URL     | 503; when it comes again, it is stored once                                   |
package final class WebhookChat: ChatAdapter {
    /// Words that are said here and not by a session: where a line for one person has no private way to her, above all.
    package struct Notices: Sendable {
        /// Where she can ask privately, and where she cannot.
        package var privateOnly: String
        package var privateNowhere: String
        /// What somebody is called who has no name.
        package var guest: String

        package init(privateOnly: String, privateNowhere: String, guest: String) {
            self.privateOnly = privateOnly
            self.privateNowhere = privateNowhere
            self.guest = guest
        }
    }

    /// A request that waits for its answer.
    struct Pending {
        enum Stage {
            case awaited, done
            /// The request was answered already.
            case late
        }

        let message: ChatMessage
        let identity: Identity
        let begunAt: Date
        /// Whether lines that answer it go into the response.
        let collects: Bool
        /// How many of its parts are not dealt with yet.
        var open: Int
        var lines: [OutgoingMessage] = []
        var isKept = true
        var stage = Stage.awaited
        var waiter: CheckedContinuation<Void, Never>?
    }

    struct State {
        var pending: [String: Pending] = [:]
        /// In which rooms each person was heard since the start; the last one is where she is spoken to.
        var rooms: [Identity: [String]] = [:]
        var names: [Identity: String] = [:]
        /// The last message of each person, which may be answered after its request.
        var asked: [Identity: String] = [:]
        /// The message of each person that was last answered with a word about where to ask.
        var pointedElsewhere: [Identity: String] = [:]
        var figures = AdapterFigures()
    }

    package let name: String
    package let source = Source.webhook
    package let reachesRoomsApart = true
    /// Within what every system takes.
    package let longestMessage: Int? = 4000
    package var figures: AdapterFigures { state.withLock(\.figures) }
    package var hearsPrivately: Bool { system.hearsPrivately }
    package var answersInPlace: Bool { system.answersInPlace }
    package var speaksPrivately: Bool {
        let nobody = ChatPerson(id: "", name: "", room: "")
        return system.request(OutgoingMessage(""), to: nobody, at: now()) != nil
    }

    /// What the system is and by what it proves itself; the operator can change that.
    private let present: Mutex<(system: any ChatSystem, rooms: [String])>
    var system: any ChatSystem { present.withLock(\.system) }
    private let inbox: any Inbox
    let http: CurlMulti
    let notices: Notices
    private let patience: Duration
    let logger: Logger
    let now: @Sendable () -> Date
    let pause: @Sendable (Duration) async throws -> Void
    let state = Mutex(State())
    private let late: AsyncStream<Pending>
    private let lateAnswers: AsyncStream<Pending>.Continuation

    /// How many late answers may wait to be sent.
    private static let lateCapacity = 1000

    /// - Parameters:
    ///   - patience: how long a request waits for what comes of its message.
    ///   - pause: waits before a line is sent once more.
    init(
        name: String, system: any ChatSystem, rooms: [String], inbox: any Inbox, http: CurlMulti, notices: Notices,
        patience: Duration = .milliseconds(2500), logger: Logger, now: @escaping @Sendable () -> Date = { Date() },
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.name = name
        present = Mutex((system, rooms))
        self.inbox = inbox
        self.http = http
        self.notices = notices
        self.patience = patience
        var logger = logger
        logger[metadataKey: "adapter"] = "\(name)"
        self.logger = logger
        self.now = now
        self.pause = pause
        (late, lateAnswers) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.lateCapacity))
    }

    /// Nobody can be seen in a room before she writes; lines that are left from the last run are said at once.
    package func run() async throws {
        for room in present.withLock(\.rooms) {
            inbox.deliver(.present(Room(adapter: name, name: room), [], at: now()))
        }
        await withDiscardingTaskGroup { tasks in
            for await pending in late { tasks.addTask { await self.answerLate(pending) } }
        }
    }

    /// Goes on with other secrets and rooms.
    func use(_ system: any ChatSystem, rooms: [String]) {
        let before = present.withLock { present in
            defer { present = (system, rooms) }
            return present.rooms
        }
        for room in rooms where !before.contains(room) {
            inbox.deliver(.present(Room(adapter: name, name: room), [], at: now()))
        }
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
            state.withLock { $0.figures.refusedRequests["\(error)", default: 0] += 1 }
            logger.notice(
                "request refused",
                metadata: ["status": "\(error.rawValue)", "reason": "\(error)", "bytes": "\(request.body.count)"])
            return WebhookResponse(error)
        }
    }

    private func take(_ message: ChatMessage) async throws(WebhookRefusal) -> WebhookResponse {
        let texts = MessageParts.parts(of: message.text)
        guard texts != [""] else { return system.response([], to: message) }
        let identity = Identity(rawValue: "\(name)/account/\(message.userID)")
        let name = MessageParts.line(message.userName)
        let sender = Sender(
            identity: identity, name: name.isEmpty ? notices.guest : name, account: message.userID,
            moderates: message.isModerator ? Room(adapter: self.name, name: message.room) : nil)
        let id = "\(self.name)/\(message.id)"
        guard begin(message, of: identity, id: id, parts: texts.count) else { throw .busy }
        greet(sender, in: message.room)
        let place: IncomingMessage.Place =
            message.isPrivate
            ? .privately(adapter: self.name) : .room(Room(adapter: self.name, name: message.room))
        for (number, text) in texts.enumerated() {
            let part = MessageParts.id(of: number, in: id)
            let isTaken = inbox.deliver(.message(.init(place: place, sender: sender, text: text, id: part, at: now())))
            guard !isTaken else { continue }
            guard number > 0 else {
                state.withLock { $0.pending[id] = nil }
                throw .busy
            }
            // It comes again, and what was stored of it is known then.
            notKept(part)
            dealtWith(part)
        }
        await wait(for: id)
        guard let pending = end(id) else {
            logger.notice("a request is answered later", metadata: ["bytes": "\(message.text.utf8.count)"])
            return system.response([], to: message)
        }
        guard pending.stage == .done else { throw .busy }
        return pending.isKept
            ? system.response(pending.lines, to: message) : system.refusal(pending.lines, to: message)
    }

    /// False while the same message is being answered.
    private func begin(_ message: ChatMessage, of identity: Identity, id: String, parts: Int) -> Bool {
        state.withLock { state in
            guard state.pending[id] == nil else { return false }
            state.asked[identity] = id
            state.pending[id] = Pending(
                message: message, identity: identity, begunAt: now(), collects: system.answersInPlace(message),
                open: parts)
            return true
        }
    }

    /// Whoever is heard in a room for the first time since the start has come into it.
    private func greet(_ sender: Sender, in room: String) {
        state.withLock { $0.names[sender.identity] = sender.name }
        guard !room.isEmpty else { return }
        let isNew = state.withLock { state in
            let isNew = !state.rooms[sender.identity, default: []].contains(room)
            state.rooms[sender.identity, default: []].removeAll { $0 == room }
            state.rooms[sender.identity, default: []].append(room)
            return isNew
        }
        if isNew { inbox.deliver(.joined(Room(adapter: name, name: room), sender, at: now())) }
    }

    /// Waits until the message is dealt with, or that takes too long.
    private func wait(for id: String) async {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [patience] in
                try? await Task.sleep(for: patience)
                self.resume(id)
            }
            defer { tasks.cancelAll() }
            await withCheckedContinuation { waiter in
                let isDone = state.withLock { state in
                    guard state.pending[id]?.stage == .awaited else { return true }
                    state.pending[id]?.waiter = waiter
                    return false
                }
                if isDone { waiter.resume() }
            }
        }
    }

    /// The request, which is answered now; nil where its lines go elsewhere when they are there.
    private func end(_ id: String) -> Pending? {
        state.withLock { state in
            guard let pending = state.pending[id] else { return nil }
            if pending.stage == .awaited, let url = pending.message.replyURL {
                if system.allowsLateAnswer(at: url) {
                    state.pending[id]?.stage = .late
                    return nil
                }
                logger.warning("the URL for late answers is not one of the chat system")
            }
            return state.pending.removeValue(forKey: id)
        }
    }

    package func notKept(_ messageID: String) {
        state.withLock { $0.pending[MessageParts.message(of: messageID)]?.isKept = false }
    }

    package func dealtWith(_ partID: String) {
        let messageID = MessageParts.message(of: partID)
        let isOver = state.withLock { state in
            state.pending[messageID]?.open -= 1
            return (state.pending[messageID]?.open ?? 0) <= 0
        }
        guard isOver else { return }
        let pending: Pending? = state.withLock { state in
            guard state.pending[messageID]?.stage == .late else {
                state.pending[messageID]?.stage = .done
                return nil
            }
            return state.pending.removeValue(forKey: messageID)
        }
        guard let pending else { return resume(messageID) }
        if case .dropped = lateAnswers.yield(pending) {
            state.withLock { $0.figures.refusedLines += pending.lines.count }
            logger.warning("too many late answers; one is not sent")
        }
    }

    private func resume(_ id: String) {
        let waiter = state.withLock { state in
            defer { state.pending[id]?.waiter = nil }
            return state.pending[id]?.waiter
        }
        waiter?.resume()
    }
}
