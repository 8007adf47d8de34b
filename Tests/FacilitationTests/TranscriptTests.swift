import DialogEngine
import DialogFiles
import FacilitationTesting
import Foundation
import Testing
import Wording

@testable import Facilitation

/// Plays every chat in `Transcripts/` again and compares, line by line, what the bot says.
///
/// Where sentences change on purpose, `LOTSE_RECORD=1 swift test --filter TranscriptTests` writes what is said now into the
/// files, and the difference is read before it is committed.
@Suite("Transcripts")
struct TranscriptTests {
    static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let dialogs = here.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Dialogs")

    static var names: [String] {
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: here.appendingPathComponent("Transcripts").path)
        return (files ?? []).filter { $0.hasSuffix(".txt") }.sorted()
    }

    @Test("the bot says the same again", arguments: names)
    func playsAgain(name: String) async throws {
        let path = Self.here.appendingPathComponent("Transcripts/\(name)")
        let file = try String(contentsOf: path, encoding: .utf8)
        let lines = try file.split(separator: "\n").map { try #require(TranscriptLine(String($0)), "\($0)") }
        var settings: [String: String] = [:]
        for case .remark(let text) in lines {
            if let (key, value) = text.splitOnce(at: ": ") { settings[key] = value }
        }
        var rehearsal = try await rehearsal(settings)
        var said: [TranscriptLine] = []
        for line in lines {
            switch line {
            case .clock(let time): said += [line] + (try await rehearsal.advance(to: Self.moment(time)))
            case .said(by: "lotse", _), .noticed, .whispered(from: "lotse", _, _): continue
            case .remark: said.append(line)
            case .said, .whispered, .joined, .left: said += [line] + (try await rehearsal.play(line))
            }
        }
        if ProcessInfo.processInfo.environment["LOTSE_RECORD"] != nil {
            try Data(said.map { $0.text + "\n" }.joined().utf8).write(to: path)
            return
        }
        for (index, (was, expected)) in zip(said, lines).enumerated() where was != expected {
            Issue.record("line \(index + 1) is\n\(was.text)\nexpected\n\(expected.text)")
            return
        }
        #expect(said.count == lines.count)
    }

    private func rehearsal(_ settings: [String: String]) async throws -> Rehearsal {
        let guide = try DialogFile.read(
            Self.dialogs.appendingPathComponent("\(settings["guide"] ?? "kommunale-netzwerke").yaml").path)
        let interpreter = try #require(
            Interpreter(
                phrasebooks: try WordingFiles.read(folder: Self.dialogs.appendingPathComponent("wording").path),
                botName: "lotse", timeZone: Self.timeZone))
        let group = Group(
            name: guide.id, rooms: [], guide: guide,
            language: Language(rawValue: settings["language"] ?? guide.languages[0].rawValue), anyoneMayStart: true)
        return try await Rehearsal(
            group, interpreter: interpreter, store: MemorySessionStore(), outcomes: NamedOutcomes(),
            at: Self.moment(settings["begins"] ?? "2026-11-22 19:00"))
    }

    private static let timeZone = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    private static func moment(_ text: String) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        return calendar.date(
            from: DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4]))
            ?? .distantPast
    }
}

/// Says where an outcome would lie.
private struct NamedOutcomes: FilelessOutcomes {
    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String {
        "\(session.id).\(format.rawValue)"
    }

    func writeWorksheet(
        of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
    ) async throws -> String {
        "\(session.dialog.id)-\(order ?? session.order).html"
    }
}

extension String {
    fileprivate func splitOnce(at separator: String) -> (String, String)? {
        guard let range = range(of: separator) else { return nil }
        return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
    }
}
