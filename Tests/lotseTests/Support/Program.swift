import Foundation
import Synchronization

/// Lotse as a process of its own, with pipes where a person has a terminal.
final class Program: Sendable {
    /// How the process ended, and what it wrote to standard error.
    struct Ending: Sendable {
        /// The exit code, or nil when a signal ended the process.
        let code: Int32?
        let errors: String
    }

    /// The program that was built together with these tests: it lies beside the test bundle.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "lotse").path

    private let process: Process
    private let input = Pipe()
    private let output: LineSource
    private let errors: LineSource
    private let ended: AsyncStream<Int32?>

    var id: Int32 { process.processIdentifier }

    /// - Parameters:
    ///   - prefix: a command that starts the program, such as `prlimit`, with its arguments.
    ///   - environment: what is set besides what these tests have; an empty value takes a variable out.
    init(_ arguments: [String], prefix: [String] = [], environment given: [String: String] = [:]) throws {
        let command = prefix + [Self.path] + arguments
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        var environment = ProcessInfo.processInfo.environment
        environment.merge(["TZ": Self.timeZone, "USER": "anna", "NO_COLOR": "1"]) { $1 }
        environment.merge(given) { $1 }
        process.environment = environment.filter { !$0.value.isEmpty }
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        let (ended, continuation) = AsyncStream.makeStream(of: Int32?.self)
        self.ended = ended
        process.terminationHandler = { process in
            continuation.yield(process.terminationReason == .exit ? process.terminationStatus : nil)
            continuation.finish()
        }
        // Writing to a process that is gone is an error to throw, not a reason to be killed.
        Foundation.signal(SIGPIPE, SIG_IGN)
        try process.run()
        output = LineSource(outputPipe)
        errors = LineSource(errorPipe)
    }

    /// Where the process believes to be.
    static let timeZone = "Europe/Berlin"

    /// Types lines at the terminal.
    func type(_ lines: String...) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    func endInput() throws {
        try input.fileHandleForWriting.close()
    }

    /// The next line on standard output, or nil when the process closed it.
    func line() async -> String? {
        await output.next()
    }

    /// Reads standard output up to a line that contains `text`, and returns it.
    func line(containing text: String) async -> String? {
        while let line = await line() {
            if line.contains(text) { return line }
        }
        return nil
    }

    /// Reads standard error up to a line that contains `text`, and returns it; the ending does not have these lines.
    func errorLine(containing text: String) async -> String? {
        while let line = await errors.next() {
            if line.contains(text) { return line }
        }
        return nil
    }

    /// All that is left on standard output.
    func remainingLines() async -> [String] {
        await output.rest()
    }

    func signal(_ signal: Int32) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, signal)
    }

    /// Waits for the end of the process; to be asked once.
    func ending() async -> Ending {
        var code: Int32?
        for await ended in ended { code = ended }
        return Ending(code: code, errors: await errors.rest().joined(separator: "\n"))
    }
}

/// Runs Lotse while `body` works with it; what still runs afterwards is killed.
func withProgram<Result>(
    _ arguments: [String], prefix: [String] = [], environment: [String: String] = [:],
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Program) async throws -> Result
) async throws -> Result {
    let program = try Program(arguments, prefix: prefix, environment: environment)
    defer { program.signal(SIGKILL) }
    return try await body(program)
}

/// What a command came to.
struct CommandResult {
    let code: Int32?
    let lines: [String]
    let errors: String
}

/// Runs a command to its end.
func lotse(
    _ arguments: [String], typing lines: [String] = [], prefix: [String] = [], environment: [String: String] = [:]
) async throws -> CommandResult {
    let program = try Program(arguments, prefix: prefix, environment: environment)
    for line in lines { try program.type(line) }
    try program.endInput()
    let lines = await program.remainingLines()
    let ending = await program.ending()
    return CommandResult(code: ending.code, lines: lines, errors: ending.errors)
}

/// The lines of a pipe; a thread of its own reads them, since reading blocks.
final class LineSource: Sendable {
    private let lines: AsyncStream<String>

    init(_ pipe: Pipe) {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread {
            var pending = Data()
            while true {
                let data = handle.availableData
                guard !data.isEmpty else { break }
                pending += data
                while let end = pending.firstIndex(of: 10) {
                    continuation.yield(String(decoding: pending[..<end], as: UTF8.self))
                    pending = Data(pending[pending.index(after: end)...])
                }
            }
            if !pending.isEmpty { continuation.yield(String(decoding: pending, as: UTF8.self)) }
            continuation.finish()
        }
    }

    func next() async -> String? {
        var iterator = lines.makeAsyncIterator()
        return await iterator.next(isolation: #isolation)
    }

    func rest() async -> [String] {
        var rest: [String] = []
        for await line in lines { rest.append(line) }
        return rest
    }
}
