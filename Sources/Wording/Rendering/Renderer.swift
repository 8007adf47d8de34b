public import DialogEngine
public import FoundationEssentials

/// Turns what the machine says into text, in one language and one time zone.
public struct Renderer: Hashable, Sendable {
    package let phrasebook: Phrasebook
    private let format: CalendarFormat
    /// Who runs Lotse, as a name that stands in a sentence; nil where only the wording says it.
    private let operatorName: String?

    var timeZone: TimeZone { format.timeZone }

    public init(phrasebook: Phrasebook, timeZone: TimeZone, operatorName: String? = nil) {
        self.phrasebook = phrasebook
        self.operatorName = operatorName
        format = CalendarFormat(timeZone: timeZone)
    }

    /// The line as one line of text; the phrase's name where the phrasebook lacks it.
    public func text(_ line: Line) -> String {
        guard let wordings = phrasebook.phrases[line.phrase] else { return line.phrase.rawValue }
        let template = number(in: line) == 1 ? wordings.one ?? wordings.other : wordings.other
        return template.filled { slot in
            if let value = line.values[slot] { return text(value, in: slot) }
            guard slot == .operator, line.phrase != .unnamedOperator else { return "" }
            return operatorName ?? text(Line(.unnamedOperator))
        }
    }

    /// What the wording says about a verb, or about all of them, a line each.
    package func help(on topic: HelpTopic) -> [Line] {
        switch topic {
        case .verb(let name):
            guard let verb = Verb(rawValue: name), let wording = phrasebook.verbs[verb] else {
                return [Line(.noSuchVerb, [.text: .text(name)])]
            }
            return [help(on: wording)]
        case .allVerbs, .moment, .guide:
            return Verb.allCases.compactMap { phrasebook.verbs[$0] }.map(help)
        }
    }

    private func help(on wording: Phrasebook.VerbWording) -> Line {
        Line(.verbHelp, [.verb: .text(wording.usage), .text: .text(wording.help)])
    }

    /// The number that chooses between one and many: a count, else a total, else the length of a list.
    private func number(in line: Line) -> Int {
        for slot in [Phrase.Slot.count, .total] {
            if case .count(let number) = line.values[slot] { return number }
        }
        for slot in [Phrase.Slot.names, .ids, .questions, .values] {
            if case .list(let values) = line.values[slot] { return values.count }
        }
        return 0
    }

    private func text(_ value: Value, in slot: Phrase.Slot) -> String {
        switch value {
        // The parts of an answer stand on lines of their own; what is said is one line.
        case .text(let text): text.split(whereSeparator: \.isNewline).joined(separator: " / ")
        case .localized(let text): text[phrasebook.language]
        case .key(let text): quoted(text[phrasebook.language])
        case .count(let number): "\(number)"
        case .spelled(let number): spelled(number)
        case .day(let date): day(date)
        case .dayAndMonth(let date): dayAndMonth(date)
        case .typedDay(let date): text(date, by: phrasebook.formats.typedDay)
        case .due(let due): text(due)
        case .greeting(let date): greeting(at: date)
        case .line(let line): text(line)
        case .list(let values): values.map { text($0, in: slot) }.joined(separator: separator(in: slot))
        }
    }

    /// Sentences follow each other, states stand apart, everything else is a list.
    private func separator(in slot: Phrase.Slot) -> String {
        switch slot {
        case .parts: " "
        case .values: " · "
        default: ", "
        }
    }

    package func quoted(_ text: String) -> String {
        phrasebook.formats.quoted.filled { _ in text }
    }

    package func day(_ date: Date) -> String {
        text(date, by: phrasebook.formats.day)
    }

    package func dayAndMonth(_ date: Date) -> String {
        text(date, by: phrasebook.formats.dayAndMonth)
    }

    package func text(_ due: DueDate) -> String {
        if due.isWholeDay { return day(due.moment) }
        return phrasebook.formats.dayWithTime.filled { slot in
            switch slot {
            case .day: day(due.moment)
            case .time: text(due.moment, by: phrasebook.formats.time)
            }
        }
    }

    private func text(_ date: Date, by pattern: String) -> String {
        format.text(date, by: pattern, monthNames: phrasebook.words[.monthNames] ?? [])
    }

    private func spelled(_ number: Int) -> String {
        let words = phrasebook.formats.numbers
        return words.indices.contains(number) ? words[number] ?? "\(number)" : "\(number)"
    }

    /// The greeting whose hour came last; before the first hour of the day it is still last evening's.
    private func greeting(at date: Date) -> String {
        let hour = format.calendar.component(.hour, from: date)
        let greetings = phrasebook.formats.greetings
        let begun = greetings.keys.filter { $0 <= hour }.max() ?? greetings.keys.max()
        return begun.flatMap { greetings[$0] } ?? ""
    }
}
