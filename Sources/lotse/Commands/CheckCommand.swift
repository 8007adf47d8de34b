import ArgumentParser
import DialogFiles
import Foundation

/// `lotse check FILE…`: reads guides, wording and configurations, and prints every problem in them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check guides, wording and configuration files.",
        discussion: """
            Every problem is printed to standard error as file:line:column: error: path: what, with the line and a \
            caret; every good file gets a line on standard output. Wording files are also compared with each other.

            Exit codes: 0 all files are good (there may be warnings), 1 there are errors in a file, 2 a file cannot be \
            read, 64 wrong usage.
            """)

    @Argument(help: "A guide, a wording file or a configuration, in any mix.")
    var files: [String]

    func run() throws {
        let check = FileCheck(files, environment: ProcessInfo.processInfo.environment)
        var errors = StandardError()
        for problem in check.problems { print(problem, to: &errors) }
        for summary in check.summaries { print(summary) }
        guard check.exitCode == 0 else { throw ExitCode(check.exitCode) }
    }
}

/// The stream that problems are printed to.
private struct StandardError: TextOutputStream {
    mutating func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
