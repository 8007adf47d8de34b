import Facilitation
import FoundationEssentials
import IRCProtocol
import Logging
import NIOCore

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

    private let inbox: any Inbox
    private let isSecure: Bool
    private let nextNumber: @Sendable () -> Int
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// - Parameter nextNumber: a number that no connection has had.
    init(
        settings: ServerSettings, inbox: any Inbox, isSecure: Bool, nextNumber: @escaping @Sendable () -> Int,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.inbox = inbox
        self.isSecure = isSecure
        self.nextNumber = nextNumber
        self.now = now
        self.logger = logger
        machine = ServerStateMachine(settings, at: Self.moment(now))
    }

    private static func moment(_ now: () -> Date) -> Moment {
        Moment(date: now(), uptime: .nanoseconds(Int64(NIODeadline.now().uptimeNanoseconds)))
    }

    // MARK: - Inputs

    func open(_ channel: any Channel) -> ConnectionID {
        let id = ConnectionID(nextNumber())
        connections[id] = ListenerConnection(channel: channel)
        let address = channel.remoteAddress
        let peer = ServerInput.Peer(
            address: address?.ipAddress ?? "unknown", isLoopback: address?.isLoopback ?? false, isSecure: isSecure)
        logger.debug("connection opened", metadata: ["connection": "\(id.number)"])
        handle(.opened(id, from: peer))
        flush()
        return id
    }

    func closed(_ id: ConnectionID) {
        logger.debug("connection closed", metadata: ["connection": "\(id.number)"])
        connections[id] = nil
        handle(.closed(id))
        flush()
    }

    /// Lets the machine decide and does it; what is sent waits for ``flush()``.
    func handle(_ input: ServerInput) {
        for action in machine.handle(input, at: Self.moment(now)) {
            switch action {
            case .send(let message, let ids): send(message, to: ids)
            case .deliver(let incoming, let id):
                if !inbox.deliver(incoming), let id { handle(.overloaded(id)) }
            case .close(let id):
                unflushed.remove(id)
                connections[id]?.closeAfterFlush()
            }
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
