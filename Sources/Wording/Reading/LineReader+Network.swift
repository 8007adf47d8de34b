import DialogEngine
import FoundationEssentials

// What stands behind the verbs of the network.

extension LineReader {
    /// `Stadtwerke: unterstützt`, `Gewerbeverein: bedenken: Parkplätze`, `Sparkasse: bringt Geld`; without a position, the
    /// name alone.
    func organisation(_ words: String) -> Command {
        guard let (name, rest) = sides(of: words) else {
            let name = (words.trimmed.last == ":" ? String(words.trimmed.dropLast()) : words).withoutQuotes.trimmed
            return name.isEmpty ? missing(.addOrganisation) : .addOrganisation(name, as: nil, detail: nil)
        }
        guard let (position, detail) = position(at: rest) else {
            return .addOrganisation(name, as: nil, detail: rest.trimmed)
        }
        return .addOrganisation(name, as: position, detail: detail.isEmpty ? nil : detail)
    }

    /// The name and what is said of it: the colon before a position parts them, else the first one before a blank.
    ///
    ///     Netzwerk: Zukunft: unterstützt     Zukunft:Land e. V.     "Netz: Land": bringt Geld
    ///                      ^                 (no colon parts)                  ^
    private func sides(of words: String) -> (name: String, rest: Substring)? {
        let colons = words.colonsOutsideQuotes.filter { !words[..<$0].trimmed.isEmpty }
        let colon =
            colons.first { position(at: words[words.index(after: $0)...]) != nil }
            ?? colons.first { words[words.index(after: $0)...].first?.isWhitespace == true }
        guard let colon else { return nil }
        let rest = words[words.index(after: colon)...]
        guard !rest.trimmed.isEmpty else { return nil }
        return (String(words[..<colon]).withoutQuotes.trimmed, rest)
    }

    private func position(at rest: Substring) -> (NetworkPosition, detail: String)? {
        let rest = rest.drop(while: \.isWhitespace)
        let word = rest.prefix { !$0.isWhitespace && $0 != ":" }
        guard let position = NetworkPosition.allCases.first(where: { vocabulary.means(word, $0.word) }) else {
            return nil
        }
        return (position, rest.dropFirst(word.count).drop { $0 == ":" }.trimmed)
    }

    /// `O3 aufgabe=Technik: Rigolen warten nutzen=… sphäre=… art=…`
    func description(_ words: String) -> Command {
        record(words, .describeOrganisation) { id, rest in
            let (_, values) = assignments(in: rest, [.task, .benefit, .sphere, .kind])
            let kind = values[.kind].flatMap { typed in
                Organisation.Kind.allCases.first { vocabulary.means(typed, $0.word) }
            }
            guard rest.isEmpty || !values.isEmpty, values[.kind] == nil || kind != nil else {
                return missing(.describeOrganisation)
            }
            return .describeOrganisation(
                id,
                OrganisationDescription(
                    task: values[.task], benefit: values[.benefit], sphere: values[.sphere], kind: kind))
        }
    }

    /// `O3 O7`
    func merging(_ words: String) -> Command {
        record(words, .merge) { first, rest in
            guard let second = RecordID(rest) else { return .incomplete(Verb.merge.rawValue, .badID) }
            return .merge(first, second)
        }
    }

    /// `H1 N2`, or `H1` and a word that says that it is outside the group's hands.
    func hurdle(_ words: String) -> Command {
        record(words, .hurdle) { id, rest in
            if vocabulary.means(rest, .outside) { return .resolveHurdle(id, .outside) }
            guard let step = RecordID(rest) else { return missing(.hurdle) }
            return .resolveHurdle(id, .step(step))
        }
    }

    /// `O3 anna bis 9.12. format=kaffee takt=4w bei=Frau Schulz anliegen=…`; `O3 erledigt`; nothing shows them all.
    func contact(_ words: String, at now: Date) -> Command {
        guard !words.isEmpty else { return .showContacts }
        return record(words, .contact) { id, rest in
            if vocabulary.means(rest, .made) { return .makeContact(id) }
            let (head, values) = assignments(in: rest, [.format, .rhythm, .counterpart, .request])
            var plan = ContactPlan(
                counterpart: values[.counterpart], request: values[.request], format: values[.format])
            if let typed = values[.rhythm] {
                guard let rhythm = rhythm(typed) else { return .incomplete(Verb.contact.rawValue, .badRhythm) }
                plan.rhythm = rhythm
            }
            guard let (name, date) = splitAtUntil(head) else {
                plan.assignee = head.isEmpty ? nil : head
                return .planContact(id, plan)
            }
            plan.assignee = name.isEmpty ? nil : name
            return dated(date, .contact, at: now) { due in
                plan.due = due
                return .planContact(id, plan)
            }
        }
    }

    /// `4w`, `2 Wochen`, `1 Monat`, `10t`
    private func rhythm(_ typed: String) -> Rhythm? {
        let digits = typed.prefix(while: \.isNumber)
        let unit = typed.dropFirst(digits.count).trimmed
        guard let count = Int(digits), (1...99).contains(count), !unit.isEmpty else { return nil }
        return [(Word.days, Rhythm.Unit.days), (.weeks, .weeks), (.months, .months)]
            .first { vocabulary.begins(unit, $0.0) }.map { Rhythm(every: count, $0.1) }
    }

    /// The values behind `word=`, each up to the next one, and what stands before them all.
    private func assignments(in text: String, _ names: [Word]) -> (head: String, values: [Word: String]) {
        var head: [Substring] = []
        var values: [Word: [Substring]] = [:]
        var current: Word?
        for part in text.split(whereSeparator: \.isWhitespace) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if sides.count == 2, let word = names.first(where: { vocabulary.means(sides[0], $0) }) {
                current = word
                values[word] = sides[1].isEmpty ? [] : [sides[1]]
            } else if let current {
                values[current]?.append(part)
            } else {
                head.append(part)
            }
        }
        return (
            head.joined(separator: " "), values.mapValues { $0.joined(separator: " ") }.filter { !$0.value.isEmpty }
        )
    }
}

extension NetworkPosition {
    fileprivate var word: Word {
        switch self {
        case .partner: .partner
        case .supporter: .supporter
        case .holder: .holder
        case .missing: .missing
        case .opponent: .opponent
        }
    }
}

extension Organisation.Kind {
    fileprivate var word: Word {
        switch self {
        case .organisation: .organisation
        case .group: .group
        case .person: .person
        }
    }
}

extension String {
    /// The colons that stand in no quotation marks or brackets.
    fileprivate var colonsOutsideQuotes: [Index] {
        let isEnclosed = Enclosures(self).isEnclosed
        return zip(indices, isEnclosed).filter { self[$0] == ":" && !$1 }.map(\.0)
    }

    /// The text without one pair of quotation marks around all of it.
    fileprivate var withoutQuotes: String { Enclosures.content(of: trimmed) ?? self }
}
