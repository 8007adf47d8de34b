import FoundationEssentials

// Walking through other groups' answers, and what they remark on one's own.

extension Session {
    mutating func applyGallery(_ event: Event) {
        switch event.kind {
        case .galleryOpened(let exhibits):
            guard !exhibits.isEmpty else { return }
            gallery = GalleryWalk(
                exhibits: exhibits, beganAt: event.at, movedAt: event.at, timebox: timebox, ready: ready,
                nudgeAt: nudgeAt)
            timebox = nil
            ready = []
            nudgeAt = nil
        case .galleryMoved(let place):
            guard gallery?.exhibits.indices.contains(place) ?? false else { return }
            gallery?.place = place
            gallery?.movedAt = event.at
            timebox = nil
            ready = []
        case .galleryClosed:
            guard let walk = gallery else { return }
            // The clocks of the question stood still.
            let lasted = event.at.timeIntervalSince(walk.beganAt)
            timebox = walk.timebox
            timebox?.until += lasted
            timebox?.warning += lasted
            ready = walk.ready
            nudgeAt = walk.nudgeAt.map { $0 + lasted }
            gallery = nil
        case .remarked(let id, let question, let text, let group, let visitor):
            remarks.append(
                Remark(id: id, question: question, text: text, group: group, visitor: visitor, at: event.at))
        case .remarksForgotten(let ids):
            for index in remarks.indices where ids.contains(remarks[index].id) { remarks[index].erase() }
        default:
            break
        }
    }

    mutating func withdrawRemark(_ id: RecordID) {
        guard let index = remarks.place(of: id) else { return }
        remarks[index].isWithdrawn = true
    }

    package func remark(_ id: RecordID) -> Remark? {
        remarks.place(of: id).map { remarks[$0] }
    }

    /// The remarks that stand at a question, in their sequence.
    package func remarks(on question: Question.ID) -> [Remark] {
        remarks.filter { $0.question == question && !$0.isWithdrawn }
    }

    /// What others may read in a walk: what is agreed and not internal, at one question or at all.
    package func exhibits(of group: String, at question: Question.ID?) -> [Exhibit] {
        guard state == .running else { return [] }
        return questions.filter { !$0.isInternal && (question == nil || $0.id == question) }.compactMap { question in
            guard self.state(of: question.id) == .agreed, let agreed = answer(to: question.id).agreed else {
                return nil
            }
            return Exhibit(
                group: group, session: id, question: question.id, key: question.key, prompt: question.prompt,
                text: question.answer.nameless(agreed.text))
        }
    }

    /// What somebody of another group has remarked here; for herself alone.
    package func remarks(by visitor: Visitor) -> [Remark] {
        remarks.filter { !$0.isWithdrawn && $0.isBy(visitor) }
    }
}

extension Remark {
    func isBy(_ other: Visitor) -> Bool {
        guard let visitor, visitor.session == other.session else { return false }
        return !Set(visitor.people).isDisjoint(with: other.people)
    }

    mutating func erase() {
        text = ""
        visitor = nil
        isWithdrawn = true
    }
}

extension AnswerShape {
    /// The wording without the columns in which people are named.
    fileprivate func nameless(_ wording: String) -> String {
        guard columns.contains(where: { $0.kind == .person }) else { return wording }
        let rows = entries(in: wording).map { row in
            zip(row.cells, columns).filter { !$0.isEmpty && $1.kind != .person }.map(\.0).joined(separator: "; ")
        }
        return rows.joined(separator: " · ")
    }
}
