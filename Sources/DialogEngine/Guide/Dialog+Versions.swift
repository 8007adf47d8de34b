// One version of a guide in the place of another.

extension Dialog {
    /// This version as a session goes on with it that was led by `present`: with the questions of that which are not in this
    /// one, and with every promise kept that an answer stays in the group.
    ///
    /// A question is the same in both where its id is the same, whatever its words.
    func succeeding(_ present: Dialog) -> Dialog {
        let promised = Set(present.allQuestions.filter(\.isInternal).map(\.id))
        let ids = Set(questions.map(\.id))
        let former = present.allQuestions.filter { !ids.contains($0.id) }
        return Dialog(
            id: id, version: version, contentHash: contentHash, languages: languages, title: title,
            introduction: introduction, about: about, closing: closing, attribution: attribution, steps: steps,
            questions: questions.map { promised.contains($0.id) ? $0.keptInGroup : $0 }, orders: orders,
            network: network, formerQuestions: former.isEmpty ? nil : former)
    }

    /// The question to go to where `question` is asked no more: the one behind it in `order`, else the one before it.
    func successor(of question: Question.ID, in order: [Question.ID]) -> Question? {
        let place = order.firstIndex(of: question) ?? order.endIndex
        let near = order[place...] + order[..<place].reversed()
        return near.lazy.compactMap { id in questions.first { $0.id == id } }.first ?? questions.first
    }
}

extension Question {
    fileprivate var keptInGroup: Question {
        Question(
            id: id, step: step, key: key, prompt: prompt, help: help, example: example, answer: answer, isInternal: true
        )
    }
}
