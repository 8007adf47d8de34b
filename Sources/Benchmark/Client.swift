import Foundation

/// A connection over which one group contributes, so many answers under way at a time.
struct Client: ~Copyable {
    private let socket: CInt
    private var pending: [UInt8] = []

    /// Connects to `port` on this machine as soon as somebody listens there.
    init(port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        for _ in 1...1000 {
            let socket = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
            let isConnected = withUnsafeBytes(of: &address) {
                connect(socket, $0.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t($0.count)) == 0
            }
            if isConnected {
                // An answer that never comes ends the measurement.
                var limit = timeval(tv_sec: 60, tv_usec: 0)
                setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                self.socket = socket
                return
            }
            close(socket)
            usleep(5000)
        }
        throw Failure("nobody listens on port \(port)")
    }

    deinit {
        close(socket)
    }

    /// Says everything and waits until every answer is acknowledged.
    mutating func hold(_ conversation: Conversation, window: Int) throws {
        try send(conversation.beginning)
        var rest = conversation.messages[...]
        var underWay = 0
        while !rest.isEmpty || underWay > 0 {
            var lines: [String] = []
            while underWay < window, let next = rest.popFirst() {
                lines.append(conversation.line(next.text))
                if next.isAnswer { underWay += 1 }
            }
            try send(lines)
            if underWay > 0 { underWay -= try receiveAcknowledgements() }
        }
    }

    private func send(_ lines: [String]) throws {
        var bytes = Array(lines.map { $0 + "\r\n" }.joined().utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure("a connection broke") }
            bytes = bytes.dropFirst(count)
        }
    }

    /// How many answers the next lines that come acknowledge: `B3, B4 notiert.` stands for two.
    private mutating func receiveAcknowledgements() throws -> Int {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(socket, &chunk, chunk.count)
        guard count > 0 else { throw Failure("a connection broke, or an answer did not come for a minute") }
        pending += chunk[..<count]
        guard let end = pending.lastIndex(of: UInt8(ascii: "\n")) else { return 0 }
        let text = String(decoding: pending[...end], as: UTF8.self)
        pending.removeFirst(end + 1)
        return text.split(separator: "\r\n").reduce(0) { sum, line in
            line.contains(" NOTICE ") && line.hasSuffix(" notiert.") ? sum + line.split(separator: ",").count : sum
        }
    }
}
