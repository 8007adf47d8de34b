import DialogEngine
import Foundation
import Wording

@testable import Outcome

/// A session played line by line, one every twenty seconds: `anna: !start Trees`, `private dirk: + a word in confidence`,
/// `paper dirk: problem: a line that he copies`.
enum Played {
    static let timeZone = TimeZone(identifier: "Europe/Berlin") ?? .gmt
    /// 22.11.2026, 18:00 in Berlin.
    static let beginning = Date(timeIntervalSince1970: 1_795_366_800)

    /// A session in German from the folder `Transcripts`: `full`, `half` or `empty`.
    static func transcript(_ name: String) throws -> Session {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Transcripts/\(name).txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        return try play(lines, in: Guide.german)
    }

    /// A session in German that plays what people say in a chat of the folder `FacilitationTests/Transcripts`.
    static func chat(_ name: String) throws -> Session {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "FacilitationTests/Transcripts/\(name).txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^<(\w+)> (.+)$/).flatMap { $0.1 == "lotse" ? nil : "\($0.1): \($0.2)" }
                ?? line.firstMatch(of: /^\[(\w+) -> lotse\] (.+)$/).map { "private \($0.1): \($0.2)" }
        }
        return try play(lines, in: Guide.german)
    }

    /// A session in English that anna begins, in which everybody says what `lines` say.
    static func session(_ lines: String...) throws -> Session {
        try session(lines)
    }

    /// The same under another name.
    static func named(_ name: String) throws -> Session { try play(["anna: !start \(name)"], in: Guide.english) }

    static func session(_ lines: [String]) throws -> Session {
        try play(["anna: !start Trees"] + lines, in: Guide.english)
    }

    private static func play(_ lines: [String], in language: Language) throws -> Session {
        let reader = LineReader(phrasebooks: [try Guide.phrasebook(language)], botName: "lotse", timeZone: timeZone)
        let settings = StartSettings(
            session: "s-1", name: "Lotse", language: language,
            retainedUntil: beginning.addingTimeInterval(190 * 86_400), token: "q7x2")
        var session = Session(dialog: try Guide.dialog(), settings: settings)
        for (index, line) in lines.enumerated() {
            let at = beginning.addingTimeInterval(Double(index) * 20)
            let isPrivate = line.hasPrefix("private ")
            let isPaper = line.hasPrefix("paper ")
            let parts = line.dropFirst(isPrivate ? 8 : isPaper ? 6 : 0).split(separator: ":", maxSplits: 1).map(
                String.init)
            let speaker = Speaker(
                identity: Identity(rawValue: "test/account/\(parts[0])"), name: parts[0],
                appointment: index == 0 ? .starter : .none)
            let command =
                isPaper
                ? reader.copied(parts[1], at: at, in: language) : reader.read(parts[1], at: at, in: language)
            let kind = Input.Kind.command(
                command, by: speaker, source: isPaper ? .paper : isPrivate ? .private : .chat)
            _ = session.advance(by: Input(at: at, kind: kind))
        }
        return session
    }
}

extension Session {
    /// The session written down in its own language.
    func document(
        _ format: OutcomeFormat, withNames: Bool = true, audience: OutcomeDocument.Audience? = nil
    ) throws -> OutcomeDocument {
        OutcomeDocument.render(
            self, as: format, in: try Guide.phrasebook(language),
            options: .init(withNames: withNames, audience: audience, timeZone: Played.timeZone))
    }
}
