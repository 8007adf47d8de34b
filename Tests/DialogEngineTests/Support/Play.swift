import DialogEngine
import FoundationEssentials

/// A session that is played: every decision is applied at once, and everything that happened is kept.
struct Play {
    static let beginning = Date(timeIntervalSince1970: 1_790_000_000)
    static let settings = StartSettings(
        session: "s1", name: "Stadtbäume", language: Guide.de, retainedUntil: beginning.addingTimeInterval(180 * .day))

    var session: Session
    var now = Play.beginning
    /// Who is in the group's rooms.
    var present: Set<Identity> = []
    /// The guide as its file has it.
    var guide: Dialog?
    var hasPrivateWay = true
    private(set) var events: [Event] = []
    /// Everything that was said so far.
    private(set) var said: [Output] = []

    /// A session in which nothing has happened yet.
    init(dialog: Dialog = Guide.dialog, settings: StartSettings = Play.settings) {
        session = Session(dialog: dialog, settings: settings)
    }

    /// A session that anna has begun, a minute ago.
    static func begun(dialog: Dialog = Guide.dialog, settings: StartSettings = Play.settings) -> Play {
        var play = Play(dialog: dialog, settings: settings)
        play.tell(.anna, .start(name: nil))
        play.pass(.minute)
        return play
    }

    @discardableResult
    mutating func tell(
        _ speaker: Speaker, _ command: Command, _ source: Source = .chat, dates: [String: DueDate?] = [:]
    ) -> Decision {
        take(.command(command, by: speaker, source: source), dates: dates)
    }

    @discardableResult
    mutating func take(_ kind: Input.Kind, dates: [String: DueDate?] = [:]) -> Decision {
        let other = guide.flatMap { $0.contentHash == session.dialog.contentHash ? nil : $0 }
        let decision = session.advance(
            by: Input(at: now, kind: kind, dates: dates, present: present, guide: other, hasPrivateWay: hasPrivateWay))
        events += decision.events
        said += decision.outputs
        return decision
    }

    mutating func pass(_ interval: TimeInterval) {
        now.addTimeInterval(interval)
    }

    /// Lets time pass and tells the machine so.
    @discardableResult
    mutating func wait(_ interval: TimeInterval) -> Decision {
        pass(interval)
        return take(.clock)
    }

    func state(of question: Question.ID = "describe.problem") -> QuestionState {
        session.state(of: question)
    }
}

extension Decision {
    /// Every phrase that is said, in its sequence.
    var phrases: [Phrase] {
        outputs.flatMap(\.lines).map(\.phrase)
    }

    /// Whether nothing happens and one line says why.
    var isRefusal: Bool {
        events.isEmpty && outputs.count == 1 && outputs[0].audience == .asker && outputs[0].isAcknowledgement
    }

    var isNothing: Bool {
        events.isEmpty && outputs.isEmpty
    }

    func line(_ phrase: Phrase) -> Line? {
        outputs.flatMap(\.lines).first { $0.phrase == phrase }
    }

    func output(_ phrase: Phrase) -> Output? {
        outputs.first { $0.lines.contains { $0.phrase == phrase } }
    }
}

extension Output {
    var lines: [Line] {
        switch content {
        case .line(let line): [line]
        case .pages(let lines): lines
        case .outcome, .worksheet, .verbHelp, .nextPage, .eraseSession, .circular: []
        }
    }
}

extension Line {
    /// The line and every line within its values.
    var nested: [Line] {
        [self] + values.values.flatMap(\.lines)
    }
}

extension Value {
    var lines: [Line] {
        switch self {
        case .line(let line): line.nested
        case .list(let values): values.flatMap(\.lines)
        case .text, .localized, .count, .spelled, .day, .dayAndMonth, .typedDay, .due, .greeting, .key: []
        }
    }

    /// All the text in it that somebody typed.
    var typed: [String] {
        switch self {
        case .text(let text): [text]
        case .line(let line): line.values.values.flatMap(\.typed)
        case .list(let values): values.flatMap(\.typed)
        case .localized, .count, .spelled, .day, .dayAndMonth, .typedDay, .due, .greeting, .key: []
        }
    }
}
