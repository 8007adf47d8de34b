import Foundation

/// Many connections to one IRC server, all read by one thread.
final class Crowd {
    private var sockets: [CInt] = []
    private var chunk = [UInt8](repeating: 0, count: 65_536)

    /// Connects and registers `count` people.
    ///
    /// - Parameters:
    ///   - name: the beginning of their nicks.
    ///   - together: how many come at a time.
    init(_ count: Int, named name: String, on port: Int, together: Int) throws {
        for start in stride(from: 0, to: count, by: together) {
            let numbers = start..<min(start + together, count)
            for number in numbers {
                sockets.append(try Self.connect(to: port))
                try send("NICK \(name)\(number)\r\nUSER p 0 * :p\r\n", as: number)
            }
            for number in numbers {
                try read(as: number, until: " 001 ")
                try send("PING :ready\r\n", as: number)
                try read(as: number, until: "ready")
            }
        }
    }

    deinit {
        for socket in sockets { close(socket) }
    }

    private static func connect(to port: Int) throws -> CInt {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        for _ in 1...5000 {
            let socket = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
            let isConnected = withUnsafeBytes(of: &address) {
                Foundation.connect(socket, $0.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t($0.count))
                    == 0
            }
            if isConnected { return socket }
            close(socket)
            usleep(1000)
        }
        throw Failure("nobody listens on port \(port)")
    }

    func send(_ text: String, as number: Int) throws {
        let bytes = Array(text.utf8)
        guard write(sockets[number], bytes, bytes.count) == bytes.count else { throw Failure("a connection broke") }
    }

    /// Reads what has come for one person until `text` is in it. What it is about comes in one piece often enough.
    func read(as number: Int, until text: String) throws {
        var tail = ""
        while true {
            let count = Foundation.read(sockets[number], &chunk, chunk.count)
            guard count > 0 else { throw Failure("connection \(number) was closed") }
            tail = String(tail.suffix(text.utf8.count)) + String(decoding: chunk[..<count], as: UTF8.self)
            if tail.contains(text) { return }
        }
    }

    /// The first `members` come into one channel, each told of all who come later.
    func gather(_ members: Int) throws {
        for number in 0..<members {
            try send("JOIN #crowd\r\nPING :joined\r\n", as: number)
            try read(as: number, until: "joined")
        }
        for number in 0..<members {
            try send("PING :gathered\r\n", as: number)
            try read(as: number, until: "gathered")
        }
    }

    /// The first says `lines` lines, and all others have received all of them.
    func speak(_ lines: Int, to members: Int) throws {
        let text = String(repeating: "x", count: 80)
        for line in 1...lines {
            let mark = line == lines ? "the last" : text
            try send("PRIVMSG #crowd :\(mark)\r\n", as: 0)
            // Read along, so that nobody is a slow reader; the last line is waited for below.
            if line % 20 == 0, line < lines { try catchUp(members, until: nil) }
        }
        try catchUp(members, until: "the last")
    }

    private func catchUp(_ members: Int, until text: String?) throws {
        for number in 1..<members {
            if let text {
                try read(as: number, until: text)
            } else {
                while recv(sockets[number], &chunk, chunk.count, CInt(MSG_DONTWAIT)) > 0 {}
            }
        }
    }
}
