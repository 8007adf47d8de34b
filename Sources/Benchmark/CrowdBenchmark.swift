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
        let beginning = ContinuousClock.now
        let process = try server.start(on: port, in: folder)
        do {
            let crowd = try Crowd(1, named: "first", on: port, together: 1)
            let started = ContinuousClock.now - beginning
            let before = try Usage(of: process.processIdentifier)
            let full = try Crowd(idle, named: "p", on: port, together: server.together)
            let after = try Usage(of: process.processIdentifier)
            try full.gather(members)
            let gathered = try Usage(of: process.processIdentifier)
            try full.speak(lines, to: members)
            let spoken = try Usage(of: process.processIdentifier)
            let stopped = Self.stop(process)
            withExtendedLifetime((crowd, full)) {}
            let delivered = Double(lines * (members - 1))
            Self.show(
                "  " + server.name.padding(toLength: 10, withPad: " ", startingAt: 0)
                    + String(
                        format: "%5.1f KB per connection, %5.2f µs CPU per delivered line, CPU: %.2f s to connect, "
                            + "%.2f s to gather; first one in after %.0f ms, stopped in %.0f ms",
                        Double(after.memory - before.memory) / Double(idle) / 1024,
                        (spoken.cpu - gathered.cpu) / delivered * 1_000_000, after.cpu - before.cpu,
                        gathered.cpu - after.cpu, started / .milliseconds(1), stopped / .milliseconds(1)))
        } catch {
            _ = Self.stop(process)
            Self.show("  \(server.name): \(error)")
        }
    }

    /// How long it takes to stop a server with everybody in it.
    private static func stop(_ process: Process) -> Duration {
        ContinuousClock().measure {
            process.terminate()
            process.waitUntilExit()
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
