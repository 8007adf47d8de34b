public import FoundationEssentials

// What is said about opponents goes before everything else.

extension Session {
    /// The question about opponents.
    var concernsQuestion: Question? {
        dialog.network?.positions[.opponent].flatMap { dialog.question($0) }
    }

    /// The questions about opponents, those of former versions of the guide too: what was promised there holds.
    var concernsQuestions: Set<Question.ID> {
        Set(formerConcerns + (concernsQuestion.map { [$0.id] } ?? []))
    }

    /// When what is said about opponents is erased; nil where there is nothing, or no date of its own.
    package var concernsDue: Date? {
        guard let until = concernsRetainedUntil else { return nil }
        return concernsQuestions.contains(where: isSomethingSaid) ? until : nil
    }

    private func isSomethingSaid(at question: Question.ID) -> Bool {
        let answer = answer(to: question)
        return answer != Answer(changedSeq: answer.changedSeq)
            || derived.contributions.said[question] != nil || derived.followUps.said[question] != nil
    }

    /// What erasing the concerns takes from the events so far; nil in a guide that asks for none.
    public var erasureOfConcerns: Erasure? {
        let questions = concernsQuestions
        guard !questions.isEmpty else { return nil }
        let records =
            contributions.filter { questions.contains($0.question) }.map(\.id)
            + openPoints.filter { questions.contains($0.question) }.map(\.id)
            + organisations.filter { questions.isSuperset(of: $0.namedAt) && !$0.namedAt.isEmpty }.map(\.id)
        return Erasure(questions: questions, records: Set(records))
    }

    /// Erases the concerns if their date has come, as the store's keeper does for a session that no group leads any more;
    /// returns the events of it, none where nothing is due.
    public mutating func eraseConcernsWhenDue(at now: Date) -> [Event] {
        guard let due = concernsDue, due <= now else { return [] }
        let event = Event(seq: seq + 1, at: now, by: nil, source: .console, kind: .concernsErased)
        follow(event)
        return [event]
    }

    /// Takes what was said at the questions about opponents out of the state, and the names that stood there alone.
    mutating func eraseConcerns() {
        let questions = concernsQuestions
        for index in contributions.indices where questions.contains(contributions[index].question) {
            contributions[index].erase()
            contributions[index].expert = contributions[index].expert.map { _ in "" }
        }
        for question in questions { answers[question] = Answer(changedSeq: seq) }
        for index in openPoints.indices where questions.contains(openPoints[index].question) {
            openPoints[index].erase()
        }
        for index in contributionGroups.indices where questions.contains(contributionGroups[index].question) {
            contributionGroups[index].text = nil
        }
        for index in organisations.indices
        where questions.isSuperset(of: organisations[index].namedAt) && !organisations[index].namedAt.isEmpty {
            organisations[index].name = ""
            organisations[index].contact = nil
        }
    }
}

extension Contribution {
    mutating func erase() {
        text = ""
        mentions = []
        suggestion = nil
        suggestedBy = nil
        isWithdrawn = true
    }
}

extension OpenPoint {
    fileprivate mutating func erase() {
        text = ""
        expert = expert.map { _ in "" }
        result = result ?? ""
    }
}
