/// What another version of a guide would change for a session, as its facilitators notice it.
struct GuideComparison {
    let present: Dialog
    let other: Dialog
    let session: Session

    private typealias Pair = (old: Question, new: Question)

    private var language: Language { session.language }

    /// The questions that both versions ask.
    private var pairs: [Pair] {
        other.questions.compactMap { new in
            present.questions.first { $0.id == new.id }.map { ($0, new) }
        }
    }

    var added: [Question] { other.questions.filter { new in !present.questions.contains { $0.id == new.id } } }
    var removed: [Question] { present.questions.filter { old in !other.questions.contains { $0.id == old.id } } }

    /// A line for everything that changes, the most important first; one that says so where nobody would notice anything.
    var lines: [Line] {
        let questions = removed.map(lineOfRemoved) + added.map(lineOfAdded) + pairs.flatMap(linesOfChanged)
        let lines = questions + steps + orders + languages + texts
        return lines.isEmpty ? [Line(.guideNothingToSee)] : lines
    }

    // MARK: Questions

    private func lineOfRemoved(_ question: Question) -> Line {
        let isKept = session.isSomethingKept(at: question.id)
        return Line(isKept ? .guideRemovesAnswered : .guideRemoves, [.question: .key(question)])
    }

    private func lineOfAdded(_ question: Question) -> Line {
        let values: [Phrase.Slot: Value] = [.question: .key(question), .text: .localized(question.prompt)]
        let isKnown = present.formerQuestions?.contains { $0.id == question.id } ?? false
        return Line(isKnown ? .guideBringsBack : .guideAdds, values)
    }

    private func linesOfChanged(_ pair: Pair) -> [Line] {
        let (old, new) = pair
        let key: [Phrase.Slot: Value] = [.question: .key(old)]
        var lines: [Line] = []
        if old.key[language] != new.key[language] {
            lines.append(Line(.guideRenames, [.question: .key(old), .text: .key(new.key)]))
        }
        if old.prompt[language] != new.prompt[language] {
            lines.append(Line(.guideRewords, key.merging([.text: .localized(new.prompt)]) { $1 }))
        }
        if old.step != new.step, let step = other.step(new.step) {
            lines.append(Line(.guideMoves, key.merging([.step: .localized(step.title)]) { $1 }))
        }
        if old.answer != new.answer {
            lines.append(Line(.guideReshapes, key.merging([.state: .line(shape(new))]) { $1 }))
        }
        switch (old.isInternal, new.isInternal) {
        case (false, true): lines.append(Line(.guideKeepsInGroup, key))
        case (true, false): lines.append(Line(.guideStaysInGroup, key))
        case (true, true), (false, false): break
        }
        return lines
    }

    /// How an answer is read, with the names of its parts.
    private func shape(_ question: Question) -> Line {
        let shape = question.answer
        let parts = (shape.columns.map(\.label) + shape.sections + shape.kinds).map { Value.localized($0.title) }
        let phrase: Phrase =
            switch shape.form {
            case .text: parts.isEmpty ? .shapeText : .shapeTextParts
            case .list: parts.isEmpty ? .shapeList : .shapeListParts
            case .rows: .shapeRows
            case .organisations: parts.isEmpty ? .shapeOrganisations : .shapeOrganisationsParts
            }
        return Line(phrase, parts.isEmpty ? [:] : [.names: .list(parts)])
    }

    // MARK: The guide around them

    private var steps: [Line] {
        other.steps.compactMap { step in
            let old = present.step(step.id)
            guard old?.title[language] != step.title[language] || old?.purpose[language] != step.purpose[language]
            else { return nil }
            return Line(
                old == nil ? .guideAddsStep : .guideChangesStep,
                [.step: .localized(step.title), .text: .localized(step.purpose)])
        }
    }

    private var orders: [Line] {
        guard let order = session.presentOrder else { return [] }
        guard let same = other.order(order.id) else {
            let next = other.orders.first?.title
            return [
                Line(
                    .guideLacksOrder, [.name: .localized(order.title), .text: next.map(Value.localized) ?? .text("")])
            ]
        }
        let shared = Set(pairs.map(\.new.id))
        let (before, after) = (order.questions.filter(shared.contains), same.questions.filter(shared.contains))
        return before == after ? [] : [Line(.guideChangesOrder, [.name: .localized(order.title)])]
    }

    private var languages: [Line] {
        let lost = present.languages.filter { !other.languages.contains($0) }
        let gained = other.languages.filter { !present.languages.contains($0) }
        return [(Phrase.guideLosesLanguages, lost), (.guideGainsLanguages, gained)].compactMap { phrase, languages in
            languages.isEmpty ? nil : Line(phrase, [.names: .names(languages.map(\.rawValue))])
        }
    }

    /// What is said around the questions, and everything in other languages.
    private var texts: [Line] {
        let helped = pairs.filter { old, new in
            old.help[language] != new.help[language] || old.example[language] != new.example[language]
        }
        var lines: [Line] = []
        if !helped.isEmpty { lines.append(Line(.guideHelps, [.questions: .keys(helped.map(\.new))])) }
        if present.network != other.network { lines.append(Line(.guideChangesNetwork)) }
        let isFramed = [\Dialog.title, \.introduction, \.about, \.closing].contains {
            present[keyPath: $0][language] != other[keyPath: $0][language]
        }
        if isFramed || present.attribution != other.attribution { lines.append(Line(.guideChangesFrame)) }
        let elsewhere = pairs.filter { old, new in
            [\Question.key, \.prompt, \.help, \.example].contains {
                old[keyPath: $0] != new[keyPath: $0] && old[keyPath: $0][language] == new[keyPath: $0][language]
            }
        }
        if !elsewhere.isEmpty { lines.append(Line(.guideOtherLanguages, [.questions: .keys(elsewhere.map(\.new))])) }
        return lines
    }
}
