import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// A bare IRC client for the tests: sends lines, reads lines. Used by one task at a time.
final class LineClient {
    private let channel: any Channel
    private var lines: AsyncStream<String>.AsyncIterator
    private var tokens = 0

    init(port: Int) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        lines = stream.makeAsyncIterator()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation: continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// Connects, registers and joins.
    static func entering(_ room: String, as nick: String, port: Int) async throws -> LineClient {
        let client = try await LineClient(port: port)
        try await client.send("NICK \(nick)", "USER \(nick) 0 * :\(nick)", "JOIN \(room)")
        _ = try await client.barrier()
        return client
    }

    func send(_ lines: String...) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: lines.map { $0 + "\r\n" }.joined())).get()
    }

    func send(bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends byte after byte, each by itself, without a task that has to get its turn for each of them: beside tests that
    /// compute, that takes longer than a peer may take to register.
    func trickle(_ text: String) async throws {
        let eventLoop = channel.eventLoop
        let sent = text.utf8.enumerated().map { number, byte in
            eventLoop.flatScheduleTask(in: .milliseconds(2 * Int64(number))) { [channel] in
                channel.writeAndFlush(ByteBuffer(bytes: [byte]))
            }.futureResult
        }
        try await EventLoopFuture.andAllSucceed(sent, on: eventLoop).get()
    }

    /// The next line, or nil when the connection is closed.
    func next() async -> String? {
        await lines.next(isolation: #isolation)
    }

    /// Reads up to a line that contains `text`, and returns it.
    func line(containing text: String) async -> String? {
        while let line = await next() {
            if line.contains(text) { return line }
        }
        return nil
    }

    /// All lines that come before the server has read everything sent so far.
    func barrier() async throws -> [String] {
        tokens += 1
        try await send("PING :barrier-\(tokens)")
        var read: [String] = []
        while let line = await next(), !line.hasSuffix("barrier-\(tokens)") { read.append(line) }
        return read
    }

    func close() async throws {
        try await channel.close().get()
    }

    /// Ends the connection as a crashing machine does: with RST.
    func reset() async throws {
        try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close().get()
    }

    /// Stops reading, so that what the server sends piles up.
    func stopReading() async throws {
        try await channel.setOption(.autoRead, value: false).get()
    }

    func readAgain() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<String>.Continuation
        private var unread = ByteBuffer()

        init(continuation: AsyncStream<String>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            unread.writeImmutableBuffer(unwrapInboundIn(data))
            while let end = unread.readableBytesView.firstIndex(of: 10) {
                let length = end - unread.readerIndex
                let line = unread.readString(length: length) ?? ""
                unread.moveReaderIndex(forwardBy: 1)
                continuation.yield(line.hasSuffix("\r") ? String(line.dropLast()) : line)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            continuation.finish()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
