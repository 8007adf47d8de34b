import DialogEngine
import FoundationEssentials

// What stands behind each verb.

extension LineReader {
    func command(_ verb: Verb, _ words: String, at now: Date, in language: Language) -> Command {
        switch verb {
        case .contribute: return words.isEmpty ? missing(verb) : .contribute(words, question: nil)
        case .append: return .append(optional(words))
        case .propose: return proposal(words)
        case .raise: return text(words, verb, Command.raise)
        case .consent: return .consent(optional(words))
        case .object: return text(words, verb, Command.object)
        case .abstain: return .abstain(optional(words))
        case .agree: return .agree(optional(words))
        case .start: return start(words)
        case .end: return .end(confirmed: vocabulary.means(words, .confirmed))
        case .pause: return pause(words, at: now)
        case .resume: return .resume
        case .addFacilitator: return text(words, verb, Command.addFacilitator)
        case .removeFacilitator: return text(words, verb, Command.removeFacilitator)
        case .listFacilitators: return words.isEmpty ? .listFacilitators : .redeem(words)
        case .vouch: return words.isEmpty ? missing(verb) : vouching(words)
        case .here: return introduction(words)
        case .away: return .away
        case .next: return .next(confirmed: vocabulary.means(words, .confirmed))
        case .back: return .back
        case .goto: return text(words.unquoted, verb, Command.goTo)
        case .skip: return .skip(optional(words))
        case .ruleOut: return text(words, verb, Command.ruleOut)
        case .order: return .order(optional(words))
        case .question: return .question(optional(words))
        case .status: return .status
        case .openItems: return .openItems
        case .recap: return .recap
        case .collect: return .mode(.collect)
        case .talk: return .mode(.talk)
        case .silence: return silence(words)
        case .reveal: return .reveal
        case .edit: return record(words, verb) { id, text in edit(id, text, at: now) }
        case .withdraw: return words.isEmpty ? .withdraw(nil) : record(words, verb, withdrawal)
        case .askExpert: return expert(words, at: now)
        case .clear: return record(words, verb) { id, text in text.isEmpty ? missing(verb) : .clear(id, text) }
        case .park: return text(words, verb, Command.park)
        case .parked: return .showParked
        case .action: return action(words, at: now)
        case .done: return record(words, verb) { id, _ in .finish(id) }
        case .time: return time(words)
        case .help: return .help(helpTopic(words, in: language))
        case .explain: return .explain
        case .example: return .example
        case .language: return self.language(words)
        case .myData: return .myData
        case .forgetMe: return .forgetMe(confirmed: vocabulary.means(words, .confirmed))
        case .minutes: return naming(words, .minutes) { .minutes(withNames: $0) }
        case .export: return export(words)
        case .eraseSession: return .eraseSession(confirmed: vocabulary.means(words, .confirmed))
        case .more: return .more
        case .privately: return text(words, verb, Command.privately)
        case .leave: return .leave

        case .ready: return .ready
        case .joinQueue: return .queue(.join)
        case .leaveQueue: return .queue(.leave)
        case .showQueue: return .queue(.show)
        case .floor: return .giveFloor(to: optional(without(.to, words)))
        case .nudge: return .nudge(!vocabulary.means(words, .off))
        case .group: return grouping(words)
        case .dots: return dots(words)
        case .dot: return placing(words)

        case .groups: return .groups(question: optional(words))
        case .all: return words.isEmpty ? missing(verb) : .all(instruction(words, at: now, in: language), typed: words)

        case .gallery: return gallery(words)
        case .remark: return text(words, verb, Command.remark)
        case .remarks: return .showRemarks(question: optional(words))

        case .addOrganisation: return organisation(words)
        case .describeOrganisation: return description(words)
        case .listOrganisations: return .showOrganisations
        case .merge: return merging(words)
        case .split: return record(words, verb) { id, _ in .split(id) }
        case .noHolder: return words.isEmpty ? .noHolder(nil) : record(words, verb) { id, _ in .noHolder(id) }
        case .hurdle: return hurdle(words)
        case .contact: return contact(words, at: now)
        case .map: return .showMap
        case .factors: return .showFactors

        case .guide: return guide(words)
        case .worksheet: return .worksheet(order: optional(words))
        case .paper: return paper(words)
        }
    }

    func missing(_ verb: Verb) -> Command {
        .incomplete(verb.rawValue, .missing)
    }

    private func optional(_ words: String) -> String? {
        words.isEmpty ? nil : words.unquoted
    }

    private func text(_ words: String, _ verb: Verb, _ command: (String) -> Command) -> Command {
        words.isEmpty ? missing(verb) : command(words)
    }

    /// A verb whose first word is the id of a record.
    func record(_ words: String, _ verb: Verb, _ command: (RecordID, String) -> Command) -> Command {
        guard !words.isEmpty else { return missing(verb) }
        let first = words.prefix { !$0.isWhitespace && $0 != ":" }
        guard let id = RecordID(first) else { return .incomplete(verb.rawValue, .badID) }
        return command(id, words.dropFirst(first.count).drop { $0 == ":" }.trimmed)
    }

    /// `aus B3 B5: Text`, `B3 B5`, or a text.
    private func proposal(_ words: String) -> Command {
        guard !words.isEmpty else { return missing(.propose) }
        var rest = words[...]
        let first = rest.prefix { !$0.isWhitespace }
        if vocabulary.means(first, .from) { rest = rest.dropFirst(first.count).drop(while: \.isWhitespace) }
        let (ids, text) = leadingIDs(String(rest))
        if ids.isEmpty { return .propose(words, from: []) }
        return .propose(text.isEmpty ? nil : text, from: ids)
    }

    /// `bernd`, `bernd_ als bernd`
    private func vouching(_ words: String) -> Command {
        let parts = words.split(whereSeparator: \.isWhitespace)
        guard let index = parts.firstIndex(where: { vocabulary.means($0, .as) }), index > 0, index < parts.count - 1
        else {
            return .vouch(words.unquoted, as: nil)
        }
        let name = parts[..<index].joined(separator: " ")
        return .vouch(name.unquoted, as: parts[(index + 1)...].joined(separator: " ").unquoted)
    }

    /// `Stadtbäume`, `neu`, `neu Stadtbäume`
    private func start(_ words: String) -> Command {
        let first = words.prefix { !$0.isWhitespace }
        guard vocabulary.means(first, .anew) else { return .start(name: optional(words)) }
        return .start(name: optional(words.dropFirst(first.count).trimmed), anew: true)
    }

    private func pause(_ words: String, at now: Date) -> Command {
        guard !words.isEmpty else { return .pause(until: nil) }
        return dated(until(words), .pause, at: now) { .pause(until: $0) }
    }

    /// The words without a leading `bis`.
    private func until(_ words: String) -> String {
        let first = words.prefix { !$0.isWhitespace }
        return vocabulary.means(first, .until) ? words.dropFirst(first.count).trimmed : words
    }

    func dated(_ words: String, _ verb: Verb, at now: Date, _ command: (DueDate) -> Command) -> Command {
        switch dates.read(words, now: now) {
        case .due(let due): command(due)
        case .notADate: .incomplete(verb.rawValue, .badDate)
        case .noSuchDay: .incomplete(verb.rawValue, .noSuchDay)
        case .past: .incomplete(verb.rawValue, .pastDate)
        }
    }

    /// What stands before and behind the last `bis`.
    func splitAtUntil(_ words: String) -> (before: String, date: String)? {
        let parts = words.split(whereSeparator: \.isWhitespace)
        guard let index = parts.lastIndex(where: { vocabulary.means($0, .until) }) else { return nil }
        return (parts[..<index].joined(separator: " "), parts[(index + 1)...].joined(separator: " "))
    }

    private func expert(_ words: String, at now: Date) -> Command {
        record(words, .askExpert) { id, rest in
            guard let (expert, date) = splitAtUntil(rest) else {
                return rest.isEmpty ? missing(.askExpert) : .askExpert(id, rest, due: nil)
            }
            guard !expert.isEmpty else { return missing(.askExpert) }
            return dated(date, .askExpert, at: now) { .askExpert(id, expert, due: $0) }
        }
    }

    /// `B7 Text`; for a task also `A2 Text bis 5.12.` and `A2 bis 5.12.`
    private func edit(_ id: RecordID, _ text: String, at now: Date) -> Command {
        guard !text.isEmpty else { return missing(.edit) }
        guard id.kind == .action, let (task, date) = splitAtUntil(text), mayBeDate(date, at: now) else {
            return .edit(id, text)
        }
        return dated(date, .edit, at: now) { .edit(id, task.isEmpty ? nil : task, due: $0) }
    }

    /// What cannot be a day belongs to the text: `den Weg bis zum Laden räumen`. A number is a day that was mistyped, and
    /// must not be lost.
    private func mayBeDate(_ words: String, at now: Date) -> Bool {
        dates.read(words, now: now) != .notADate || words.contains(where: \.isNumber)
    }

    /// `dirk bis 5.12.: Text`, `dirk: Text bis 5.12.`, `dirk Text bis 5.12.`
    private func action(_ words: String, at now: Date) -> Command {
        guard let colon = words.colonBeforeText else { return actionWithoutColon(words, at: now) }
        let head = words[..<colon].trimmed
        let text = words[words.index(after: colon)...].trimmed
        guard !text.isEmpty, !head.isEmpty else { return missing(.action) }
        guard let (name, date) = splitAtUntil(head) else { return action(of: head, text, at: now) }
        return name.isEmpty
            ? missing(.action) : dated(date, .action, at: now) { .assign(to: person(name), text, due: $0) }
    }

    /// A text may end in a day.
    private func action(of name: String, _ text: String, at now: Date) -> Command {
        guard let (task, date) = splitAtUntil(text), !task.isEmpty, mayBeDate(date, at: now) else {
            return .assign(to: person(name), text, due: nil)
        }
        return dated(date, .action, at: now) { .assign(to: person(name), task, due: $0) }
    }

    /// Nil for the speaker herself.
    private func person(_ name: String) -> String? {
        vocabulary.means(name, .myself) ? nil : name
    }

    private func actionWithoutColon(_ words: String, at now: Date) -> Command {
        let name = String(words.prefix { !$0.isWhitespace })
        let rest = words.dropFirst(name.count).trimmed
        guard !name.isEmpty, !rest.isEmpty else { return missing(.action) }
        // Where the day ends and the task begins, only a colon says: `bernd bis 5.12. Angebot einholen`.
        if let (task, _) = splitAtUntil(rest), task.isEmpty { return missing(.action) }
        return action(of: name, rest, at: now)
    }

    private func introduction(_ words: String) -> Command {
        let parts = words.split(separator: ",", maxSplits: 1).map { $0.trimmed }.filter { !$0.isEmpty }
        return .here(name: parts.first, organisation: parts.count > 1 ? parts[1] : nil)
    }

    private func silence(_ words: String) -> Command {
        guard !words.isEmpty else { return .silence(minutes: 5) }
        return minutes(words).map { .silence(minutes: $0) } ?? .incomplete(Verb.silence.rawValue, .badNumber)
    }

    private func time(_ words: String) -> Command {
        if words.isEmpty { return .timebox(.show) }
        if vocabulary.means(words, .off) { return .timebox(.off) }
        guard let minutes = minutes(words.drop { $0 == "+" }.trimmed) else {
            return .incomplete(Verb.time.rawValue, .badNumber)
        }
        return .timebox(words.hasPrefix("+") ? .extend(minutes: minutes) : .set(minutes: minutes))
    }

    /// A number of minutes from 1 to 600, with or without the word.
    private func minutes(_ words: String) -> Int? {
        let parts = words.split(whereSeparator: \.isWhitespace)
        guard let number = parts.first.flatMap({ Int($0) }), (1...600).contains(number) else { return nil }
        return parts.count == 1 || parts.count == 2 && vocabulary.means(parts[1], .minutes) ? number : nil
    }

    private func helpTopic(_ words: String, in language: Language) -> HelpTopic {
        if words.isEmpty { return .moment }
        if vocabulary.means(words, .everything) { return .allVerbs }
        if vocabulary.means(words, .guide) { return .guide }
        let signs: [String: Verb] = ["+": .contribute, "=": .propose, "?": .raise]
        return .verb(signs[words]?.rawValue ?? verbName(words, in: language) ?? words)
    }

    private func language(_ words: String) -> Command {
        let wanted = words.folded
        let found = phrasebooks.values.first { book in book.called.contains { $0.folded == wanted } }
        return found.map { .language($0.language) } ?? .incomplete(Verb.language.rawValue, .badLanguage)
    }

    /// Nothing, or the word that takes the names out; anything else is no reason to hand them over.
    private func naming(_ words: String, _ verb: Verb, _ command: (Bool) -> Command) -> Command {
        if words.isEmpty { return command(true) }
        return vocabulary.means(words, .withoutNames) ? command(false) : missing(verb)
    }

    private func export(_ words: String) -> Command {
        var parts = words.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !parts.isEmpty else { return missing(.export) }
        let word = parts.removeFirst()
        let named = vocabulary.means(word, .large) ? .large : OutcomeFormat(rawValue: word.lowercased())
        guard let format = named else {
            return .incomplete(Verb.export.rawValue, .badFormat)
        }
        return naming(parts.joined(separator: " "), .export) { .export(format, withNames: $0) }
    }
}

extension String {
    /// Without quotation marks around it.
    var unquoted: String {
        let marks: Set<Character> = ["»", "«", "„", "“", "”", "\"", "'"]
        guard let first, let last, count > 2, marks.contains(first), marks.contains(last) else { return self }
        return String(dropFirst().dropLast())
    }

    /// The colon that a text follows: one before a blank, so that `18:00` stays whole.
    fileprivate var colonBeforeText: Index? {
        indices.first { index in
            self[index] == ":" && (self.index(after: index) == endIndex || self[self.index(after: index)].isWhitespace)
        }
    }
}
