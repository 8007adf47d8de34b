import Foundation

/// Compares what the listener needs for many people with what small IRC servers in C and C++ need.
struct CrowdBenchmark {
    /// Connections.
    let idle: Int
    /// How many of them come into one channel.
    let members: Int
    /// How many lines are said there.
    let lines = 200

    func run(in folder: String) throws {
        Self.raiseFileLimit()
        Self.show("\(idle) idle connections, then a channel of \(members) and \(lines) lines to all of it")
        for server in IRCServer.installed() { try measure(server, in: "\(folder)/\(server.name)") }
    }

    private func measure(_ server: IRCServer, in folder: String) throws {
        let port = try freePort()
        let process = try server.start(on: port, in: folder)
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        do {
            let crowd = try Crowd(1, named: "first", on: port)
            let before = try Usage(of: process.processIdentifier)
            let full = try Crowd(idle, named: "p", on: port)
            let after = try Usage(of: process.processIdentifier)
            try full.gather(members)
            let gathered = try Usage(of: process.processIdentifier)
            try full.speak(lines, to: members)
            let spoken = try Usage(of: process.processIdentifier)
            withExtendedLifetime(crowd) {}
            let delivered = Double(lines * (members - 1))
            Self.show(
                "  " + server.name.padding(toLength: 10, withPad: " ", startingAt: 0)
                    + String(
                        format: "%5.1f KB per connection %6.2f µs CPU per delivered line %5.2f s CPU to gather",
                        Double(after.memory - before.memory) / Double(idle) / 1024,
                        (spoken.cpu - gathered.cpu) / delivered * 1_000_000, gathered.cpu - after.cpu))
        } catch {
            Self.show("  \(server.name): \(error)")
        }
    }

    /// At once, also into a pipe.
    private static func show(_ line: String) {
        print(line)
        fflush(nil)
    }

    private static func raiseFileLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
