import NIOCore
import NIOPosix
import Synchronization

/// A person's IRC client over loopback: says lines, reads lines.
final class ChatClient: Sendable {
    let nick: String
    private let channel: any Channel
    private let lines: AsyncStream<ChatLine>
    private let tokens = Mutex(0)

    /// Connects and registers.
    ///
    /// - Parameter capabilities: what is asked for with CAP REQ.
    init(_ nick: String, port: Int, capabilities: [String] = []) async throws {
        self.nick = nick
        let (lines, continuation) = AsyncStream.makeStream(of: ChatLine.self)
        self.lines = lines
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation: continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        if !capabilities.isEmpty { try await send("CAP REQ :" + capabilities.joined(separator: " "), "CAP END") }
        try await send("NICK \(nick)", "USER \(nick) 0 * :\(nick)")
        _ = await line { $0.verb == "376" || $0.verb == "422" }
    }

    /// Joins a room and waits until everybody in `others` is there.
    func join(_ room: String, with others: String...) async throws {
        try await send("JOIN \(room)")
        var missing = Set(others)
        var hasNames = false
        while !hasNames || !missing.isEmpty {
            guard let line = await line() else { return }
            switch line.verb {
            case "353":
                missing.subtract(line.text.split(separator: " ").map { String($0.drop { "@+&%~".contains($0) }) })
            case "366": hasNames = true
            case "JOIN": missing.remove(line.sender)
            default: break
            }
        }
    }

    func say(_ text: String, in room: String) async throws {
        try await send("PRIVMSG \(room) :\(text)")
    }

    func send(_ lines: String...) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: lines.map { $0 + "\r\n" }.joined())).get()
    }

    /// The next line, or nil when the connection is closed; answers the server's pings itself.
    func line() async -> ChatLine? {
        var iterator = lines.makeAsyncIterator()
        while let line = await iterator.next(isolation: #isolation) {
            guard line.verb == "PING" else { return line }
            try? await send("PONG :\(line.text)")
        }
        return nil
    }

    /// Reads up to the first line that is `wanted`, and returns it.
    func line(_ wanted: (ChatLine) -> Bool) async -> ChatLine? {
        while let line = await line() {
            if wanted(line) { return line }
        }
        return nil
    }

    /// All lines that come before the server has read everything sent so far.
    func barrier() async throws -> [ChatLine] {
        let token = tokens.withLock { tokens in
            tokens += 1
            return "barrier-\(tokens)"
        }
        try await send("PING :\(token)")
        var read: [ChatLine] = []
        while let line = await line(), line.text != token { read.append(line) }
        return read
    }

    func close() async {
        try? await channel.close().get()
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<ChatLine>.Continuation
        private var unread = ByteBuffer()

        init(continuation: AsyncStream<ChatLine>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            unread.writeImmutableBuffer(unwrapInboundIn(data))
            while let end = unread.readableBytesView.firstIndex(of: 10) {
                let line = unread.readString(length: end - unread.readerIndex) ?? ""
                unread.moveReaderIndex(forwardBy: 1)
                continuation.yield(ChatLine(line))
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

/// A line as an IRC client sees it, as far as these tests look.
struct ChatLine: Hashable, Sendable {
    /// The nick, or the server's name.
    let sender: String
    let verb: String
    /// The first parameter: a room, or one's own nick.
    let target: String
    /// The last parameter.
    let text: String

    init(_ line: String) {
        var rest = line.hasSuffix("\r\n") || line.hasSuffix("\r") ? line.dropLast() : line[...]
        if rest.first == "@" { rest = rest.drop { $0 != " " }.dropFirst() }
        var words = rest.split(separator: " ", omittingEmptySubsequences: true)
        let source = words.first?.first == ":" ? words.removeFirst().dropFirst() : ""
        sender = String(source.prefix { $0 != "!" })
        verb = words.isEmpty ? "" : String(words[0])
        target = words.count > 1 ? String(words[1].drop { $0 == ":" }) : ""
        if let trailing = rest.dropFirst().firstRange(of: " :") {
            text = String(rest[trailing.upperBound...])
        } else {
            text = words.last.map(String.init) ?? ""
        }
    }
}
