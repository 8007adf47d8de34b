import ConsoleAdapter
import Facilitation
import Foundation

/// Plays what is typed, prints what the bot says, and writes both down where that is asked for.
struct RehearsalPlayer {
    private var rehearsal: Rehearsal
    private let clock: RehearsalClock
    private let ownName: String
    private let record: FileHandle?
    private let console = Console(environment: ProcessInfo.processInfo.environment)
    private let style = ConsoleStyle(environment: ProcessInfo.processInfo.environment)

    init(rehearsal: Rehearsal, clock: RehearsalClock, ownName: String, record path: String?) throws {
        self.rehearsal = rehearsal
        self.clock = clock
        self.ownName = ownName
        record = try path.map { path in
            try Data().write(toFile: path)
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        }
    }

    private static let welcome =
        "Begin with !start. Others speak as »anna: text«, to the bot alone as »private anna: text«; »clock +10m« moves time; Ctrl-D ends."

    mutating func play() async throws {
        let (lines, typed) = AsyncStream.makeStream(of: String.self)
        let console = console
        console.setPrompt("\(ownName) > ")
        async let reading: Void = {
            await console.run { typed.yield($0) }
            typed.finish()
        }()
        try write(.clock(clock.text(rehearsal.now)))
        if console.isEditing { console.print(Self.welcome) }
        for await line in lines { try await play(line) }
        await reading
    }

    private mutating func play(_ text: String) async throws {
        guard let line = line(text) else { return }
        switch line {
        case .noticed, .remark: return
        case .said(let name, _) where name == "lotse": return
        case .whispered("lotse", _, _): return
        case .clock(let time):
            guard let moment = clock.moment(time, after: rehearsal.now) else {
                return console.print("clock: \(time)? For example: clock +10m, clock 2026-12-01 09:00")
            }
            let said = try await rehearsal.advance(to: moment)
            try write(.clock(clock.text(rehearsal.now)))
            try show(said)
        case .said, .whispered, .joined, .left:
            try write(line)
            try show(await rehearsal.play(line))
        }
    }

    /// What a typed line means: a transcript's line, a person's, or one's own.
    private func line(_ text: String) -> TranscriptLine? {
        if "<-[*#".contains(text.prefix(1)), let line = TranscriptLine(text) { return line }
        if text.hasPrefix("clock ") { return .clock(text.dropFirst(6).trimmingCharacters(in: .whitespaces)) }
        let words = text.split(separator: " ")
        if words.count == 2, words[1] == "joins" { return .joined(String(words[0])) }
        if words.count == 2, words[1] == "leaves" { return .left(String(words[0])) }
        if text.hasPrefix("private "), let (name, said) = person(text.dropFirst(8)) {
            return .whispered(from: name, to: "lotse", said)
        }
        if let (name, said) = person(text[...]) { return .said(by: name, said) }
        return .said(by: ownName, text)
    }

    /// `anna: text`; names are in lower case, so that »Geld: 500 Euro« stays a line of one's own.
    private func person(_ text: Substring) -> (String, String)? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[..<colon]
        let rest = text[text.index(after: colon)...]
        let isName = !name.isEmpty && name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" || $0 == "_" }
        guard isName, rest.first == " " else { return nil }
        return (String(name), rest.trimmingCharacters(in: .whitespaces))
    }

    private func show(_ lines: [TranscriptLine]) throws {
        for line in lines {
            try write(line)
            switch line {
            case .said(let name, let text): console.print(style.line(text, by: name, isQuiet: false))
            case .noticed(let name, let text): console.print(style.line(text, by: name, isQuiet: true))
            default: console.print(line.text)
            }
        }
    }

    private func write(_ line: TranscriptLine) throws {
        try record?.write(contentsOf: Data((line.text + "\n").utf8))
    }
}
