import DialogEngine
import Wording

// What concerns all groups of a workshop: sending it round, answering it, and telling what came back.

extension GroupConversation {
    /// From how many groups on the quiet ones are named before all are listed.
    private static let manyGroups = 5
    /// For how many minutes a group is quiet before it is named.
    private static let longQuiet = 5

    /// Sends round what the facilitator asked for; it comes back as ``Delivery/answered(_:)``.
    mutating func carry(_ circular: Circular, _ origin: Origin) {
        guard let sender = origin.asker, let place = origin.place, let at = origin.askedAt else { return }
        send(
            CircularLetter.Question(
                circular: circular, sender: sender, place: place, at: at, messageID: origin.messageID, home: group.name),
            to: circular.addressee)
    }

    /// Sends a question round. A request that its answer can only go into stays open until ``report(_:)``.
    mutating func send(_ question: CircularLetter.Question, to group: String? = nil) {
        if let id = question.messageID, isAnsweredInPlace(question.place) {
            awaited[id, default: Awaited()].letters += 1
        }
        services.workshops.carry(question, from: self.group, to: group)
    }

    /// Answers for this group, if whoever asks facilitates it; what a person leaves in another group, or keeps there, is
    /// hers without that.
    mutating func answer(_ letter: CircularLetter) async throws(StoreError) {
        // Whatever else happens, this group has answered.
        defer { letter.answer(.none, of: group.name) }
        let question = letter.question
        guard question.circular.isPersonal || isLed(by: question) else { return }
        switch question.circular {
        case .overview:
            let isRunning = session?.state == .running || session?.state == .paused
            let line =
                session?.overview(of: group.name, at: question.at)
                ?? Line(.groupWithoutSession, [.name: .text(group.name)])
            let minutes = session?.state == .running ? session?.minutesQuiet(at: question.at) ?? 0 : 0
            letter.answer(
                .seen(line, at: isRunning ? session?.currentQuestion?.key : nil, minutesQuiet: minutes),
                of: group.name)
        case .comparison(let id):
            let line =
                session?.comparison(of: group.name, question: id)
                ?? Line(.groupWithoutSession, [.name: .text(group.name)])
            letter.answer(.seen(line, at: nil), of: group.name)
        case .instruction(let text):
            try await follow(text, letter)
        case .exhibition(let id):
            letter.answer(.shown(session?.exhibits(of: group.name, at: id) ?? []), of: group.name)
        case .call(let call, _):
            try await follow(call, letter)
        case .remarks(let visitor):
            if let line = session?.remarksLine(by: visitor, of: group.name) {
                letter.answer(.seen(line, at: nil), of: group.name)
            }
        }
    }

    /// Whether whoever asks leads this group; what she is in the group where she asked counts for nothing here.
    private func isLed(by question: CircularLetter.Question) -> Bool {
        let speaker = speaker(question.sender, on: question.adapter, isMember: false)
        return session?.role(of: speaker) == .facilitator || speaker.appointment == .facilitator
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
        let input = Input(
            at: question.at, kind: .command(command, by: speaker, source: .chat), guide: otherGuide,
            hasPrivateWay: hasPrivateWay)
        try await decide([Asked(input: input, origin: Origin(asker: question.sender, letter: letter))])
        if session?.state == .new, former != nil { session = former }
    }

    /// Takes out of a reply what goes back with the letter; the rest is said in this group.
    func outputs(of reply: Reply) -> [Output] {
        guard let letter = reply.origin.letter else { return reply.outputs }
        let told = reply.outputs.filter { $0.audience == .asker }
        let line = told.lazy.compactMap { if case .line(let line) = $0.content { line } else { nil } }.first
        let isDone = reply.hasChanged || told.count < reply.outputs.count
        let isForOne = letter.question.circular.addressee != nil
        letter.answer(isDone && !isForOne ? .done : line.map(CircularLetter.Answer.told) ?? .none, of: group.name)
        return reply.outputs.filter { $0.audience != .asker }
    }

    private func isAnsweredInPlace(_ place: IncomingMessage.Place) -> Bool {
        switch place {
        case .privately: true
        case .room: !hasPrivateWay(to: place)
        }
    }

    /// The line is dealt with; its request is answered when nothing that it asked of other groups is on its way any more.
    mutating func finish(_ message: IncomingMessage) {
        services.dealtWith(message)
        guard let id = message.id, awaited[id] != nil else { return services.end(message, after: announcer) }
        awaited[id]?.message = message
    }

    /// Tells whoever asked, and nobody else, what the groups answered; what she asked of one group, where she asked.
    mutating func report(_ letter: CircularLetter) async {
        await tell(letter)
        guard let id = letter.question.messageID, let letters = awaited[id]?.letters else { return }
        awaited[id]?.letters = letters - 1
        guard letters == 1, let message = awaited.removeValue(forKey: id)?.message else { return }
        services.end(message, after: announcer)
    }

    private mutating func tell(_ letter: CircularLetter) async {
        let question = letter.question
        switch question.circular {
        case .exhibition where openGalleries(letter): return
        case .call(.forget, _): return
        case .remarks where letter.answers.isEmpty: return
        case .call(_, to: _?): return await acknowledge(letter)
        default: break
        }
        let origin = Origin(asker: question.sender, place: question.place, messageID: question.messageID)
        await speak([Reply(outputs: outputs(of: letter), origin: origin)], entry: nil)
    }

    /// What groups answer is for the asker alone. Where no private way leads to her, she learns in how many groups it is done,
    /// which the rooms have heard, and that the rest is not for everybody.
    private func outputs(of letter: CircularLetter) -> [Output] {
        let (sender, place) = (letter.question.sender, letter.question.place)
        let lines = lines(of: letter)
        guard !hasPrivateWay(to: place) else { return [Output(to: .person(sender.identity), .pages(lines))] }
        let open = lines.filter(\.isForEverybody)
        let rest = open.count < lines.count ? [noPrivateAnswer(at: place)] : []
        return (open + rest).map { Output(to: .addressed(sender.identity), .line($0)) }
    }

    private func lines(of letter: CircularLetter) -> [Line] {
        let answers = letter.answers
        guard !answers.isEmpty else { return [Line(.noOtherGroups)] }
        switch letter.question.circular {
        case .overview:
            return summary(of: answers.map(\.answer)) + quiet(answers) + answers.compactMap(\.answer.line)
        case .comparison(let id):
            let key = session?.dialog.question(id)?.key
            let head = Line(
                .groupsComparison, [.question: key.map(Value.key) ?? .text(id), .total: .count(answers.count)])
            return [head] + answers.compactMap(\.answer.line)
        case .exhibition: return [Line(.galleryNothing)]
        case .call(.openGallery(let exhibits), _): return lines(of: letter, opening: exhibits)
        case .remarks: return answers.compactMap(\.answer.line)
        case .instruction, .call:
            let done = answers.count { if case .done = $0.answer { true } else { false } }
            let told = answers.compactMap { group, answer in
                answer.line.map { Line(.groupAnswered, [.name: .text(group), .text: .line($0)]) }
            }
            return (done > 0 || told.isEmpty ? [Line(.doneInGroups, [.total: .count(done)])] : []) + told
        }
    }

    /// Of many groups, which have long been quiet, the longest first: whom to look after, at one glance.
    private func quiet(_ answers: [(group: String, answer: CircularLetter.Answer)]) -> [Line] {
        guard answers.count >= Self.manyGroups else { return [] }
        let quiet = answers.compactMap { group, answer -> (group: String, minutes: Int)? in
            guard case .seen(_, _, let minutes) = answer, minutes >= Self.longQuiet else { return nil }
            return (group, minutes)
        }
        guard !quiet.isEmpty else { return [] }
        let names = quiet.sorted { $0.minutes > $1.minutes }.map { Value.text("\($0.group) (\($0.minutes))") }
        return [Line(.groupsQuiet, [.names: .list(names)])]
    }

    /// How many groups are at which question, in the sequence in which they were found there; nothing where none is.
    private func summary(of answers: [CircularLetter.Answer]) -> [Line] {
        var counts: [(key: LocalizedText, count: Int)] = []
        for case .seen(_, let key?, _) in answers {
            if let index = counts.firstIndex(where: { $0.key == key }) {
                counts[index].count += 1
            } else {
                counts.append((key, 1))
            }
        }
        let values = counts.map {
            Value.line(Line(.groupsAtQuestion, [.count: .count($0.count), .question: .key($0.key)]))
        }
        guard !values.isEmpty else { return [] }
        return [Line(.groupsOverview, [.total: .count(answers.count), .values: .list(values)])]
    }
}

extension CircularLetter.Answer {
    var line: Line? {
        switch self {
        case .seen(let line, _, _), .told(let line): line
        case .none, .done, .shown: nil
        }
    }
}

/// A message whose request is not answered before other groups have answered what it asks of them.
struct Awaited: Sendable {
    /// How many letters of it are on their way.
    var letters = 0
    /// The message, once everything else is done with it.
    var message: IncomingMessage?
}

extension Line {
    /// Whether it says nothing about a group that is not in everybody's ears already.
    fileprivate var isForEverybody: Bool {
        switch phrase {
        case .doneInGroups, .galleriesOpened, .galleryNothing, .noOtherGroups: true
        default: false
        }
    }
}
