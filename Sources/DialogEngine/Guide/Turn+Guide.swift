// The version of the guide: showing it, comparing it with the one that the guide's file holds now, changing to that and back.

/// What is asked about the guide's version.
public enum GuideRequest: Hashable, Sendable {
    case show, compare
    case adopt(confirmed: Bool)
    case goBack
}

extension Turn {
    mutating func lead(_ request: GuideRequest) {
        switch request {
        case .show: showGuide()
        case .compare: compareGuides()
        case .adopt(let confirmed): adoptGuide(confirmed: confirmed)
        case .goBack: returnToFormerGuide()
        }
    }

    private var isLeading: Bool { session.state == .running || session.state == .paused }

    private mutating func showGuide() {
        let dialog = session.dialog
        var lines = [Line(.guideShown, [.name: .localized(dialog.title), .text: .text(dialog.version)])]
        if let guide { lines.append(Line(.guideDiffers, [.text: .text(guide.version)])) }
        if let former = session.formerGuides.last {
            lines.append(Line(.guideCanGoBack, [.text: .text(former.version)]))
        }
        answer(lines)
    }

    private mutating func compareGuides() {
        guard let guide else { return refuse(.guideIsPresent, [.text: .text(session.dialog.version)]) }
        let comparison = GuideComparison(present: session.dialog, other: guide, session: session)
        let versions: [Phrase.Slot: Value] = [.name: .text(session.dialog.version), .text: .text(guide.version)]
        answer([Line(.guideCompared, versions)] + comparison.lines + [Line(.guideHowToAdopt)])
    }

    private mutating func adoptGuide(confirmed: Bool) {
        guard let guide else { return refuse(.guideIsPresent, [.text: .text(session.dialog.version)]) }
        guard confirmed else {
            let comparison = GuideComparison(present: session.dialog, other: guide, session: session)
            return refuse(
                .confirmGuide,
                [
                    .text: .text(guide.version), .count: .count(comparison.added.count),
                    .total: .count(comparison.removed.count),
                ])
        }
        change(to: guide, Event.Kind.guideAdopted, .guideAdopted)
    }

    /// The version before leads again; what was said meanwhile is kept, to questions of the other one as well.
    private mutating func returnToFormerGuide() {
        guard let former = session.formerGuides.last else { return refuse(.guideIsFirst) }
        change(to: former, Event.Kind.guideReturned, .guideReturned)
    }

    private mutating func change(to guide: Dialog, _ event: (Dialog) -> Event.Kind, _ phrase: Phrase) {
        let before = session.dialog
        let order = session.questions.map(\.id)
        let prompt = session.currentQuestion?.prompt
        let isGone = order.contains(session.current) && !guide.questions.contains { $0.id == session.current }
        if isGone {
            if session.silence != nil { endSilence() }
            closeDots()
        }
        record(event(guide.succeeding(before)))
        for question in guide.questions { readAgain(question, ledBefore: before) }
        say(phrase, [.text: .text(guide.version)])
        if isGone, let next = session.dialog.successor(of: session.current, in: order) { record(.moved(to: next.id)) }
        if session.state == .running, isGone || session.currentQuestion?.prompt != prompt { ask() }
    }

    /// Finds the records that texts name by this version of the guide and did not by the one before.
    private mutating func readAgain(_ question: Question, ledBefore guide: Dialog) {
        guard session.dialog.recordKind(of: question) != nil, let old = guide.question(question.id),
            guide.recordKind(of: old) != session.dialog.recordKind(of: question) || old.answer != question.answer
                || question.answer.form == .organisations && guide.network?.names != session.dialog.network?.names
        else { return }
        for contribution in session.liveContributions(to: question.id) {
            record(
                .recordsNamed(
                    question.id, in: .contribution(contribution.id),
                    mentions: mentions(in: contribution.text, of: question)),
                by: contribution.author)
        }
        let answer = session.answer(to: question.id)
        for (place, wording) in [(Event.PlaceOfText.proposal, answer.draft), (.agreed, answer.agreed)] {
            guard let wording else { continue }
            record(
                .recordsNamed(question.id, in: place, mentions: mentions(in: wording.text, of: question)),
                by: wording.wordedBy)
        }
    }

    /// Tells the facilitators once that the guide's file holds another version, when one of them does something or time passes.
    mutating func noticeGuide(after input: Input.Kind) {
        guard let guide, isLeading, session.noticedGuide != guide.contentHash,
            session.dialog.contentHash != guide.contentHash, facilitators.contains(where: \.isPresent),
            isOccasion(input)
        else { return }
        record(.guideNoticed(guide.contentHash))
        if case .command(.guide, _, _) = input { return }
        say(.guideNoticed, [.text: .text(guide.version)], to: .facilitators)
    }

    private func isOccasion(_ input: Input.Kind) -> Bool {
        switch input {
        case .clock: true
        // Talk leaves no trace.
        case .command(.plain, _, _), .command(.aside, _, _), .command(.bare, _, _), .command(.bareVerb, _, _): false
        case .command, .joined, .proved: me?.isFacilitator ?? false
        case .left, .separated, .reunited, .renamed, .identified, .called: false
        }
    }
}
