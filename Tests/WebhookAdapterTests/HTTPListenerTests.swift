import Facilitation
import Foundation
import Listening
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import WebhookAdapter

/// What arrives at the HTTP server, in bytes.
@Suite(.timeLimit(.minutes(5))) struct HTTPListenerTests {
    private static let post = "POST /x HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"

    /// Sends bytes to a listener that answers with what it got, and reads until the connection is closed.
    private func exchange(_ bytes: String..., limits: HTTPListener.Limits = .init()) async throws -> String {
        let listener = HTTPListener(host: "127.0.0.1", port: 0, limits: limits, logger: .silent) { request in
            WebhookResponse(status: 200, body: Array("\(request.method) \(request.path) \(request.body.count)".utf8))
        }
        let port = try await listener.start()
        let answer = try await RawClient.exchange(bytes, port: port)
        await listener.stop()
        return answer
    }

    private func status(_ answer: String) -> String { String(answer.split(separator: "\r\n").first ?? "") }

    @Test("A request is answered, also in pieces, and the next one over the same connection")
    func answers() async throws {
        let answer = try await exchange(
            "\(Self.post)content-le", "ngth: 5\r\n\r\n{\"a", "\"}",
            "GET /y?z HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
        #expect(answer.contains("POST /x 5"))
        #expect(answer.hasSuffix("GET /y 0"))
    }

    @Test("A sender that waits to be let on is let on, and one with too much is not")
    func letsGoOn() async throws {
        let small = "\(Self.post)expect: 100-continue\r\nconnection: close\r\ncontent-length: 2\r\n\r\n"
        let answer = try await exchange(small, "{}")
        #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
        let large = "\(Self.post)expect: 100-continue\r\ncontent-length: 65537\r\n\r\n"
        #expect(status(try await exchange(large)) == "HTTP/1.1 413 Payload Too Large")
    }

    @Test("Requests behind each other are answered in their sequence, also HEAD and HTTP/1.0")
    func answersInSequence() async throws {
        let answer = try await exchange(
            "GET /1 HTTP/1.1\r\nhost: a\r\n\r\n\(Self.post)content-length: 2\r\n\r\n{}",
            "HEAD /3 HTTP/1.1\r\nhost: a\r\n\r\nGET /4 HTTP/1.0\r\n\r\n")
        let bodies = answer.matches(of: /(GET|POST|HEAD) \/\w \d/).map { String($0.output.0) }
        #expect(bodies == ["GET /1 0", "POST /x 2", "GET /4 0"])
        let lengths = answer.matches(of: /Content-Length: (\d+)/).map { String($0.output.1) }
        #expect(lengths == ["8", "9", "9", "8"])
    }

    @Test("Who wants the connection closed has it closed", arguments: ["close", "Close", "TE, close"])
    func closes(_ option: String) async throws {
        let answer = try await exchange("GET /1 HTTP/1.1\r\nhost: a\r\nconnection: \(option)\r\n\r\n")
        #expect(status(answer) == "HTTP/1.1 200 OK")
        #expect(answer.contains("\r\nConnection: close\r\n"))
    }

    @Test("More than 64 KB are turned away, announced or not")
    func refusesLargeBodies() async throws {
        #expect(
            status(try await exchange("\(Self.post)content-length: 65537\r\n\r\n")) == "HTTP/1.1 413 Payload Too Large")
        let chunk = String(repeating: "a", count: 65_000)
        let chunked = "\(Self.post)transfer-encoding: chunked\r\n\r\nfde8\r\n\(chunk)\r\nfde8\r\n\(chunk)\r\n"
        #expect(status(try await exchange(chunked)) == "HTTP/1.1 413 Payload Too Large")
        let largest =
            "\(Self.post)connection: close\r\ncontent-length: 65536\r\n\r\n" + String(repeating: "a", count: 65_536)
        #expect(status(try await exchange(largest)) == "HTTP/1.1 200 OK")
    }

    @Test(
        "What is no HTTP, or says its length twice, is a bad request",
        arguments: [
            "hello\r\n\r\n", "\(post)content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "\(post)content-length: 5\r\ncontent-length: 6\r\n\r\nabcde", "\(post)content-length: x\r\n\r\n",
            "POST /x HTTP/1.1\r\n\u{1}: a\r\n\r\n",
        ])
    func refusesNonsense(_ bytes: String) async throws {
        #expect(status(try await exchange(bytes)) == "HTTP/1.1 400 Bad Request")
    }

    @Test("Who sends too slowly is told and let go, who says nothing is let go")
    func refusesSlowness() async throws {
        var limits = HTTPListener.Limits()
        limits.arrival = .milliseconds(50)
        let slow = try await exchange("\(Self.post)content-length: 5\r\n\r\n", "{", limits: limits)
        #expect(status(slow) == "HTTP/1.1 408 Request Timeout")
        #expect(slow.contains("\r\nConnection: close\r\n"))
        limits.arrival = .seconds(3600)
        limits.firstHead = .milliseconds(50)
        #expect(try await exchange(limits: limits) == "")
        (limits.firstHead, limits.idle) = (.seconds(3600), .milliseconds(50))
        let asked = try await exchange("GET / HTTP/1.1\r\nhost: a\r\n\r\n", limits: limits)
        #expect(status(asked) == "HTTP/1.1 200 OK")
    }

    @Test("Who sends nothing more after the request is answered")
    func answersHalfClosed() async throws {
        let listener = HTTPListener(host: "127.0.0.1", port: 0, logger: .silent) { _ in .empty }
        let client = try await RawClient(port: try await listener.start())
        await client.send("\(Self.post)content-length: 2\r\n\r\n{}")
        try await client.endSending()
        #expect(status(await client.rest()) == "HTTP/1.1 200 OK")
        await listener.stop()
    }

    @Test("A body that is cut off is not taken", arguments: ["content-length: 5", "transfer-encoding: chunked"])
    func refusesCutBodies(_ header: String) async throws {
        let (taken, continuation) = AsyncStream.makeStream(of: WebhookRequest.self)
        let listener = HTTPListener(host: "127.0.0.1", port: 0, logger: .silent) { request in
            continuation.yield(request)
            return .empty
        }
        let client = try await RawClient(port: try await listener.start())
        await client.send("\(Self.post)\(header)\r\n\r\n5\r\n{")
        try await client.endSending()
        #expect(status(await client.rest()) == "HTTP/1.1 400 Bad Request")
        await listener.stop()
        continuation.finish()
        for await request in taken { Issue.record("taken: \(request)") }
    }

    @Test(
        "However many connections say nothing, whoever asks is answered; who is being answered stays",
        arguments: [1, 3])
    func makesRoom(_ limit: Int) async throws {
        var limits = HTTPListener.Limits()
        (limits.connections, limits.firstHead, limits.idle) = (limit, .seconds(3600), .seconds(3600))
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let listener = HTTPListener(host: "127.0.0.1", port: 0, limits: limits, logger: .silent) { request in
            guard request.path == "/slow" else { return .empty }
            begin.yield()
            for await _ in ended {}
            return .empty
        }
        let port = try await listener.start()
        func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nhost: a\r\n\r\n" }
        var silent: [RawClient] = []
        for _ in 0..<20 { silent.append(try await RawClient(port: port)) }
        let asking = try await RawClient(port: port)
        await asking.send(get("/slow"))
        for await _ in begun { break }
        for _ in 0..<20 {
            let other = try await RawClient(port: port)
            await other.send(get("/quick"))
            // With one place, which is taken, nobody else comes in.
            let answer = await other.next()
            #expect(limit == 1 ? answer.isEmpty : answer.hasPrefix("HTTP/1.1 200 OK"))
        }
        end.finish()
        #expect(await asking.next().hasPrefix("HTTP/1.1 200 OK"))
        await listener.stop()
    }

    @Test("A head that does not come to its end is not waited for, however slowly it goes on")
    func refusesSlowHeads() async throws {
        var limits = HTTPListener.Limits()
        limits.firstHead = .milliseconds(50)
        #expect(try await exchange("GET / HTTP/1.1\r\nhost: a\r\nx-a: ", limits: limits) == "")
    }

    @Test("At the end requests under way are answered, and nobody who is silent is waited for")
    func stopsWithAnswers() async throws {
        var limits = HTTPListener.Limits()
        limits.farewell = .seconds(3600)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let listener = HTTPListener(host: "127.0.0.1", port: 0, limits: limits, logger: .silent) { request in
            begin.yield()
            for await _ in ended {}
            return .empty
        }
        let port = try await listener.start()
        let silent = try await RawClient(port: port)
        let asking = try await RawClient(port: port)
        await asking.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        for await _ in begun { break }
        async let stopped: Void = listener.stop()
        #expect(await silent.rest() == "")
        end.finish()
        #expect(status(await asking.rest()) == "HTTP/1.1 200 OK")
        await stopped
        await #expect(throws: (any Error).self) { try await RawClient(port: port) }
    }

    @Test("At the end a request that does not come to its end is waited for no longer than allowed")
    func stopsWithoutStragglers() async throws {
        var limits = HTTPListener.Limits()
        (limits.arrival, limits.farewell) = (.seconds(3600), .milliseconds(50))
        let listener = HTTPListener(host: "127.0.0.1", port: 0, limits: limits, logger: .silent) { _ in .empty }
        let client = try await RawClient(port: try await listener.start())
        await client.send("\(Self.post)expect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        #expect(await client.next() == "HTTP/1.1 100 Continue\r\n\r\n")
        await listener.stop()
        #expect(!(await client.rest().contains("200 OK")))
    }

    @Test("A server may end while others come, in the midst of whatever they say")
    func stopsInTheMidst() async throws {
        var limits = HTTPListener.Limits()
        limits.farewell = .zero
        for round in 0..<30 {
            let listener = HTTPListener(host: "127.0.0.1", port: 0, limits: limits, logger: .silent) { _ in .empty }
            let port = try await listener.start()
            await withTaskGroup { tasks in
                // Nobody is silent: the system does not tell a silent client of a port that was closed just then.
                for piece in ["GET / HTTP/1.1\r\nhost: a\r\n\r\n", "\(Self.post)content-length: 2\r\n\r\n{"] {
                    for _ in 0..<15 { tasks.addTask { _ = try? await RawClient.exchange([piece], port: port) } }
                }
                tasks.addTask {
                    for _ in 0..<round { await Task.yield() }
                    await listener.stop()
                }
            }
        }
    }

    @Test("A port in use is said as such, with what to do")
    func namesPortInUse() async throws {
        let listener = HTTPListener(host: "127.0.0.1", port: 0, logger: .silent) { _ in .empty }
        let port = try await listener.start()
        let inUse = HTTPListenerError.portInUse(host: "127.0.0.1", port: port)
        await #expect(throws: inUse) {
            try await WebhookReceiver(
                host: "127.0.0.1", port: port, chats: [:], reserve: DescriptorReserve(logger: .silent), logger: .silent
            ).start()
        }
        await #expect(throws: inUse) {
            try await Monitor(
                host: "127.0.0.1", port: port, reserve: DescriptorReserve(logger: .silent), logger: .silent,
                health: { Health() }, metrics: { [] }
            ).start()
        }
        #expect(inUse.description.contains("Port \(port) on 127.0.0.1 is in use"))
        #expect(inUse.description.contains("choose another port"))
        await listener.stop()
        let again = HTTPListener(host: "127.0.0.1", port: port, logger: .silent) { _ in .empty }
        #expect(try await again.start() == port)
        await again.stop()
    }
}

/// A client that sends bytes as they are.
struct RawClient: Sendable {
    private let channel: any Channel
    private let answers: AsyncStream<String>

    init(port: Int) async throws {
        let (answers, continuation) = AsyncStream.makeStream(of: String.self)
        self.answers = answers
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// Sends pieces, and reads until the connection is closed.
    static func exchange(_ pieces: [String], port: Int) async throws -> String {
        let client = try await RawClient(port: port)
        for piece in pieces { await client.send(piece) }
        return await client.rest()
    }

    /// A peer that has closed meanwhile has answered, or shows that it has not.
    func send(_ piece: String) async {
        try? await channel.writeAndFlush(ByteBuffer(string: piece)).get()
    }

    /// Goes on to listen.
    func endSending() async throws {
        try await channel.close(mode: .output).get()
    }

    /// What comes next; empty when the connection is closed.
    func next() async -> String {
        for await part in answers { return part }
        return ""
    }

    /// What comes until the connection is closed.
    func rest() async -> String {
        var rest = ""
        for await part in answers { rest += part }
        return rest
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<String>.Continuation

        init(_ continuation: AsyncStream<String>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(String(buffer: unwrapInboundIn(data)))
        }

        func channelInactive(context: ChannelHandlerContext) {
            continuation.finish()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
