import DialogEngine
import DialogFiles
import Foundation
import Wording

/// The lines of a file that somebody typed from paper, on their way into a session; nothing is stored here.
struct PaperCopying {
    private(set) var session: Session
    private(set) var events: [Event] = []
    /// What the group is told when it comes together again.
    private(set) var outputs: [Output] = []
    private(set) var problems: [Problem] = []
    private var counts = (contributions: 0, proposals: 0, openPoints: 0)
    /// What was in the session before this file.
    private let before: Session
    /// How many lines are in it already: the same text at the same question from the same sheet.
    private var known = 0
    private var hasKey = false
    private let typist: Speaker
    private let interpreter: Interpreter
    private let now: Date

    init(session: Session, typist: Speaker, interpreter: Interpreter, at now: Date) {
        self.session = session
        before = session
        self.typist = typist
        self.interpreter = interpreter
        self.now = now
    }

    var summary: String {
        "\(session.id): \(counts.contributions) contributions, \(counts.proposals) proposals, \(counts.openPoints) open points"
            + (known == 0 ? "" : "; left out, as they are there already: \(known)")
    }

    mutating func copy(_ source: SourceText) {
        problems = source.problems
        guard session.state != .ended else {
            let what =
                "is not copied: \(session.id) has ended; to take it up again, a facilitator says !resume"
            return problems.append(Problem(.error, file: source.file, what: what))
        }
        if let refusal = take(.paper(.begin(writer: nil)), from: .console).refusal(in: interpreter) {
            problems.append(Problem(.error, file: source.file, what: refusal))
            return
        }
        for (index, line) in source.lines.enumerated() where !line.trimmed.isEmpty {
            guard let what = flaw(of: line) else { continue }
            let column = line.prefix(while: \.isWhitespace).count + 1
            problems.append(
                Problem(
                    .error, file: source.file, at: Position(line: index + 1, column: column), what: what, excerpt: line)
            )
        }
        if problems.isEmpty, counts == (0, 0, 0) {
            let what = known == 0 ? "has no line that could be copied" : "is in the session already, all of it"
            problems.append(Problem(.error, file: source.file, what: what))
        }
        outputs += take(.paper(.end), from: .console).outputs.filter { $0.audience == .room }
        events += session.advance(by: Input(at: now, kind: .left(typist.identity))).events
    }

    /// Copies a line; says why that cannot be done.
    private mutating func flaw(of line: String) -> String? {
        let command = interpreter.readCopied(line, at: now, in: session.language)
        switch command {
        case .aside: return nil
        case .paper(.begin): return take(command, from: .console).refusal(in: interpreter)
        case .copy(let copied):
            guard hasKey || copied.word != nil else {
                return "no question's key before it; write it like \(exampleKey): \(line.trimmed.prefix(20)) …"
            }
            return copy(copied, command)
        default: return "is a command; here only lines from paper are read (a note begins with //)"
        }
    }

    private mutating func copy(_ line: PaperLine, _ command: Command) -> String? {
        let state = (session, events)
        let decision = take(command, from: .paper)
        if let near = decision.guess {
            return "there is no question \"\(line.word ?? "")\"; did you mean \"\(near[before.language])\"?"
        }
        if decision.events.contains(where: isKnown) {
            (session, events) = state
            known += 1
            hasKey = true
            // What follows belongs to the same question all the same.
            if let word = line.word { _ = take(.copy(PaperLine(word: word, text: "", whole: word)), from: .paper) }
            return nil
        }
        if let refusal = decision.refusal(in: interpreter) { return refusal }
        guard hasKey || isKey(line, decision) else {
            return "there is no question \"\(line.word ?? "")\", and no key stands before it"
        }
        hasKey = true
        outputs += decision.outputs.filter { $0.audience == .room }
        for event in decision.events { count(event) }
        return nil
    }

    /// Whether the word before the line's mark was taken for a key: what was kept is the text without it.
    private func isKey(_ line: PaperLine, _ decision: Decision) -> Bool {
        !decision.events.contains {
            if case .contributed(_, _, let text, _, _) = $0.kind { text == line.whole } else { false }
        }
    }

    /// Whether the event would bring once more what the session has: a file that is copied twice is copied once.
    private func isKnown(_ event: Event) -> Bool {
        switch event.kind {
        case .contributed(let id, let question, let text, _, _):
            let writer = session.contribution(id)?.writer
            return before.contributions.contains {
                $0.source == .paper && !$0.isWithdrawn && $0.question == question && $0.text == text
                    && $0.writer == writer
            }
        case .proposed(let question, let text, _, _):
            let answer = before.answer(to: question)
            return answer.draft?.text == text || answer.agreed?.text == text
        case .openPointRaised(_, let question, let text):
            return before.openPoints.contains { $0.question == question && $0.text == text }
        default: return false
        }
    }

    private mutating func count(_ event: Event) {
        switch event.kind {
        case .contributed: counts.contributions += 1
        case .proposed: counts.proposals += 1
        case .openPointRaised: counts.openPoints += 1
        default: break
        }
    }

    private mutating func take(_ command: Command, from source: DialogEngine.Source) -> Decision {
        let dates: [String: DueDate?] =
            if case .copy(let line) = command {
                interpreter.dates(in: line.text, at: now, in: session.language)
            } else { [:] }
        let input = Input(at: now, kind: .command(command, by: typist, source: source), dates: dates)
        let decision = session.advance(by: input)
        events += decision.events
        return decision
    }

    private var exampleKey: String {
        session.questions.first.map { $0.key[session.language] } ?? "problem"
    }
}

extension Decision {
    /// Why nothing came of it, in English; nil where something did, or the line only names a question.
    fileprivate func refusal(in interpreter: Interpreter) -> String? {
        guard events.allSatisfy(\.isTurn), !outputs.isEmpty, !namesQuestion else { return nil }
        return outputs.lazy.compactMap { output in
            if case .line(let line) = output.content {
                interpreter.text(line, in: Language(rawValue: "en"))
            } else {
                nil
            }
        }.first
    }

    private var namesQuestion: Bool {
        outputs.contains { if case .line(let line) = $0.content { line.phrase == .paperAt } else { false } }
    }

    /// The key that a word was taken for, which is none.
    fileprivate var guess: LocalizedText? {
        outputs.lazy.compactMap { output in
            guard case .line(let line) = output.content, line.phrase == .paperReadAs,
                case .key(let key) = line.values[.question]
            else { return nil }
            return key
        }.first
    }
}

extension Event {
    fileprivate var isTurn: Bool {
        if case .paperTurned = kind { true } else { false }
    }
}
