import Facilitation
import Foundation
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOPosix
import Testing

@testable import WebhookAdapter

/// What arrives at the HTTP server, in bytes.
@Suite(.timeLimit(.minutes(1))) struct HTTPListenerTests {
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
            "GET /1 HTTP/1.1\r\nhost: a\r\n\r\n\(Self.post)content-length: 2\r\n\r\n{}GET /3 HTTP/1.0\r\n\r\n")
        let bodies = answer.matches(of: /(GET|POST) \/\w \d/).map { String($0.output.0) }
        #expect(bodies == ["GET /1 0", "POST /x 2", "GET /3 0"])
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
    func refusesSlowness() throws {
        let slow = EmbeddedChannel(handler: HTTPConnectionHandler(limits: .init(), answer: { _ in .empty }))
        try slow.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/x", headers: ["content-length": "5"])
        try slow.writeInbound(HTTPServerRequestPart.head(head))
        slow.embeddedEventLoop.advanceTime(by: .seconds(10))
        guard case .head(let answer) = try slow.readOutbound(as: HTTPServerResponsePart.self) else {
            return #expect(Bool(false), "no answer")
        }
        #expect(answer.status == .requestTimeout)
        #expect(!slow.isActive)
        let silent = EmbeddedChannel(handler: HTTPConnectionHandler(limits: .init(), answer: { _ in .empty }))
        try silent.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        silent.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(silent.isActive)
        silent.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!silent.isActive)
        #expect(try silent.readOutbound(as: HTTPServerResponsePart.self) == nil)
    }

    @Test("More connections than allowed are closed at once")
    func limitsConnections() async throws {
        var limits = HTTPListener.Limits()
        limits.connections = 0
        #expect(try await exchange("\(Self.post)content-length: 0\r\n\r\n", limits: limits) == "")
    }
}

/// A client that sends bytes as they are.
enum RawClient {
    static func exchange(_ pieces: [String], port: Int) async throws -> String {
        let (answers, continuation) = AsyncStream.makeStream(of: String.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        // A peer that has closed meanwhile has answered, or shows that it has not.
        for piece in pieces { try? await channel.writeAndFlush(ByteBuffer(string: piece)).get() }
        var answer = ""
        for await part in answers { answer += part }
        return answer
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
