import Facilitation
import Foundation
import GRDB
import SQLiteStore
import Testing

@testable import lotse

/// What is erased is in no file of the state folder any more, looked at byte by byte.
@Suite("Erased means everywhere", .timeLimit(.minutes(5)))
struct CanaryTests {
    private static let canary = "Zqkanarie"
    private static let formats = ["html", "md", "json", "csv", "ics", "svg", "dot", "md ohne-namen"]

    /// How often the canary stands in the files of the folder, by their names.
    private static func traces(in folder: String) -> [String: Int] {
        var traces: [String: Int] = [:]
        for name in FileManager.default.subpaths(atPath: folder) ?? [] {
            let content = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            let count = content.ranges(of: Data(canary.utf8)).count
            if count > 0 || name.contains(canary) { traces[name] = count }
        }
        return traces
    }

    /// Lets the canary say something of everything, and write it down in every format.
    private func play(in folder: String, then lines: [String], _ look: (Program) async throws -> Void) async throws {
        try await withProgram(["--state", folder, "--port", "0", "--name", Self.canary]) { program in
            try program.type("Die \(Self.canary) singt", "? Wer füttert die \(Self.canary)?", "!parken \(Self.canary)")
            try program.type("!aufgabe ich bis 31.12.: \(Self.canary) füttern", "!ende wirklich")
            for format in Self.formats { try program.type("!export \(format)") }
            try program.type("!protokoll")
            _ = await program.line(containing: "ohne-namen.md")
            #expect(Self.traces(in: folder).keys.contains { $0.hasSuffix(".json") })
            for line in lines { try program.type(line) }
            try await look(program)
            try program.endInput()
            _ = await program.remainingLines()
            #expect(await program.ending().code == 0)
        }
    }

    private func sessions(in workplace: borrowing Workplace) async throws -> [String] {
        try await SQLiteStore(readingFrom: workplace.store).sessions().map(\.id)
    }

    @Test("A person who erases herself, while Lotse runs and afterwards; the files are there without her")
    func person() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await play(in: folder, then: ["!vergissmich", "!vergissmich wirklich", "!stand"]) { program in
            _ = await program.line(containing: "Erledigt:")
            _ = await program.line(containing: "ohne das Gelöschte")
            #expect(Self.traces(in: folder) == [:])
        }
        #expect(Self.traces(in: folder) == [:])
        let id = try #require(try await sessions(in: workplace).first)
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/exports/\(id)")
        #expect(files.count == 8)
    }

    @Test("A session that its facilitator erases")
    func session() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await play(in: folder, then: ["!sitzunglöschen", "!sitzunglöschen wirklich"]) { program in
            _ = await program.line(containing: "Die Sitzung ist gelöscht")
            #expect(Self.traces(in: folder) == [:])
        }
        #expect(Self.traces(in: folder) == [:])
    }

    @Test("What the operator erases", arguments: [[], ["--person", canary]])
    func operatorErases(options: [String]) async throws {
        let workplace = try Workplace()
        try await play(in: workplace.folder, then: []) { _ in }
        let id = try #require(try await sessions(in: workplace).first)
        let program = try Program(["erase", id, "--state", workplace.folder, "--yes"] + options)
        let lines = await program.remainingLines()
        #expect(await program.ending().code == 0)
        #expect(lines.first == "Erased." && lines.last?.contains("files") == true)
        #expect(Self.traces(in: workplace.folder) == [:])
    }

    @Test("A session whose retention has passed, at the next start; what belongs to no session goes, too")
    func retention() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await play(in: folder, then: []) { _ in }
        let queue = try DatabaseQueue(path: workplace.store)
        try await queue.write { db in
            try db.execute(sql: "UPDATE sessions SET retained_until = 0, started = 0, \"group\" = 'gone'")
        }
        try queue.close()
        // As an earlier version left it behind.
        let stray = "\(folder)/exports/\(Self.canary)-2026-11-22-2"
        try FileManager.default.createDirectory(atPath: stray, withIntermediateDirectories: true)
        try Data(Self.canary.utf8).write(to: URL(filePath: stray + "/x.md"))
        try await withProgram(workplace.arguments()) { program in
            _ = await program.line(containing: "Welches Problem")
            try program.endInput()
            _ = await program.remainingLines()
            #expect(await program.ending().code == 0)
        }
        #expect(Self.traces(in: folder) == [:])
    }
}

extension Data {
    fileprivate func ranges(of part: Data) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = startIndex
        while let range = range(of: part, in: start..<endIndex) {
            found.append(range)
            start = range.upperBound
        }
        return found
    }
}
