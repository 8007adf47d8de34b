public import FoundationEssentials

// What is said about opponents goes before everything else.

extension Session {
    /// The question about opponents.
    var concernsQuestion: Question? {
        dialog.network?.positions[.opponent].flatMap { dialog.question($0) }
    }

    /// When what is said about opponents is erased; nil where there is nothing, or no date of its own.
    var concernsDue: Date? {
        guard let until = concernsRetainedUntil, let question = concernsQuestion?.id else { return nil }
        let answer = answer(to: question)
        let isSomethingSaid =
            answer != Answer(changedSeq: answer.changedSeq)
            || contributions.contains { $0.question == question && !$0.text.isEmpty }
            || openPoints.contains { $0.question == question && !($0.text.isEmpty && ($0.result ?? "").isEmpty) }
        return isSomethingSaid ? until : nil
    }

    /// What erasing the concerns takes from the events so far; nil in a guide that asks for none.
    public var erasureOfConcerns: Erasure? {
        guard let question = concernsQuestion?.id else { return nil }
        let records =
            contributions.filter { $0.question == question }.map(\.id)
            + openPoints.filter { $0.question == question }.map(\.id)
            + organisations.filter { $0.namedAt == [question] }.map(\.id)
        return Erasure(question: question, records: Set(records))
    }

    /// Takes what was said at the question about opponents out of the state, and the names that stood there alone.
    mutating func eraseConcerns() {
        guard let question = concernsQuestion?.id else { return }
        for index in contributions.indices where contributions[index].question == question {
            contributions[index].erase()
            contributions[index].expert = contributions[index].expert.map { _ in "" }
        }
        answers[question] = Answer(changedSeq: seq)
        for index in openPoints.indices where openPoints[index].question == question { openPoints[index].erase() }
        for index in organisations.indices where organisations[index].namedAt == [question] {
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
