import DialogEngine
import FoundationEssentials

/// What one partner sees of a session: makes the partner's events of the session's, and leaves everything else out.
///
/// | never leaves                                   | because                                             |
/// |------------------------------------------------|-----------------------------------------------------|
/// | what belongs to an internal question           | concerns stay with the group                        |
/// | what was said privately, or is hidden yet      | it was not said to everybody                        |
/// | contributions, objections and reasons          | they are the way to an answer, not the answer       |
/// | other organisations' tasks, parked matters     | they do not concern the partner                     |
/// | names of people, unless the partner sees names | the words of a text too: ``Phrase/someone`` instead |
struct PartnerWindow {
    let view: Partner.View
    let group: String
    let language: Language
    /// What stands in the place of a name.
    let someone: String
    /// The session before and after the event.
    let before: Session
    let after: Session

    /// Texts are cut after so many bytes, so that a webhook stays below 20 kB: it carries a text twice, and JSON may
    /// double it.
    static let longestText = 4000

    func events(of event: Event) -> [PartnerEvent] {
        all(of: event).filter { view.types.contains($0.kind) }
    }

    private func all(of event: Event) -> [PartnerEvent] {
        switch event.kind {
        case .started: [make(.sessionStarted, .partnerStarted, [.text: .localized(after.dialog.title)])]
        case .paused(let until): [paused(until)]
        case .resumed: [make(.sessionResumed, .partnerResumed)]
        case .ended: [closed()]
        case .agreed(let question), .ruledOut(let question, _), .proposed(let question, _, _, _):
            answered(question) + addedOrganisations()
        case .contributed(_, let question, _, _, _): answered(question) + addedOrganisations()
        case .contributionEdited, .silenceEnded: addedOrganisations()
        case .openPointRaised(let id, _, _) where event.source != .private: openPoint(id, .openPointRaised)
        case .openPointCleared(let id, _): cleared(id, isPrivate: event.source == .private)
        case .actionAssigned(let id, _, _, _, _), .actionHanded(let id, _): assigned(id)
        case .reminded(let id): due(id)
        default: []
        }
    }

    // MARK: The course

    private func paused(_ until: DueDate?) -> PartnerEvent {
        guard let until else { return make(.sessionPaused, .partnerPaused) }
        return make(.sessionPaused, .partnerPausedUntil, [.due: .due(until)]) { $0.until = until.moment }
    }

    private func closed() -> PartnerEvent {
        let questions = after.questions
        let agreed = questions.filter { after.state(of: $0.id) == .agreed }.count
        let values: [Phrase.Slot: Value] = [.count: .count(agreed), .total: .count(questions.count)]
        return make(.sessionClosed, .partnerClosed, values) {
            $0.progress = .init(agreed: agreed, total: questions.count)
        }
    }

    // MARK: Answers

    /// What became of the question: its answer was agreed or re-opened, and its step closed.
    private func answered(_ id: Question.ID) -> [PartnerEvent] {
        let (old, new) = (before.state(of: id), after.state(of: id))
        guard let question = after.dialog.question(id) else { return [] }
        var events: [PartnerEvent] = []
        if new == .agreed, let answer = after.answer(to: id).agreed, answer != before.answer(to: id).agreed {
            if !question.isInternal { events.append(agreed(question, answer)) }
        } else if old.isClosed, !new.isClosed, !question.isInternal {
            events.append(make(.answerReopened, .partnerReopened, [.question: .key(question.key)], at: question))
        }
        if new.isClosed, isClosed(question.step, in: after), !isClosed(question.step, in: before),
            let step = after.dialog.step(question.step)
        {
            events.append(
                make(.stepClosed, .partnerStepClosed, [.step: .localized(step.title)]) {
                    $0.step = .init(id: step.id, title: step.title[language])
                })
        }
        return events
    }

    private func agreed(_ question: Question, _ answer: Proposal) -> PartnerEvent {
        let text = shown(answer.text)
        let values: [Phrase.Slot: Value] = [.question: .key(question.key), .text: .text(text)]
        return make(.answerAgreed, .partnerAgreed, values, at: question) {
            $0.answer = .init(
                text: text, consenting: answer.consenting.count, abstaining: answer.abstaining.count,
                objecting: answer.objections.count,
                names: view.withNames ? answer.consenting.compactMap { after.person($0)?.name } : nil)
        }
    }

    private func isClosed(_ step: Dialog.Step.ID, in session: Session) -> Bool {
        session.questions.filter { $0.step == step }.allSatisfy { session.state(of: $0.id).isClosed }
    }

    // MARK: Open points

    private func openPoint(_ id: RecordID, _ kind: PartnerEvent.Kind) -> [PartnerEvent] {
        guard let point = after.openPoint(id), let question = shownQuestion(point.question) else { return [] }
        let text = shown(point.text)
        let values: [Phrase.Slot: Value] = [.id: .id(id), .question: .key(question.key), .text: .text(text)]
        return [
            make(kind, .partnerOpenPoint, values, at: question) {
                $0.openPoint = .init(id: id.description, text: text)
            }
        ]
    }

    private func cleared(_ id: RecordID, isPrivate: Bool) -> [PartnerEvent] {
        guard let point = after.openPoint(id), let question = shownQuestion(point.question) else { return [] }
        let result = isPrivate ? nil : point.result.map(shown)
        var values: [Phrase.Slot: Value] = [.id: .id(id), .question: .key(question.key)]
        if let result { values[.text] = .text(result) }
        let phrase = result == nil ? Phrase.partnerClearedPrivately : .partnerCleared
        return [
            make(.openPointCleared, phrase, values, at: question) {
                $0.openPoint = .init(id: id.description, text: result)
            }
        ]
    }

    // MARK: What concerns the partner itself

    private func assigned(_ id: RecordID) -> [PartnerEvent] {
        guard let action = after.action(id), isOwn(action, in: after) else { return [] }
        // A task that is handed to a person of the same organisation is no news.
        if let known = before.action(id), isOwn(known, in: before) { return [] }
        return [task(action, .taskAssigned, action.due == nil ? .partnerTask : .partnerTaskUntil)]
    }

    private func due(_ id: RecordID) -> [PartnerEvent] {
        if let action = after.action(id), isOwn(action, in: after) {
            return [task(action, .taskDue, .partnerTaskDue)]
        }
        guard let point = after.openPoint(id), let question = shownQuestion(point.question), let due = point.due,
            isOwn(point.expert)
        else { return [] }
        let text = shown(point.text)
        let values: [Phrase.Slot: Value] = [.id: .id(id), .text: .text(text), .due: .due(due)]
        return [
            make(.openPointDue, .partnerOpenPointDue, values, at: question) {
                $0.openPoint = .init(id: id.description, text: text, due: due.moment)
            }
        ]
    }

    private func task(_ action: Action, _ kind: PartnerEvent.Kind, _ phrase: Phrase) -> PartnerEvent {
        let text = shown(action.text)
        var values: [Phrase.Slot: Value] = [.id: .id(action.id), .text: .text(text)]
        if let due = action.due { values[.due] = .due(due) }
        let owner = action.person.flatMap { after.person($0)?.name } ?? action.assignee
        return make(kind, phrase, values) {
            $0.task = .init(
                id: action.id.description, text: text, owner: view.withNames ? owner : nil, due: action.due?.moment)
        }
    }

    /// Whether the task is the partner's: given to its organisation, or to one of its people.
    private func isOwn(_ action: Action, in session: Session) -> Bool {
        isOwn(action.assignee) || isOwn(action.person.flatMap { session.person($0)?.organisation })
    }

    private func isOwn(_ name: String?) -> Bool {
        guard let own = view.organisation?.folded, !own.isEmpty else { return false }
        return name?.folded == own
    }

    // MARK: Organisations

    private func addedOrganisations() -> [PartnerEvent] {
        let added = after.sharedOrganisations.subtracting(before.sharedOrganisations)
        return after.organisations.filter { added.contains($0.id) && !$0.name.isEmpty }.map { organisation in
            let name = shown(organisation.name)
            let values: [Phrase.Slot: Value] = [.id: .id(organisation.id), .organisation: .text(name)]
            return make(.organisationAdded, .partnerOrganisation, values) {
                $0.organisation = .init(id: organisation.id.description, text: name)
            }
        }
    }

    // MARK: Making

    private func make(
        _ kind: PartnerEvent.Kind, _ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:], at question: Question? = nil,
        _ fill: (inout PartnerData) -> Void = { _ in }
    ) -> PartnerEvent {
        let name = shown(after.name)
        var data = PartnerData(
            session: .init(id: after.id, name: name, group: group, dialog: after.dialog.id))
        data.question = question.map { .init(id: $0.id, key: $0.key[language]) }
        fill(&data)
        let line = Line(phrase, values.merging([.name: .text(name)]) { $1 })
        return PartnerEvent(kind: kind, line: line, data: data)
    }

    /// A question that the partner may hear of.
    private func shownQuestion(_ id: Question.ID) -> Question? {
        after.dialog.question(id).flatMap { $0.isInternal ? nil : $0 }
    }

    /// The text, not too long, and without names where the partner sees none.
    private func shown(_ text: String) -> String {
        let text = view.withNames ? text : after.masked(text, with: someone)
        return text.utf8.count > Self.longestText ? text.shortened(to: Self.longestText) + "…" : text
    }
}

extension QuestionState {
    fileprivate var isClosed: Bool { self == .agreed || self == .notApplicable }
}

extension String {
    /// The whole characters that have room in so many bytes.
    fileprivate func shortened(to count: Int) -> Substring {
        var left = count
        return prefix { character in
            left -= character.utf8.count
            return left >= 0
        }
    }
}

extension Session {
    /// The organisations that everybody has seen named, at questions that are not internal.
    fileprivate var sharedOrganisations: Set<RecordID> {
        let hidden = Set(dialog.questions.filter(\.isInternal).map(\.id))
        var shared: Set<RecordID> = []
        for contribution in contributions where !hidden.contains(contribution.question) {
            // An expert's result may have come privately.
            guard !contribution.isWithdrawn, !contribution.isHidden, contribution.source != .private,
                contribution.source != .expert
            else { continue }
            shared.formUnion(contribution.mentions.map(\.id))
        }
        for (question, answer) in answers where !hidden.contains(question) {
            shared.formUnion(answer.agreed?.mentions.map(\.id) ?? [])
        }
        return shared
    }

    /// The text with `someone` in the place of every word by which a participant may be called.
    fileprivate func masked(_ text: String, with someone: String) -> String {
        let names = Set(people.flatMap(\.nameWords))
        guard !names.isEmpty else { return text }
        var result = ""
        var word = ""
        func endWord() {
            result += names.contains(word.folded) ? someone : word
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else {
                endWord()
                result.append(character)
            }
        }
        endWord()
        return result
    }
}
