public import Facilitation
public import FoundationEssentials
import IRCProtocol
public import Logging
import NIOCore
import NIOPosix

/// The bot as a client on an IRC network, over TLS unless configured otherwise; connects again for as long as it runs.
public final class IRCClient: ChatAdapter {
    private let configuration: Configuration
    private let core: ClientCore
    private let route: ClientRoute
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Date
    private let random: @Sendable () -> Double
    private let logger: Logger

    private static let connectTimeout = TimeAmount.seconds(15)
    /// How long the server may take to read our last lines.
    private static let farewell = Duration.milliseconds(200)

    /// - Parameters:
    ///   - processMark: letters and digits that no other run of the program has, at random: an identity of this run
    ///     must never belong to somebody else in the next.
    ///   - clock: measures pauses and silences.
    ///   - now: the wall clock.
    ///   - random: from 0 to 1, spreads the attempts to connect again.
    public init(
        configuration: Configuration, inbox: any Inbox, processMark: String, logger: Logger,
        clock: any Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Date = { Date() },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.configuration = configuration
        self.clock = clock
        self.random = random
        var logger = logger
        logger[metadataKey: "adapter"] = "\(configuration.name)"
        self.logger = logger
        let uptime = Self.uptime(of: clock)
        route = ClientRoute(configuration, logger: logger)
        self.now = now
        core = ClientCore(
            settings: ClientSettings(configuration, processMark: processMark), inbox: inbox, route: route,
            moment: { Moment(date: now(), uptime: uptime()) }, logger: logger)
    }

    private static func uptime<C: Clock<Duration>>(of clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

    public var name: String { configuration.name }

    public var isPaced: Bool { true }

    // MARK: - ChatAdapter

    /// Waits while the pace holds the line back, and for a room also until the bot is (again) in it.
    @discardableResult
    public func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        await core.say(message, to: destination)
    }

    /// Is in channels of new groups from now on, too.
    public func open(_ channels: [String]) {
        core.handle(.channels(channels))
    }

    public var figures: AdapterFigures {
        var figures = AdapterFigures()
        figures.isUp = core.isOnline
        return figures
    }

    public func run() async throws {
        defer { core.handle(.stop) }
        try checkNames()
        let trust = try ClientTrust(configuration.tls, host: configuration.host)
        while !Task.isCancelled {
            do {
                try await connect(trust: trust)
            } catch is CancellationError {
                // We gave up the link ourselves, and have said why.
            } catch {
                // Never what somebody said: it is about sockets and certificates.
                logger.warning("connection failed", metadata: ["error": "\(error)"])
            }
            guard !Task.isCancelled, let delay = core.disconnected(jitter: random()) else { break }
            logger.info("connecting again", metadata: ["after": "\(delay)"])
            try? await clock.sleep(for: delay)
        }
    }

    private func checkNames() throws(IRCClientError) {
        for name in [configuration.nick, configuration.user] + configuration.channels
        where name.isEmpty || name.contains(where: { $0 == " " || $0 == "," || $0.isNewline || $0 == "\0" }) {
            throw .invalidName(name, reason: "IRC allows no space, comma or line break here")
        }
        for name in configuration.channels where !"#&+!".contains(name.prefix(1)) {
            throw .invalidName(name, reason: "a channel begins with #")
        }
    }

    /// 128 bits at random.
    private static func nonce() -> String {
        (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    // MARK: - One connection

    private typealias Link = NIOAsyncChannel<IRCFrame, ByteBuffer>

    /// Returns when the connection has ended or the task is cancelled.
    private func connect(trust: ClientTrust) async throws {
        let leg = route.next(at: now())
        let (channel, ready) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(Self.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: configuration.host, port: leg.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let ready = leg.isSecure ? try trust.secure(channel) : channel.eventLoop.makeSucceededVoidFuture()
                    try channel.pipeline.syncOperations.addHandler(
                        ByteToMessageHandler(IRCFrameDecoder(linesFrom: .server)))
                    return (try Link(wrappingChannelSynchronously: channel), ready)
                }
            }
        let link = ClientLink(
            isSecure: leg.isSecure, keepsSecrets: leg.isSecure || channel.channel.remoteAddress.isLoopback,
            nonce: Self.nonce())
        try await channel.executeThenClose { inbound, outbound in
            try await withTaskCancellationHandler {
                try await ready.get()
            } onCancel: {
                channel.channel.close(promise: nil)
            }
            do {
                try await converse(on: link, inbound, outbound)
            } catch  where Task.isCancelled {
                // How the tasks noticed is of no interest.
            }
            if Task.isCancelled { await sayGoodbye(on: channel.channel) }
        }
    }

    /// Reads, writes and keeps time, each in a task of its own, until one of them ends.
    private func converse(
        on link: ClientLink, _ inbound: NIOAsyncChannelInboundStream<IRCFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        let (lines, lineContinuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let (timers, timerContinuation) = AsyncStream.makeStream(of: ClientCore.TimerRequest.self)
        core.connected(.init(lines: lineContinuation, timers: timerContinuation), link)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [core] in
                defer { timerContinuation.finish() }
                for try await frame in inbound { core.handle(.frame(frame)) }
            }
            group.addTask { [core] in
                defer { timerContinuation.finish() }
                for await line in lines {
                    try await outbound.write(line)
                    core.wrote(line.readableBytes)
                }
            }
            for await request in timers {
                group.addTask { [core, clock] in
                    switch request {
                    case .timer(let timer, let duration):
                        guard (try? await clock.sleep(for: duration)) != nil else { return }
                        core.handle(.elapsed(timer))
                    case .farewell:
                        try? await clock.sleep(for: Self.farewell)
                        timerContinuation.finish()
                    }
                }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// When Lotse stops, the streams of the cancelled task are closed already: QUIT takes the channel itself.
    private func sayGoodbye(on channel: any Channel) async {
        var line = ByteBuffer()
        IRCMessage("QUIT", ["Lotse is stopping"]).render(into: &line)
        let patience = channel.eventLoop.scheduleTask(in: .milliseconds(200)) { channel.close(promise: nil) }
        try? await channel.writeAndFlush(line).get()
        patience.cancel()
    }
}

extension SocketAddress? {
    /// Whether what is sent there does not leave this machine.
    fileprivate var isLoopback: Bool {
        guard let address = self?.ipAddress else { return self?.pathname != nil }
        return address.hasPrefix("127.") || address == "::1"
    }
}
