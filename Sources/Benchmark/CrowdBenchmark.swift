import Foundation

/// Compares what the listener needs for many people with what small IRC servers in C and C++ need.
enum CrowdBenchmark {
    private static let idle = 10_000
    private static let members = 1000
    private static let lines = 200

    static func run(in folder: String) throws {
        raiseFileLimit()
        print("\(idle) idle connections, then a channel of \(members) and \(lines) lines to all of it")
        for server in IRCServer.installed() { try measure(server, in: "\(folder)/\(server.name)") }
    }

    private static func measure(_ server: IRCServer, in folder: String) throws {
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
            print(
                "  " + server.name.padding(toLength: 10, withPad: " ", startingAt: 0)
                    + String(
                        format: "%5.1f KB per connection %6.2f µs CPU per delivered line %5.2f s CPU to gather",
                        Double(after.memory - before.memory) / Double(idle) / 1024,
                        (spoken.cpu - gathered.cpu) / delivered * 1_000_000, gathered.cpu - after.cpu))
        } catch {
            print("  \(server.name): \(error)")
        }
    }

    private static func raiseFileLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
