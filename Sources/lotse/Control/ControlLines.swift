import Foundation
import NIOCore

/// Lines of JSON over a connection, none longer than a bound.
struct ControlLines {
    typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>

    private var bytes: Inbound.AsyncIterator
    private var pending = ByteBuffer()
    private let limit: Int

    init(_ inbound: Inbound, limit: Int) {
        bytes = inbound.makeAsyncIterator()
        self.limit = limit
    }

    /// The next line as a value; nil where the connection ends before a whole one came, or the line is too long.
    mutating func next<Value: Decodable>(_ type: Value.Type) async throws -> Value? {
        var searched = 0
        while true {
            let unread = pending.readableBytesView
            if let end = unread.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(unread[..<end])
                pending.moveReaderIndex(forwardBy: line.count + 1)
                return try JSONDecoder().decode(type, from: line)
            }
            searched = unread.count
            guard searched <= limit, var more = try await bytes.next() else { return nil }
            pending.discardReadBytes()
            pending.writeBuffer(&more)
        }
    }

    /// `value` as a line.
    static func line(_ value: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder().encode(value) + [UInt8(ascii: "\n")])
    }
}
