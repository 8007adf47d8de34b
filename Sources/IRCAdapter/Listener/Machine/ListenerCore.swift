import Facilitation
import FoundationEssentials
import IRCProtocol
import Listening
import Logging
import NIOCore
import NIOPosix

/// Runs the ``ServerStateMachine``: feeds it what happens, does what it says.
///
/// All connections live on one event loop, and this object with them, so that every client sees all lines in the
/// same order without a lock, and an idle connection costs a handler instead of tasks. Not `Sendable`: reached from
/// elsewhere through a `NIOLoopBound`.
final class ListenerCore {
    private var machine: ServerStateMachine
    private var connections: [ConnectionID: ListenerConnection] = [:]
    /// Connections with lines that wait for ``flush()``.
    private var unflushed: Set<ConnectionID> = []

    /// Bytes that are read from a connection at once: little, as long as it says little. A buffer of that size stays with
    /// each connection.
    static let readSizes = 512...4096

    /// How many silent peers go at once where nobody can be accepted any more.
    private static let roomForNewcomers = 16

    private var accounts: AccountBook?
    private let linesPerSecond: Int
    private let inbox: any Inbox
    private let history: HistoryDesk?
    private let nextNumber: @Sendable () -> Int
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let eventLoop: any EventLoop
    let reserve: DescriptorReserve
    private let keeper: RoomKeeper?
    /// When the log was last told that sign-ins are put off.
    private var putOffToldAt: NIODeadline?

    /// - Parameters:
    ///   - nextNumber: a number that no connection has had.
    ///   - rooms: what was set in them before the last stop; `keeper` keeps what is set from now on.
    init(
        settings: ServerSettings, accounts: AccountBook?, linesPerSecond: Int, inbox: any Inbox,
        history: HistoryDesk?, nextNumber: @escaping @Sendable () -> Int, now: @escaping @Sendable () -> Date,
        rooms: [KeptRoom], keeper: RoomKeeper?, reserve: DescriptorReserve, eventLoop: any EventLoop, logger: Logger
    ) {
        self.keeper = keeper
        self.reserve = reserve
        self.eventLoop = eventLoop
        self.accounts = accounts
        self.linesPerSecond = linesPerSecond
        self.inbox = inbox
        self.history = history
        self.nextNumber = nextNumber
        self.now = now
        self.logger = logger
        machine = ServerStateMachine(settings, at: Self.moment(now))
        machine.restore(rooms)
    }

    private static func moment(_ now: () -> Date) -> Moment {
        Moment(date: now(), uptime: .nanoseconds(Int64(NIODeadline.now().uptimeNanoseconds)))
    }

    // MARK: - Inputs

    func open(_ channel: any Channel, isSecure: Bool) -> ConnectionID {
        let id = ConnectionID(nextNumber())
        connections[id] = ListenerConnection(channel: channel, linesPerSecond: linesPerSecond)
        let address = channel.remoteAddress
        let peer = ServerInput.Peer(
            address: address?.ipAddress ?? "unknown", isLoopback: address?.isLoopback ?? false, isSecure: isSecure)
        logger.debug("connection opened", metadata: ["connection": "\(id.number)"])
        handle(.opened(id, from: peer))
        if reserve.isGettingShort { handle(.crowded(id)) }
        flush()
        return id
    }

    /// Nobody can be accepted at present: peers that have said nothing make room for those who come next.
    func makeRoom() {
        for _ in 0..<Self.roomForNewcomers { handle(.crowded(nil)) }
        flush()
    }

    func closed(_ id: ConnectionID) {
        logger.debug("connection closed", metadata: ["connection": "\(id.number)"])
        connections[id] = nil
        handle(.closed(id))
        flush()
    }

    /// A line came: it is taken at once or, where the connection has to wait, later.
    func receive(_ frame: IRCFrame, from id: ConnectionID) {
        connections[id]?.receive(frame)
        takeLines(of: id)
    }

    private func takeLines(of id: ConnectionID) {
        guard let connection = connections[id] else { return }
        let me = NIOLoopBound(self, eventLoop: connection.channel.eventLoop)
        let later: @Sendable () -> Void = {
            me.value.takeLines(of: id)
            me.value.flush()
        }
        while let frame = connection.next(later: later) { handle(.frame(id, frame)) }
    }

    /// Time has passed: timeouts, and accounts that may have changed.
    func tick() {
        if accounts?.refresh() == true, let names = accounts?.names { handle(.accounts(names)) }
        handle(.tick)
        flush()
    }

    /// Lets the machine decide and does it; what is sent waits for ``flush()``.
    func handle(_ input: ServerInput) {
        var released: [ConnectionID] = []
        for action in machine.handle(input, at: Self.moment(now)) {
            switch action {
            case .send(let message, let ids): send(message, to: ids)
            case .deliver(let incoming, let id):
                if !inbox.deliver(incoming), let id { handle(.overloaded(id)) }
            case .lookUp(let name, let id): lookUp(name, for: id)
            case .checkPassword(let plain, let id): check(plain, for: id)
            case .hold(let id): connections[id]?.isHeld = true
            case .release(let id): released.append(id)
            case .wake(let duration): wake(after: duration)
            case .refused(let refusal): logger.notice("\(refusal)")
            case .putOff: logPutOff()
            case .keep(let rooms): keeper?.keep(rooms, on: eventLoop)
            case .recall(let rooms, let id): recall(rooms, for: id)
            case .close(let id):
                unflushed.remove(id)
                connections[id]?.closeAfterFlush()
            }
        }
        for id in released where connections[id]?.isHeld == true {
            connections[id]?.isHeld = false
            takeLines(of: id)
        }
    }

    private func logPutOff() {
        if let last = putOffToldAt, .now() - last < .minutes(1) { return }
        putOffToldAt = .now()
        logger.warning("too many are signing in at once; some are asked to try again")
    }

    /// Also where no connection is left: the machine counts on being woken then, and asks for no other time before.
    private func wake(after duration: Duration) {
        let me = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(in: TimeAmount(duration)) {
            me.value.handle(.wake)
            me.value.flush()
        }
    }

    func flush() {
        // Flushing can end a connection, and that leads to more lines.
        while let id = unflushed.popFirst() { connections[id]?.flush() }
    }

    var hasConnections: Bool { !connections.isEmpty }

    /// Says good-bye to everybody. The connections close as soon as that is written.
    func shutDown() {
        handle(.shutdown)
    }

    /// Closes what is left, whether its peer reads or not.
    func closeAll() {
        for connection in connections.values { connection.closeNow() }
    }

    // MARK: - Accounts

    private func lookUp(_ name: String, for id: ConnectionID) {
        _ = accounts?.refresh()
        guard let found = accounts?.credentials(for: name) else { return }
        handle(.lookedUp(id, account: found.account, found.credentials, nonce: Self.nonce()))
    }

    /// 144 bits, printable and without a comma.
    private static func nonce() -> String {
        SCRAM.base64((0..<18).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// Computes beside the event loop, so that nobody else waits for it.
    private func check(_ plain: SASLPlain, for id: ConnectionID) {
        _ = accounts?.refresh()
        let exists = accounts?.account(named: plain.account) != nil
        let found = accounts?.credentials(for: plain.account)
        let me = NIOLoopBound(self, eventLoop: eventLoop)
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            found?.credentials.accepts(plain.password) == true && exists
        }.whenComplete { result in
            let isRight = (try? result.get()) ?? false
            me.value.handle(.passwordChecked(id, account: isRight ? found?.account : nil))
            me.value.flush()
        }
    }

    /// What a connection waited for has come: its further lines are taken.
    private func goOn(_ id: ConnectionID, with input: ServerInput) {
        handle(input)
        connections[id]?.isHeld = false
        takeLines(of: id)
        flush()
    }

    // MARK: - History

    private func recall(_ rooms: [Room], for id: ConnectionID) {
        guard let history, let connection = connections[id] else { return handle(.recalled(id, nil)) }
        connection.isHeld = true
        history.ask(rooms, on: connection.channel.eventLoop) { [unowned self] in goOn(id, with: .recalled(id, $0)) }
    }

    // MARK: - Sending

    private func send(_ message: IRCMessage, to ids: [ConnectionID]) {
        var line = ByteBuffer()
        message.render(into: &line)
        for id in ids {
            guard let connection = connections[id] else { continue }
            if connection.enqueue(line) {
                unflushed.insert(id)
            } else {
                logger.info("send queue exceeded", metadata: ["connection": "\(id.number)"])
                handle(.sendQueueExceeded(id))
            }
        }
    }
}

extension SocketAddress {
    /// 127.0.0.0/8, ::1, and these as IPv4-mapped addresses.
    var isLoopback: Bool {
        guard let ipAddress else { return false }
        return ipAddress == "::1" || ipAddress.hasPrefix("127.") || ipAddress.hasPrefix("::ffff:127.")
    }
}
