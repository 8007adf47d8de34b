import DialogEngine
import Wording

// What concerns all groups of a workshop: sending it round, answering it, and telling what came back.

extension GroupConversation {
    /// Sends round what the facilitator asked for; it comes back as ``Delivery/answered(_:)``.
    func carry(_ circular: Circular, _ origin: Origin) {
        guard let sender = origin.asker, let place = origin.place, let at = origin.askedAt else { return }
        let question = CircularLetter.Question(circular: circular, sender: sender, adapter: place.adapter, at: at)
        services.workshops.carry(question, from: group)
    }

    /// Answers for this group, if whoever asks facilitates it.
    mutating func answer(_ letter: CircularLetter) async throws(StoreError) {
        // Whatever else happens, this group has answered.
        defer { letter.answer(.none, of: group.name) }
        let question = letter.question
        guard isLed(by: question) else { return }
        switch question.circular {
        case .overview:
            let isRunning = session?.state == .running || session?.state == .paused
            let line =
                session?.overview(of: group.name, at: question.at)
                ?? Line(.groupWithoutSession, [.name: .text(group.name)])
            letter.answer(.seen(line, at: isRunning ? session?.currentQuestion?.key : nil), of: group.name)
        case .comparison(let id):
            let line =
                session?.comparison(of: group.name, question: id)
                ?? Line(.groupWithoutSession, [.name: .text(group.name)])
            letter.answer(.seen(line, at: nil), of: group.name)
        case .instruction(let text):
            try await follow(text, letter)
        }
    }

    private func isLed(by question: CircularLetter.Question) -> Bool {
        group.appointment(of: question.sender, on: question.adapter) == .facilitator
            || session?.isLed(by: question.sender.identity) ?? false
    }

    /// Does what she asks as if she had typed it in the group's room; what would be said to her alone goes into the answer.
    private mutating func follow(_ text: String, _ letter: CircularLetter) async throws(StoreError) {
        let question = letter.question
        let language = session?.language ?? group.language
        let command = interpreter.instruction(text, at: question.at, in: language)
        let message = IncomingMessage(
            place: .privately(adapter: question.adapter), sender: question.sender, text: text, at: question.at)
        let former = session?.state == .ended ? session : nil
        try await beginIfAsked(command, by: message)
        let speaker = speaker(question.sender, on: question.adapter, isMember: true)
        let input = Input(at: question.at, kind: .command(command, by: speaker, source: .chat))
        try await decide([Asked(input: input, origin: Origin(asker: question.sender, letter: letter))])
        if session?.state == .new, former != nil { session = former }
    }

    /// Takes out of a reply what goes back with the letter; the rest is said in this group.
    func outputs(of reply: Reply) -> [Output] {
        guard let letter = reply.origin.letter else { return reply.outputs }
        let told = reply.outputs.filter { $0.audience == .asker }
        let line = told.lazy.compactMap { if case .line(let line) = $0.content { line } else { nil } }.first
        let isDone = reply.hasChanged || told.count < reply.outputs.count
        letter.answer(isDone ? .done : line.map(CircularLetter.Answer.told) ?? .none, of: group.name)
        return reply.outputs.filter { $0.audience != .asker }
    }

    /// Tells whoever asked, and nobody else, what the groups answered.
    mutating func report(_ letter: CircularLetter) async {
        let sender = letter.question.sender
        let origin = Origin(asker: sender, place: .privately(adapter: letter.question.adapter))
        let pages = Output(to: .person(sender.identity), .pages(lines(of: letter)))
        await speak([Reply(outputs: [pages], origin: origin)], entry: nil)
    }

    private func lines(of letter: CircularLetter) -> [Line] {
        let answers = letter.answers
        guard !answers.isEmpty else { return [Line(.noOtherGroups)] }
        switch letter.question.circular {
        case .overview: return [summary(of: answers.map(\.answer))] + answers.compactMap(\.answer.line)
        case .comparison(let id):
            let key = session?.dialog.question(id)?.key
            let head = Line(
                .groupsComparison, [.question: key.map(Value.key) ?? .text(id), .total: .count(answers.count)])
            return [head] + answers.compactMap(\.answer.line)
        case .instruction:
            let done = answers.count { if case .done = $0.answer { true } else { false } }
            let told = answers.compactMap { group, answer in
                answer.line.map { Line(.groupAnswered, [.name: .text(group), .text: .line($0)]) }
            }
            return [Line(.doneInGroups, [.total: .count(done)])] + told
        }
    }

    /// How many groups are at which question, in the sequence in which they were found there.
    private func summary(of answers: [CircularLetter.Answer]) -> Line {
        var counts: [(key: LocalizedText, count: Int)] = []
        for case .seen(_, let key?) in answers {
            if let index = counts.firstIndex(where: { $0.key == key }) {
                counts[index].count += 1
            } else {
                counts.append((key, 1))
            }
        }
        let values = counts.map {
            Value.line(Line(.groupsAtQuestion, [.count: .count($0.count), .question: .key($0.key)]))
        }
        return Line(.groupsOverview, [.total: .count(answers.count), .values: .list(values)])
    }
}

extension CircularLetter.Answer {
    fileprivate var line: Line? {
        switch self {
        case .seen(let line, _), .told(let line): line
        case .none, .done: nil
        }
    }
}
