import FoundationEssentials

// The gallery walk: groups read each other's agreed answers one by one and leave remarks.
//
// A remark is kept by the group that it is for, which alone can acknowledge it; this group only sends it there.

extension Turn {
    // MARK: Asking for it

    /// Asks all groups what they have to show; the walk begins when all have answered.
    mutating func openGallery(_ name: String?) {
        guard let name else { return answerPrivately(.circular(.exhibition(nil)), .answeredPrivately) }
        guard let question = find(name) else { return }
        guard !question.isInternal else { return refuse(.galleryNotInternal, [.question: .key(question)]) }
        answerPrivately(.circular(.exhibition(question.id)), .answeredPrivately)
    }

    mutating func closeGalleries() {
        answerPrivately(.circular(.call(.closeGallery, to: nil)), .answeredPrivately)
    }

    // MARK: Taking what comes from another group

    mutating func take(_ call: WorkshopCall, from group: String) {
        switch call {
        case .openGallery(let exhibits): walk(through: exhibits)
        case .closeGallery:
            guard session.gallery != nil else { return refuse(.galleryIsClosed) }
            closeGallery()
        case .remark(let text, let exhibit, let visitor): keep(text, on: exhibit, by: visitor, of: group)
        case .withdrawRemark(let id, let visitor): withdrawRemark(id, by: visitor, of: group)
        case .forget(let visitor): forget(visitor)
        }
    }

    private mutating func walk(through exhibits: [Exhibit]) {
        guard session.state != .paused else { return refuse(.gallerySkipsPaused) }
        guard session.state == .running else { return refuse(.gallerySkipsEnded) }
        guard session.gallery == nil else { return refuse(.galleryIsOpen) }
        guard session.silence == nil else { return refuse(.gallerySkipsSilent) }
        guard !exhibits.isEmpty else { return refuse(.gallerySkipsAlone) }
        record(.galleryOpened(exhibits))
        guard let question = session.currentQuestion else { return }
        say(.galleryOpened, [.total: .count(exhibits.count), .question: .key(question)])
        say(.galleryHowTo)
        showExhibit()
    }

    private mutating func keep(_ text: String, on exhibit: Exhibit, by visitor: Visitor, of group: String) {
        let isThere = exhibit.session == session.id && session.answer(to: exhibit.question).agreed != nil
        guard isThere, session.state == .running || session.state == .paused,
            let question = session.dialog.question(exhibit.question)
        else { return refuse(.remarkTooLate, [.name: .text(exhibit.group)]) }
        let id = nextID(.remark)
        record(.remarked(id, question: question.id, text: text, group: group, visitor: visitor))
        acknowledge(.remarkNoted, [.id: .id(id), .name: .text(exhibit.group), .question: .key(question)])
        // While the group reads others' answers, it is told of all remarks together, at the end.
        guard session.gallery == nil else { return }
        say(
            .remarkCame,
            [.id: .id(id), .name: .text(group), .question: .key(question), .text: .text(text)])
    }

    private mutating func withdrawRemark(_ id: RecordID?, by visitor: Visitor, of group: String) {
        let hers = session.remarks(by: visitor)
        guard let remark = id.map({ id in hers.first { $0.id == id } }) ?? hers.last else {
            return id.map { refuse(.remarkNotYours, [.id: .id($0)]) } ?? refuse(.nothingToWithdraw)
        }
        record(.withdrawn(remark.id))
        acknowledge(.withdrawn, [.id: .id(remark.id)])
    }

    private mutating func forget(_ visitor: Visitor) {
        guard let erasure = session.erasure(of: visitor) else { return }
        erasing = erasure
        record(.remarksForgotten(erasure.records.sorted()))
    }

    // MARK: Walking

    /// Shows the answer that is looked at; the question with it, where it is another one than before.
    mutating func showExhibit() {
        guard let walk = session.gallery else { return }
        let exhibit = walk.exhibit
        if walk.place == 0 || walk.exhibits[walk.place - 1].question != exhibit.question {
            say(.explanation, [.question: .key(exhibit.key), .text: .localized(exhibit.prompt)])
        }
        add(Output(to: .room, .line(exhibitLine(of: walk))))
    }

    func exhibitLine(of walk: GalleryWalk) -> Line {
        Line(
            .exhibit,
            [
                .number: .count(walk.place + 1), .total: .count(walk.exhibits.count),
                .name: .text(walk.exhibit.group), .question: .key(walk.exhibit.key), .text: .text(walk.exhibit.text),
            ])
    }

    mutating func showNextExhibit(of walk: GalleryWalk) {
        guard walk.place + 1 < walk.exhibits.count else { return closeGallery() }
        record(.galleryMoved(to: walk.place + 1))
        showExhibit()
    }

    mutating func showFormerExhibit(of walk: GalleryWalk) {
        guard walk.place > 0 else { return refuse(.galleryAtBeginning) }
        record(.galleryMoved(to: walk.place - 1))
        showExhibit()
    }

    /// Goes back to what the group was discussing, with what others have remarked meanwhile.
    mutating func closeGallery() {
        record(.galleryClosed)
        let ids = session.remarks.filter { !$0.isWithdrawn }.map(\.id)
        if ids.isEmpty {
            say(.galleryClosed)
        } else {
            say(.galleryClosedWithRemarks, [.total: .count(ids.count)])
        }
        if session.state == .running { ask() }
    }

    // MARK: Remarks

    /// Sends a remark on the answer that is looked at to the group whose it is.
    mutating func remark(_ text: String) {
        guard let walk = session.gallery else { return refuse(.galleryIsClosed) }
        meet()
        send(.remark(text, on: walk.exhibit, by: visitor), to: walk.exhibit.group)
    }

    /// One of the speaker's at another group, by default at the one whose answer is looked at; or one of this group's.
    mutating func withdrawRemark(_ id: RecordID?, of group: String?) {
        if let group = group ?? session.gallery?.exhibit.group {
            return send(.withdrawRemark(id, by: visitor), to: group)
        }
        guard let id, let remark = session.remark(id), !remark.isWithdrawn else {
            return refuse(.noSuchRecord, [.id: .text(id?.description ?? "")])
        }
        guard role.may(.correctOthers) else {
            return refuse(.remarkOfAnotherGroup, [.id: .id(id), .name: .text(remark.group)])
        }
        record(.withdrawn(id))
        acknowledge(.withdrawn, [.id: .id(id)])
    }

    /// What other groups have remarked, on all answers or on that to one question.
    mutating func showRemarks(_ name: String?) {
        var shown = session.remarks.filter { !$0.isWithdrawn }
        if let name {
            guard let question = find(name) else { return }
            shown = session.remarks(on: question.id)
        }
        guard !shown.isEmpty else { return acknowledge(.noRemarks) }
        showOrAnswer(shown.map(remarkLine))
    }

    func remarkLine(_ remark: Remark) -> Line {
        let question = session.dialog.question(remark.question)
        return Line(
            .remarkItem,
            [
                .id: .id(remark.id), .name: .text(remark.group), .question: question.map(Value.key) ?? .text(""),
                .text: .text(remark.text),
            ])
    }

    /// What other groups keep of the speaker's is erased there; only their sessions know what it is.
    mutating func forgetRemarks() {
        send(.forget(visitor), to: nil)
    }

    var visitor: Visitor { Visitor(session: session.id, people: mine) }

    private mutating func send(_ call: WorkshopCall, to group: String?) {
        add(Output(to: .asker, .circular(.call(call, to: group))))
    }
}
