// Paper: sheets to write on, and copying what was written.

extension Turn {
    mutating func giveWorksheet(_ name: String?) {
        guard let name else { return answerPrivately(.worksheet(order: nil), .outcomePrivately) }
        guard let order = findOrder(name) else { return }
        answerPrivately(.worksheet(order: order.id), .outcomePrivately)
    }

    mutating func copyPaper(_ request: PaperRequest) {
        guard !source.isAloud else { return refuse(.paperIsPrivate) }
        switch request {
        case .begin(let writer):
            let id = meet()
            if let writer, speaksForHerself(writer, besides: id) {
                return refuse(.paperOfSomebodyHere, [.name: .text(writer.shortened(to: 40))])
            }
            let wasCopying = session.typists[id] != nil
            record(.paperBegan(writer: writer))
            if !wasCopying { acknowledge(.paperBegan) } else if writer == nil { acknowledge(.paperOfNobody) }
            if let writer { acknowledge(.paperOf, [.name: .text(writer)]) }
        case .end:
            endCopying()
        }
    }

    /// Whether `writer` is the name of somebody else in the group, whose words only facilitators may copy.
    private func speaksForHerself(_ writer: String, besides id: Person.ID) -> Bool {
        guard role != .facilitator, source != .console, let person = session.person(id) else { return false }
        return isTaken(writer, by: person)
    }

    private mutating func endCopying() {
        guard let me, let typist = session.typists[me.id] else { return refuse(.notCopying) }
        record(.paperEnded)
        let counts = [
            (Phrase.countContributions, typist.contributions), (.countProposals, typist.proposals),
            (.countOpenPoints, typist.openPoints),
        ]
        let parts = counts.filter { $0.1 > 0 }.map { Value.line(Line($0, [.count: .count($1)])) }
        guard !parts.isEmpty else { return acknowledge(.paperEndedEmpty) }
        if source == .private { acknowledge(.paperEnded, [.names: .list(parts)]) }
        // Nobody else has seen the lines.
        say(.paperTaken, [.names: .list(parts)])
    }

    /// Keeps a line of a sheet at the question whose key stands before it, else at the one of the line before.
    mutating func copy(_ line: PaperLine) {
        let last = me.flatMap { session.typists[$0.id]?.question } ?? session.current
        guard let word = line.word else { return keep(line.text, as: line.mark, at: last) }
        switch meaning(of: word, at: last) {
        case .key(let question): keep(line.text, as: line.mark, at: question)
        case .nearKey(let question):
            // A wording that everybody is to vote on is not opened on a guess.
            guard line.mark != .proposal else { return refuse(.noSuchQuestion, [.text: .text(word)]) }
            let id = nextID(line.mark == .openPoint ? .openPoint : .contribution)
            keep(line.text, as: line.mark, at: question)
            guard let key = session.dialog.question(question)?.key, isKept(id) else { return }
            acknowledge(.paperReadAs, [.id: .id(id), .text: .text(word), .question: .key(key)])
        case .text: keep(line.whole, as: .contribution, at: last)
        }
    }

    private enum WordOnPaper {
        case key(Question.ID)
        /// Nearly one, or the beginning of one.
        case nearKey(Question.ID)
        case text
    }

    /// What stands before a colon may be a key, or the beginning of an answer: `Geld: 5000 Euro`.
    private func meaning(of word: String, at last: Question.ID) -> WordOnPaper {
        if let question = session.dialog.question(keyed: word) { return .key(question.id) }
        let shape = session.dialog.question(last)?.answer
        if let shape, (shape.sections + shape.kinds).contains(where: { $0.matches(word) }) { return .text }
        guard word.folded.count > 2 else { return .text }
        let near = session.dialog.question(named: word) ?? session.dialog.question(near: word)
        return near.map { .nearKey($0.id) } ?? .text
    }

    private func isKept(_ id: RecordID) -> Bool {
        session.contribution(id) != nil || session.openPoint(id) != nil
    }

    private mutating func keep(_ text: String, as mark: PaperLine.Mark, at id: Question.ID) {
        guard let question = session.dialog.question(id) else { return }
        guard !text.isEmpty else {
            record(.paperTurned(to: id))
            return acknowledge(.paperAt, [.question: .key(question)])
        }
        let before = events.count
        switch mark {
        case .contribution: contribute(text, to: question)
        case .proposal: propose(text, from: [], to: question)
        case .openPoint: raise(text, at: question)
        }
        // What follows belongs here, also where this line could not be kept.
        if events.count == before { record(.paperTurned(to: id)) }
    }
}
