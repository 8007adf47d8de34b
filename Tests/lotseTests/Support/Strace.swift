import Foundation

/// Debian's strace as the hand that makes system calls of a running program fail.
///
/// The options are those of strace 6.1, see strace(1), "Tampering".
final class Strace {
    static let path = ["/usr/bin/strace", "/usr/local/bin/strace"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Whether strace is there and may look at another process here; containers often forbid it.
    static let canAttach: Bool = {
        guard let path else { return false }
        let probe = Process()
        probe.executableURL = URL(filePath: path)
        probe.arguments = ["-o", "/dev/null", "-e", "trace=none", "true"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    private let process = Process()

    /// Attaches to `program` and all its threads; every matching call from now on is tampered with.
    ///
    /// - Parameter fault: such as `fdatasync:error=EIO`; a count in it, as in `when=1..3`, is one for each thread.
    init(_ program: Program, fault: String) async throws {
        let output = Pipe()
        process.executableURL = Self.path.map { URL(filePath: $0) }
        process.arguments = [
            "-f", "-o", "/dev/null", "-e", "trace=\(fault.prefix { $0 != ":" })", "-e", "inject=\(fault)", "-p",
            "\(program.id)",
        ]
        process.standardError = output
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        // It says so when all threads are under its hand.
        let lines = LineSource(output)
        while let line = await lines.next(), !line.contains(" attached") {}
    }

    /// It ends with the program; this is for a test that fails before.
    deinit {
        // Asked to let go in order, it may wait for ever for a thread that has ended meanwhile.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
}
