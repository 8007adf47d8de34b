public import DialogEngine
public import Facilitation
public import FoundationEssentials
import IRCProtocol
public import Listening
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The embedded IRC-style server, with which irssi, WeeChat, HexChat and `nc` take part.
///
/// ``start()`` opens the port, ``run()`` serves until its task is cancelled.
public final class IRCListener: ChatAdapter {
    private let configuration: Configuration
    private let inbox: any Inbox
    private let history: (any RoomHistory)?
    private let processMark: String
    private let reserve: DescriptorReserve
    private let logger: Logger
    private let now: @Sendable () -> Date
    /// All of the listener lives on this one loop; see ``ListenerCore``.
    private let eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
    private let running = Mutex<Running?>(nil)
    /// Counts on when the listener is stopped and started again: a number is an identity.
    private let connectionCount = Atomic(0)

    private struct Running: Sendable {
        /// The listening sockets: that of ``Configuration/port`` first.
        let channels: [any Channel]
        let core: NIOLoopBound<ListenerCore>

        var port: Int { channels[0].localAddress?.port ?? 0 }
    }

    /// How often timeouts are looked at.
    private static let tick = TimeAmount.seconds(5)
    /// How long peers may take to read the good-bye when Lotse stops.
    private static let farewell = TimeAmount.milliseconds(100)

    /// - Parameters:
    ///   - history: what is kept of the rooms, where there is something.
    ///   - processMark: letters and digits that no other run of the program has, at random: an identity of this run
    ///     must never belong to somebody else in the next.
    ///   - reserve: that of everything that accepts connections; left out, one of its own.
    ///   - now: the wall clock.
    public init(
        configuration: Configuration, inbox: any Inbox, history: (any RoomHistory)? = nil, processMark: String,
        reserve: DescriptorReserve? = nil, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.inbox = inbox
        self.history = configuration.offersHistory ? history : nil
        self.processMark = processMark
        self.reserve = reserve ?? DescriptorReserve(logger: logger)
        var logger = logger
        logger[metadataKey: "adapter"] = "\(configuration.name)"
        self.logger = logger
        self.now = now
    }

    public var name: String { configuration.name }

    // MARK: - ChatAdapter

    @discardableResult
    public func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        guard let running = running.withLock({ $0 }) else { return false }
        // The loop runs as long as the process does; there is nothing else that could fail.
        try? await eventLoop.submit {
            running.core.value.handle(.say(message, to: destination))
            running.core.value.flush()
        }.get()
        return true
    }

    /// Has rooms of new groups from now on, too.
    ///
    /// - Parameter members: the accounts that a room is open to, by the room's name; what is missing here is open to
    ///   everybody. Who is in a room that is not open to her has to leave it.
    public func open(_ channels: [String], members: [String: Set<String>]) async {
        guard let running = running.withLock({ $0 }) else { return }
        try? await eventLoop.submit {
            running.core.value.handle(.channels(channels, members: members))
            running.core.value.flush()
        }.get()
    }

    public func setFacilitators(_ identities: Set<Identity>, of room: Room) async {
        guard let running = running.withLock({ $0 }), room.adapter == name else { return }
        try? await eventLoop.submit {
            running.core.value.handle(.facilitators(identities, of: room.name))
            running.core.value.flush()
        }.get()
    }

    public func run() async throws {
        try await start()
        guard let running = running.withLock({ $0 }) else { return }
        let tick = eventLoop.scheduleRepeatedTask(initialDelay: Self.tick, delay: Self.tick) { _ in
            running.core.value.tick()
        }
        // Never completed by anything but the task's end: a listening socket does not close by itself.
        try? await withTaskCancellationHandler {
            for channel in running.channels { try await channel.closeFuture.get() }
        } onCancel: {
            for channel in running.channels { channel.close(promise: nil) }
        }
        tick.cancel()
        try? await stop(running)
    }

    private func stop(_ running: Running) async throws {
        self.running.withLock { $0 = nil }
        try await eventLoop.flatSubmit { [eventLoop] in
            running.core.value.shutDown()
            guard running.core.value.hasConnections else { return eventLoop.makeSucceededVoidFuture() }
            return eventLoop.scheduleTask(in: Self.farewell) { running.core.value.closeAll() }.futureResult
        }.get()
        logger.info("listener stopped")
    }

    // MARK: - Starting

    /// Opens the port and accepts connections from then on; does nothing if that was done already.
    ///
    /// - Returns: the port, which ``Configuration/port`` leaves open if it is 0.
    @discardableResult
    public func start() async throws(IRCListenerError) -> Int {
        if let port = running.withLock({ $0?.port }) { return port }
        try checkNames()
        let address = try resolve(port: configuration.port)
        let isPlain = configuration.tls == nil || configuration.tls?.port != nil
        guard !isPlain || configuration.allowPlaintext || address.isLoopback else {
            throw .plaintextNotAllowed(host: configuration.host)
        }
        let tls = try tlsContext()
        let core = try await makeCore()
        var channels = [try await listen(on: address, tls: isPlain ? nil : tls, core: core)]
        do throws(IRCListenerError) {
            if let port = configuration.tls?.port {
                channels.append(try await listen(on: try resolve(port: port), tls: tls, core: core))
            }
        } catch {
            try? await channels[0].close()
            throw error
        }
        let started = Running(channels: channels, core: core)
        running.withLock { $0 = started }
        logger.info(
            "listening",
            metadata: [
                "host": "\(configuration.host)", "port": "\(started.port)", "tls": "\(!isPlain)",
                "tls_port": "\(configuration.tls?.port.map { "\($0)" } ?? "-")",
            ])
        return started.port
    }

    /// Whether the text can be the name of a server: a host name with a dot.
    package static func isServerName(_ text: String) -> Bool { Hostname.isValid(text) }

    private func checkNames() throws(IRCListenerError) {
        let botNick = configuration.botNick
        guard ServerStateMachine.isValidNick(botNick) else {
            throw .invalidName(
                botNick, reason: "a nick has letters, digits and -_[]{}\\|^` and begins with none of 0-9-")
        }
        guard Self.isServerName(configuration.serverName) else {
            throw .invalidName(configuration.serverName, reason: "a server's name is a host name with a dot")
        }
        for channel in configuration.channels where !ServerStateMachine.isValidChannelName(channel) {
            throw .invalidName(
                channel, reason: "a channel begins with # and has at most \(ServerLimits.channelLength) bytes, no space"
            )
        }
    }

    private func resolve(port: Int) throws(IRCListenerError) -> SocketAddress {
        do {
            return try SocketAddress.makeAddressResolvingHost(configuration.host, port: port)
        } catch {
            throw .cannotListen(host: configuration.host, port: port, reason: "the host name stands for no address")
        }
    }

    private func tlsContext() throws(IRCListenerError) -> NIOSSLContext? {
        guard let tls = configuration.tls else { return nil }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificateChainFile)
            let key = try NIOSSLPrivateKey(file: tls.privateKeyFile, format: .pem)
            var settings = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            settings.minimumTLSVersion = .tlsv12
            return try NIOSSLContext(configuration: settings)
        } catch {
            throw .unusableCertificate(
                file: "\(tls.certificateChainFile), \(tls.privateKeyFile)", reason: "\(error)")
        }
    }

    private func makeCore() async throws(IRCListenerError) -> NIOLoopBound<ListenerCore> {
        let settings = ServerSettings(
            configuration, hasHistory: history != nil, processMark: processMark)
        let accounts: AccountBook?
        do throws(AccountError) {
            accounts = try configuration.accountsFile.map { path throws(AccountError) in
                try AccountBook(AccountFile(path: path), logger: logger)
            }
        } catch {
            throw .unusableAccounts(reason: error.description)
        }
        let file = configuration.roomsFile.map(RoomFile.init)
        let rooms = try file?.read() ?? []
        let made = try? await eventLoop.submit { [self] in
            let core = ListenerCore(
                settings: settings, accounts: accounts, linesPerSecond: configuration.linesPerSecond, inbox: inbox,
                history: history.map(HistoryDesk.init),
                nextNumber: { [self] in connectionCount.add(1, ordering: .relaxed).newValue }, now: now, rooms: rooms,
                keeper: file.map { RoomKeeper($0, logger: logger) }, reserve: reserve, eventLoop: eventLoop,
                logger: logger)
            return NIOLoopBound(core, eventLoop: eventLoop)
        }.get()
        guard let made else {
            throw .cannotListen(host: configuration.host, port: configuration.port, reason: "Lotse is stopping")
        }
        return made
    }

    private func listen(
        on address: SocketAddress, tls: NIOSSLContext?, core: NIOLoopBound<ListenerCore>
    ) async throws(IRCListenerError) -> any Channel {
        do {
            return try await ServerBootstrap(group: eventLoop)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                // Few at once, so that what they need is seen before the last descriptor is gone.
                .serverChannelOption(.maxMessagesPerRead, value: 4)
                .serverChannelInitializer { [reserve] channel in
                    channel.eventLoop.makeCompletedFuture {
                        let guarding = AcceptGuard(reserve: reserve) { core.value.makeRoom() }
                        try channel.pipeline.syncOperations.addHandler(guarding)
                    }
                }
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                // What one peer sends at once stays small, whatever it sends.
                .childChannelOption(
                    .recvAllocator,
                    value: AdaptiveRecvByteBufferAllocator(
                        minimum: ListenerCore.readSizes.lowerBound, initial: ListenerCore.readSizes.lowerBound,
                        maximum: ListenerCore.readSizes.upperBound)
                )
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                        try channel.pipeline.syncOperations.addHandlers(
                            ByteToMessageHandler(IRCFrameDecoder(linesFrom: .client)),
                            ListenerConnectionHandler(core: core.value, isSecure: tls != nil))
                    }
                }
                .bind(to: address).get()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw .portInUse(host: configuration.host, port: address.port ?? configuration.port)
        } catch {
            throw .cannotListen(
                host: configuration.host, port: address.port ?? configuration.port, reason: "\(error)")
        }
    }
}
