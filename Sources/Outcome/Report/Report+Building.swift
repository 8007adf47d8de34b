import DialogEngine
import FoundationEssentials
import Wording

extension Report {
    /// Takes from `session` what `audience` may read.
    init(_ session: Session, for audience: OutcomeDocument.Audience, words: Words, options: OutcomeDocument.Options) {
        let naming = Naming(people: session.people, withNames: options.withNames, someone: words.someone)
        asOf = session.lastEventAt ?? session.endedAt ?? session.heardAt ?? session.startedAt
        let builder = ReportBuilder(session: session, audience: audience, words: words, naming: naming, now: asOf)
        let steps = builder.steps()
        title = (session.name.isEmpty ? words[session.dialog.title] : session.name).cleaned
        self.session = SessionHead(
            id: session.id, name: session.name.cleaned, state: session.state, token: session.token ?? session.id,
            order: session.presentOrder?.id ?? "",
            startedAt: session.startedAt, retainedUntil: session.retainedUntil)
        guide = Guide(
            id: session.dialog.id, version: session.dialog.version, contentHash: session.dialog.contentHash,
            title: words[session.dialog.title], attribution: session.dialog.attribution)
        language = words.language
        self.audience = audience
        withNames = options.withNames
        peopleCount = session.people.count
        people = session.people.compactMap { builder.participant($0) }
        self.steps = steps
        formerQuestions = session.formerQuestions.map { builder.question($0) }
        openPoints = (steps.flatMap(\.questions) + formerQuestions).flatMap(\.openPoints).sorted { $0.id < $1.id }
        actions = session.actions.filter { !$0.isWithdrawn }.map { builder.action($0) }
        parked = session.parked.filter { !$0.text.isEmpty && !$0.isWithdrawn }.map { builder.parked($0) }
        organisations = builder.organisations()
        formerDates = builder.formerDates(in: self.steps.flatMap(\.questions) + formerQuestions)
        network = builder.network()
    }
}

/// The making of a report: reads the session through the eyes of one audience.
struct ReportBuilder {
    let session: Session
    let audience: OutcomeDocument.Audience
    let words: Words
    let naming: Naming
    /// The moment that the document speaks of.
    let now: Date

    func participant(_ person: Person) -> Report.Participant? {
        naming.name(person.id).map {
            Report.Participant(
                name: $0, organisation: person.organisation?.cleaned, isFacilitator: person.isFacilitator)
        }
    }

    func steps() -> [Report.Step] {
        session.dialog.steps.enumerated().map { index, step in
            Report.Step(
                id: step.id, number: index + 1, title: words[step.title],
                sheetTitle: words[step.sheetTitle ?? step.title],
                questions: session.questions.filter { $0.step == step.id }.map { question($0) })
        }
    }

    func openPoint(_ point: OpenPoint, at question: Question) -> Report.OpenPoint {
        Report.OpenPoint(
            id: point.id, question: question.id, key: words[question.key], prompt: words[question.prompt],
            text: told(point.text),
            owner: point.showsOwner ? point.owner.flatMap { naming.name($0) } : nil,
            expert: point.expert.map { naming.masked($0.cleaned) },
            due: point.due, result: point.result.map(told), revision: point.changedSeq)
    }

    func action(_ action: Action) -> Report.Action {
        Report.Action(
            id: action.id, text: told(action.text), assignee: naming.assignee(of: action), due: action.due,
            isDone: action.isDone, revision: action.changedSeq)
    }

    func parked(_ parked: Parked) -> Report.Parked {
        Report.Parked(
            id: parked.id, text: parked.text.cleaned,
            by: parked.source == .private ? nil : naming.name(parked.by), at: parked.at)
    }

    /// A record's text; where it was erased with the person it came from, a word in its place.
    func told(_ text: String) -> String {
        let text = text.cleaned
        return text.isEmpty ? words[.erased] : text
    }
}
