import Foundation

/// An IRC server that is measured: Lotse's listener, or one of Debian's.
struct IRCServer {
    let name: String
    /// How many may come at a time: few where the queue of the listening socket is short, many where new ones are looked
    /// after once a second.
    var together = 8
    private let program: String
    private let arguments: (_ file: String) -> [String]
    private let configuration: (_ port: Int, _ folder: String) -> String

    /// Those that are installed; Lotse lies beside the benchmark.
    static func installed() -> [IRCServer] {
        let beside = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let lotse = IRCServer(name: "Lotse", program: "\(beside.path)/lotse", arguments: { ["serve", "--config", $0] })
        {
            """
            state: \($1)/state
            facilitators: {anyone_may_start: true}
            listener: {address: 127.0.0.1, port: \($0), lines_per_second: 1000000}
            log: {level: error}
            """
        }
        let ngircd = IRCServer(name: "ngircd", program: "/usr/sbin/ngircd", arguments: { ["-n", "-f", $0] }) {
            port, _ in
            """
            [Global]
            Name = irc.test.example
            Info = Test
            Listen = 127.0.0.1
            Ports = \(port)
            [Limits]
            MaxConnections = 0
            MaxConnectionsIP = 0
            MaxPenaltyTime = 0
            PingTimeout = 3600
            [Options]
            DNS = no
            Ident = no
            PAM = no
            """
        }
        let inspircd = IRCServer(
            name: "inspircd", together: 500, program: "/usr/sbin/inspircd",
            arguments: { ["--nofork", "--runasroot", "--config", $0] }
        ) {
            """
            <server name="irc.test.example" network="Test" id="1AA">
            <admin name="a" nick="a" email="a@test.example">
            <bind address="127.0.0.1" port="\($0)" type="clients">
            <connect allow="*" timeout="60" hardsendq="10M" recvq="1M" threshold="1000000" commandrate="1000000"
             fakelag="no" pingfreq="3600" localmax="20000" globalmax="20000" resolvehostnames="no" useident="no" maxchans="20">
            <performance softlimit="20000" clonesonconnect="no">
            <pid file="\($1)/inspircd.pid">
            <path datadir="\($1)" logdir="\($1)" runtimedir="\($1)">
            """
        }
        return [lotse, ngircd, inspircd].filter { FileManager.default.isExecutableFile(atPath: $0.program) }
    }

    /// A child takes over which signals its thread blocks, and threads of a pool block all of them: it could not be stopped.
    private static func letSignalsThrough() {
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
    }

    /// Starts the server on `port`; what it writes goes nowhere.
    func start(on port: Int, in folder: String) throws -> Process {
        let file = "\(folder)/\(name).conf"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try configuration(port, folder).write(toFile: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments(file)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        Self.letSignalsThrough()
        try process.run()
        return process
    }
}

/// What a process has used so far, from `/proc`.
struct Usage {
    /// User and system time, in seconds.
    let cpu: Double
    /// The resident set, in bytes.
    let memory: Int

    init(of id: Int32) throws {
        let text = try String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
        // The fields behind the name, which stands in parentheses; see proc(5).
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        // The clock of the process counts nanoseconds, and the file only hundredths of a second.
        var (clock, time) = (clockid_t(), timespec())
        guard fields.count > 22, let pages = Int(fields[22]), clock_getcpuclockid(id, &clock) == 0,
            clock_gettime(clock, &time) == 0
        else { throw Failure("/proc/\(id)/stat has another form, or the process is gone") }
        cpu = Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
        memory = pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
