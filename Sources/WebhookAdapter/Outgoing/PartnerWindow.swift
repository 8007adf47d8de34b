import DialogEngine
import FoundationEssentials

/// What one partner sees of a session: makes the partner's events of the session's, and leaves everything else out.
///
/// | never leaves                                   | because                                             |
/// |------------------------------------------------|-----------------------------------------------------|
/// | what belongs to an internal question           | concerns stay with the group                        |
/// | what was said privately, or is hidden yet      | it was not said to everybody                        |
/// | contributions, objections and reasons          | they are the way to an answer, not the answer       |
/// | other organisations' tasks and contacts        | they do not concern the partner                     |
/// | parked matters, hurdles, resources             | they are the group's own                            |
/// | names of people, unless the partner sees names | the words of a text too: ``Phrase/someone`` instead |
///
/// What leaves of a contribution is what is a record: the name of an organisation, a next step, what the partner itself is
/// to do.
struct PartnerWindow {
    let view: Partner.View
    let group: String
    let language: Language
    /// What stands in the place of a name.
    let someone: String
    /// What there was before the event.
    let before: PartnerGlance
    /// The session after it.
    let session: Session

    /// Texts are cut after so many bytes, so that a webhook stays below 20 kB: it carries a text twice, and JSON may
    /// double it.
    static let longestText = 4000

    func events(of event: Event) -> [PartnerEvent] {
        all(of: event).filter { view.types.contains($0.kind) }
    }

    private func all(of event: Event) -> [PartnerEvent] {
        let isPrivate = event.source == .private
        return switch event.kind {
        case .started: [make(.sessionStarted, .partnerStarted, [.text: .localized(session.dialog.title)])]
        case .paused(let until): [paused(until)]
        case .resumed, .reopened: [make(.sessionResumed, .partnerResumed)]
        case .ended: [closed()]
        case .agreed, .ruledOut, .proposed, .proposalWithdrawn, .contributed, .contributionEdited, .silenceEnded:
            answered() + named() + assignedInNetwork()
        case .openPointRaised(let id, _, _): isPrivate ? [] : raised(id)
        case .openPointCleared(let id, _): cleared(id, isPrivate: isPrivate)
        case .expertAsked(let id, _, _): asked(id, .openPointAsked, .partnerAsked, .partnerAskedUntil)
        case .actionAssigned(let id, _, _, _, _), .actionHanded(let id, _): assigned(id)
        case .actionFinished(let id): ownTask(id).map { [task($0, .taskDone, .partnerTaskDone)] } ?? []
        case .reminded(let id): due(id)
        case .organisationsMerged(let id, let kept): merged(id, into: kept)
        case .organisationSplit(let id): split(id)
        case .contactPlanned(let id, let plan): isPrivate ? [] : planned(id, plan)
        case .contactMade(let id, let next): made(id, next: next)
        default: []
        }
    }

    // MARK: Making

    func make(
        _ kind: PartnerEvent.Kind, _ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:], at question: Question? = nil,
        _ fill: (inout PartnerData) -> Void = { _ in }
    ) -> PartnerEvent {
        let name = shown(session.name)
        var data = PartnerData(
            session: .init(id: session.id, name: name, group: group, dialog: session.dialog.id))
        data.question = question.map { .init(id: $0.id, key: $0.key[language]) }
        fill(&data)
        let line = Line(phrase, values.merging([.name: .text(name)]) { $1 })
        return PartnerEvent(kind: kind, line: line, data: data)
    }

    /// A question that the partner may hear of.
    func shownQuestion(_ id: Question.ID) -> Question? {
        session.dialog.question(id).flatMap { $0.isInternal ? nil : $0 }
    }

    /// Whether `name` is that of the partner's own organisation.
    func isOwn(_ name: String?) -> Bool {
        guard let own = view.organisation?.folded, !own.isEmpty else { return false }
        return name?.folded == own
    }

    /// The text, not too long, and without names where the partner sees none.
    func shown(_ text: String) -> String {
        let text = view.withNames ? text : session.masked(text, with: someone)
        return text.utf8.count > Self.longestText ? text.shortened(to: Self.longestText) + "…" : text
    }
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
