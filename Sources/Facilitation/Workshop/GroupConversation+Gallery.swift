import DialogEngine
import FoundationEssentials
import Wording

// The gallery walk: what all groups have to show goes to all of them, and remarks to the group that they are for.

extension GroupConversation {
    /// Sends what the groups have to show to all of them, as the facilitator asked.
    ///
    /// - Returns: false where there is nothing to show.
    mutating func openGalleries(_ letter: CircularLetter) -> Bool {
        let question = letter.question
        let exhibits = letter.exhibits(by: session?.questions ?? [])
        guard !exhibits.isEmpty else { return false }
        let call = Circular.call(.openGallery(exhibits), to: nil)
        send(
            .init(
                circular: call, sender: question.sender, place: question.place, at: question.at,
                messageID: question.messageID, home: group.name))
        return true
    }

    /// Carries what was stored but perhaps not carried before the last stop, where nobody will ask for it again.
    mutating func carryAgain(_ output: Output, at now: Date) {
        guard case .circular(.call(.forget, _)) = output.content, case .circular(let circular) = output.content else {
            return
        }
        let nobody = Sender(identity: Identity(rawValue: ""), name: "")
        carry(circular, Origin(asker: nobody, place: .privately(adapter: ""), askedAt: now))
    }

    /// Decides on what came from another group, with the answer going back there.
    mutating func follow(_ call: WorkshopCall, _ letter: CircularLetter) async throws(StoreError) {
        guard session != nil else { return letter.answer(.told(missing(call)), of: group.name) }
        let question = letter.question
        let input = Input(at: question.at, kind: .called(ordered(call), from: question.home))
        let origin = Origin(asker: question.sender, messageID: question.messageID, letter: letter)
        try await decide([Asked(input: input, origin: origin)])
    }

    /// Of a walk, what is for this group: others' answers, beginning behind its own, so that not all groups read the same
    /// one first and each is read as often.
    private func ordered(_ call: WorkshopCall) -> WorkshopCall {
        guard case .openGallery(let exhibits) = call else { return call }
        let own = group.name.withPaddedNumbers
        var questions: [Question.ID] = []
        for exhibit in exhibits where !questions.contains(exhibit.question) { questions.append(exhibit.question) }
        return .openGallery(
            questions.flatMap { question in
                let others = exhibits.filter { $0.question == question && $0.group != group.name }
                return others.filter { $0.group.withPaddedNumbers > own }
                    + others.filter { $0.group.withPaddedNumbers < own }
            })
    }

    private func missing(_ call: WorkshopCall) -> Line {
        if case .remark(_, let exhibit, _) = call { return Line(.remarkTooLate, [.name: .text(exhibit.group)]) }
        return Line(.gallerySkipsEnded)
    }

    /// Tells where the line was said what the other group answered.
    mutating func acknowledge(_ letter: CircularLetter) async {
        let question = letter.question
        guard let line = letter.answers.lazy.compactMap(\.answer.line).first else { return }
        var output = Output(to: .room, isAcknowledgement: true, .line(line))
        if case .privately = question.place { output.audience = .person(question.sender.identity) }
        let origin = Origin(asker: question.sender, place: question.place, messageID: question.messageID)
        await speak([Reply(outputs: [output], origin: origin)], entry: nil)
    }

    /// In how many groups the walk began, and which were left out or show nothing.
    func lines(of letter: CircularLetter, opening exhibits: [Exhibit]) -> [Line] {
        let showing = Set(exhibits.map(\.group))
        var walking = 0
        var told: [Line] = []
        for (group, answer) in letter.answers {
            if case .done = answer { walking += 1 }
            let nothing = showing.contains(group) ? nil : Line(.galleryShowsNothing)
            guard let line = answer.line ?? nothing else { continue }
            told.append(Line(.groupAnswered, [.name: .text(group), .text: .line(line)]))
        }
        return [Line(.galleriesOpened, [.total: .count(walking), .count: .count(exhibits.count)])] + told
    }
}

extension CircularLetter {
    /// What the groups have to show, question by question in the sequence of the guide: what several have agreed on, or
    /// all have on the question that was named.
    func exhibits(by order: [DialogEngine.Question]) -> [Exhibit] {
        let all = answers.flatMap { _, answer -> [Exhibit] in
            if case .shown(let exhibits) = answer { exhibits } else { [] }
        }
        let isNamed = if case .exhibition(_?) = question.circular { true } else { false }
        return order.flatMap { question in
            let shown = all.filter { $0.question == question.id }
            return isNamed || shown.count > 1 ? shown : []
        }
    }
}

extension Circular {
    /// The one group that it goes to; nil where it goes to all.
    var addressee: String? {
        if case .call(_, let name) = self { name } else { nil }
    }

    /// Whether it is about what the asker herself left in other groups, whoever facilitates them.
    var isPersonal: Bool {
        switch self {
        case .overview, .comparison, .instruction, .exhibition, .call(.openGallery, _), .call(.closeGallery, _): false
        case .remarks, .call(.remark, _), .call(.withdrawRemark, _), .call(.forget, _): true
        }
    }
}

extension Session {
    /// What somebody of another group has remarked here; nil where that is nothing.
    func remarksLine(by visitor: Visitor, of group: String) -> Line? {
        let hers = remarks(by: visitor)
        guard !hers.isEmpty else { return nil }
        return Line(
            .myRemarks,
            [.name: .text(group), .values: .list(hers.map { .text("\($0.id) \($0.text)") })])
    }
}
