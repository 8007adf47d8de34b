import DialogEngine
import FoundationEssentials
import Wording

extension Report {
    /// The network as these readers may see it.
    struct Network {
        /// The sentence in the middle of the map.
        let mission: String?
        let spheres: [Sphere]
        let resources: [Resource]
        let steps: [(id: RecordID, text: String)]
        let hurdles: [Hurdle]
        let gaps: [Gap]
        /// The questions about tasks and about opponents.
        let tasks: DialogEngine.Question.ID?
        let concerns: DialogEngine.Question.ID?
    }

    /// A part of society, in the order of the guide.
    struct Sphere {
        let id: String
        let title: String
    }

    struct Resource {
        let id: RecordID
        let text: String
        let kindID: String?
        let holders: [RecordID]
        let openPoint: RecordID?
    }

    struct Hurdle {
        let id: RecordID
        let text: String
        /// The next step that removes it.
        let step: RecordID?
        let isOutside: Bool
    }

    /// One sort of what is still missing, with the names of what it concerns.
    struct Gap {
        let term: Term
        let values: [String]
    }

    /// Who approaches an organisation, until when and how.
    struct Contact {
        let assignee: Name?
        /// Whom there; nobody where no names are wanted.
        let counterpart: String?
        let request: String?
        let format: String?
        /// How often, in words.
        let rhythm: String?
        let interval: Rhythm?
        let due: DueDate?
        let madeAt: Date?
        let state: DialogEngine.Contact.State
        let revision: Int
        /// The record that it is kept with.
        let record: RecordID
    }
}

extension ReportBuilder {
    /// The network without the questions that stay in the group, where others read.
    func network() -> Report.Network? {
        guard let guide = session.dialog.network else { return nil }
        let network = visibleNetwork
        return Report.Network(
            mission: session.mission?.cleaned,
            spheres: guide.spheres.map { Report.Sphere(id: $0.id, title: words[$0.title]) },
            resources: network.resources.map {
                Report.Resource(
                    id: $0.item.id, text: $0.item.name.cleaned, kindID: $0.kind, holders: $0.holders,
                    openPoint: $0.openPoint)
            },
            steps: network.steps.map { ($0.id, $0.name.cleaned) }, hurdles: network.hurdles.map(hurdle),
            gaps: gaps(of: network),
            tasks: guide.tasks, concerns: guide.positions[.opponent])
    }

    /// The organisations that the group names at present, with the places in the order of the guide.
    func organisations() -> [Report.Organisation] {
        visibleNetwork.members.map { member in
            Report.Organisation(
                id: member.id, name: told(member.name),
                aliases: member.merged.map(\.name.cleaned).filter { !$0.isEmpty },
                kind: member.kind, sphere: member.sphere, roles: member.positions,
                positions: member.statements.compactMap(position),
                contact: member.contact.map { contact($0, of: member.contactRecord.id) })
        }
    }

    private var visibleNetwork: Network {
        session.network { audience == .group || !$0.isInternal }
    }

    private func hurdle(_ hurdle: Network.Hurdle) -> Report.Hurdle {
        var step: RecordID?
        if case .step(let found) = hurdle.way { step = found.id }
        return Report.Hurdle(
            id: hurdle.item.id, text: hurdle.item.name.cleaned, step: step, isOutside: hurdle.way == .outside)
    }

    private func gaps(of network: Network) -> [Report.Gap] {
        let gaps = network.gaps(in: session.dialog)
        let all: [Report.Gap] = [
            .init(term: .gapTaskKinds, values: gaps.taskKinds.map { words[$0.title] }),
            .init(term: .gapSpheres, values: gaps.spheres.map { words[$0.title] }),
            .init(term: .gapResources, values: gaps.resources.map(\.item.name.cleaned)),
            .init(term: .gapBenefits, values: gaps.withoutBenefit.map(\.name.cleaned)),
            .init(term: .gapTasks, values: gaps.withoutTask.map(\.name.cleaned)),
            .init(term: .gapHurdles, values: gaps.hurdles.map(\.item.name.cleaned)),
            .init(
                term: .gapContradictory,
                values: network.members.filter { $0.positions.contains(.missing) && $0.isThere }.map(\.name.cleaned)),
        ]
        return all.filter { !$0.values.isEmpty }
    }

    private func position(_ statement: Network.Statement) -> Report.Position? {
        guard let question = session.dialog.question(statement.question) else { return nil }
        let entry = statement.entry
        return Report.Position(
            question: question.id, key: words[question.key],
            entry: Content.Entry(
                source: statement.source, text: entry.text.cleaned, kindID: entry.kind,
                kind: question.answer.kinds.first { $0.id == entry.kind }.map { words[$0.title] }, sectionID: nil,
                subject: entry.subject?.cleaned, detail: entry.detail?.cleaned, cells: [], due: nil,
                organisation: session.organisation(named: entry.text)?.id))
    }

    private func contact(_ contact: Contact, of record: RecordID) -> Report.Contact {
        let plan = contact.plan
        let format = plan.format.map { typed in
            session.dialog.network?.formats.first { $0.id == typed }.map { words[$0.title] } ?? typed.cleaned
        }
        return Report.Contact(
            assignee: naming.assignee(of: plan), counterpart: naming.withNames ? plan.counterpart?.cleaned : nil,
            request: plan.request?.cleaned, format: format, rhythm: plan.rhythm.map { words.text($0.line) },
            interval: plan.rhythm, due: plan.due, madeAt: contact.madeAt, state: contact.state(at: now),
            revision: contact.changedSeq, record: record)
    }
}

extension Network.Member {
    /// Whether it takes part, supports the group or brings something.
    fileprivate var isThere: Bool { !Set(positions).isDisjoint(with: [.partner, .supporter, .holder]) }
}
