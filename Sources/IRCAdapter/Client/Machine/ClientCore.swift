import Facilitation
import FoundationEssentials
import IRCProtocol
import Logging
import NIOCore
import Synchronization

/// Runs the ``ClientStateMachine`` under a lock: feeds it what happens, does what it says.
///
/// Nothing that is done inside the lock waits: the inbox takes or refuses, lines go into a stream that the writing
/// task empties, timers into one that starts a task for each.
final class ClientCore: Sendable {
    /// The two streams of one connection, and how much waits in the first.
    struct Link: Sendable {
        let lines: AsyncStream<ByteBuffer>.Continuation
        let timers: AsyncStream<TimerRequest>.Continuation
    }

    enum TimerRequest: Sendable {
        case timer(ClientTimer, after: Duration)
        /// The connection has this long to write its last lines.
        case farewell
    }

    private struct State {
        var machine: ClientStateMachine
        var link: Link?
        var unwritten = 0
        var tickets: [Int: CheckedContinuation<Bool, Never>] = [:]
        var lastTicket = 0
        var reconnectDelay: Duration?
        var isOnline = false
    }

    /// Bytes that may wait to be written; the pace keeps our own lines far below, only a server that asks for
    /// thousands of answers and reads none gets here.
    private static let unwrittenLimit = 64 * 1024

    private let state: Mutex<State>
    private let inbox: any Inbox
    private let route: ClientRoute
    private let moment: @Sendable () -> Moment
    private let logger: Logger

    init(
        settings: ClientSettings, inbox: any Inbox, route: ClientRoute, moment: @escaping @Sendable () -> Moment,
        logger: Logger
    ) {
        state = Mutex(State(machine: ClientStateMachine(settings)))
        self.inbox = inbox
        self.route = route
        self.moment = moment
        self.logger = logger
    }

    /// Whether the network has taken us in.
    var isOnline: Bool { state.withLock(\.isOnline) }

    // MARK: - Inputs

    func connected(_ link: Link, _ kind: ClientLink) {
        state.withLock { state in
            state.link = link
            state.unwritten = 0
            handle(.connected(kind), &state)
        }
    }

    func handle(_ input: ClientInput) {
        state.withLock { handle(input, &$0) }
    }

    /// Returns how long to wait before connecting again.
    func disconnected(jitter: Double) -> Duration? {
        route.disconnected(at: moment().date)
        return state.withLock { state in
            state.link = nil
            state.isOnline = false
            state.reconnectDelay = nil
            handle(.disconnected(jitter: jitter), &state)
            return state.reconnectDelay
        }
    }

    func wrote(_ count: Int) {
        state.withLock { $0.unwritten -= count }
    }

    /// Returns when all of the message has left or was dropped; false when Lotse is stopping and it was not said.
    func say(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    state.tickets[ticket] = continuation
                    handle(.say(message, to: destination, ticket: ticket), &state)
                    if Task.isCancelled { state.tickets.removeValue(forKey: ticket)?.resume(returning: false) }
                }
            }
        } onCancel: {
            state.withLock { $0.tickets.removeValue(forKey: ticket) }?.resume(returning: false)
        }
    }

    // MARK: - Actions

    private func handle(_ input: ClientInput, _ state: inout State) {
        for action in state.machine.handle(input, at: moment()) {
            switch action {
            case .write(let message): write(message, &state)
            case .deliver(let incoming, let nick):
                if !inbox.deliver(incoming), let nick { handle(.overloaded(nick: nick), &state) }
            case .schedule(let timer, let duration): state.link?.timers.yield(.timer(timer, after: duration))
            case .done(let ticket): state.tickets.removeValue(forKey: ticket)?.resume(returning: input != .stop)
            case .upgrade(let port): route.upgrade(to: port)
            case .keepSTS(let duration): route.keepSTS(for: duration, at: moment().date)
            case .close: close(&state)
            case .reconnect(let delay): state.reconnectDelay = delay
            case .report(let report):
                if case .online = report { state.isOnline = true }
                log(report)
            }
        }
    }

    private func write(_ message: IRCMessage, _ state: inout State) {
        guard let link = state.link else { return }
        var line = ByteBuffer()
        message.render(into: &line)
        state.unwritten += line.readableBytes
        link.lines.yield(line)
        if state.unwritten > Self.unwrittenLimit { close(&state) }
    }

    private func close(_ state: inout State) {
        state.link?.lines.finish()
        state.link?.timers.yield(.farewell)
        state.link = nil
    }

    /// What comes from a server goes into the log without anything that a terminal would obey.
    private func log(_ report: ClientReport) {
        switch report {
        case .online(let nick): logger.info("online", metadata: ["nick": "\(Formatting.stripped(nick))"])
        case .joined(let channel): logger.info("joined", metadata: ["channel": "\(channel)"])
        case .refused(let channel, let numeric):
            logger.error("not let in", metadata: ["channel": "\(channel)", "numeric": "\(numeric)"])
        case .muted(let channel, let numeric):
            logger.error("may not speak", metadata: ["channel": "\(channel)", "numeric": "\(numeric)"])
        case .kicked(let channel, let willRejoin):
            logger.warning("kicked", metadata: ["channel": "\(channel)", "rejoins": "\(willRejoin)"])
        case .banned: logger.error("banned from the network")
        case .wrongPassword: logger.error("the network refuses the password")
        case .saslFailed: logger.error("the network refuses the SASL login")
        case .saslNotOffered: logger.error("the network offers no SASL mechanism that is configured")
        case .saslImpostor:
            logger.critical("the server does not know the account: it is not the network that it claims to be")
        case .noNick: logger.error("the network takes none of the nicks")
        case .nonsense: logger.error("the server sends what no server sends")
        case .upgrading(let port): logger.notice("the network wants TLS", metadata: ["port": "\(port)"])
        case .standardReply(let kind, let command, let code):
            logger.log(
                level: kind == "NOTE" ? .info : .warning, "the server says \(kind)",
                metadata: [
                    "command": "\(Formatting.stripped(command))", "code": "\(Formatting.stripped(code))",
                ])
        case .pingTimeout: logger.warning("the network does not answer")
        case .registrationTimeout: logger.warning("the network does not finish registration")
        case .dropped: logger.warning("a line was dropped: too many wait to be sent")
        case .serverError(let text):
            logger.warning("the server ends the connection", metadata: ["error": "\(Formatting.stripped(text))"])
        }
    }
}
