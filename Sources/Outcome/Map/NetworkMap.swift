import DialogEngine
import Wording

/// What the map of the network shows: the mission in the middle, around it the organisations, the closer the surer.
///
/// | ring | stands there                       |
/// |------|------------------------------------|
/// | 1    | who works with the group already   |
/// | 2    | who supports it or brings something |
/// | 3    | who is still missing               |
/// | 4    | who may have concerns; only for the group itself |
///
/// An organisation with several positions stands in the innermost ring of them, and names them all. Where spheres are
/// known, each has a sector.
struct NetworkMap {
    let report: Report
    let words: Words

    /// The sheet of one organisation.
    struct Card {
        let organisation: Report.Organisation
        let ring: Int
        /// The place of its sphere among the sectors.
        let sector: Int
        /// What it is to the group, in words.
        let roles: String
        let name: String
        /// What it brings, behind a plus sign, and its tasks.
        let facts: [String]
        let contact: ContactSign?
    }

    /// How far the contact to an organisation is: a sign, and the same in words.
    struct ContactSign {
        let state: DialogEngine.Contact.State
        let text: String
    }

    static let ringCount = 4

    /// The title of each sector; the last one without a title takes who has no sphere. One without a title if nobody has any.
    var sectors: [Report.Sphere?] {
        let spheres = report.network?.spheres ?? []
        let used = Set(report.organisations.compactMap(\.sphere))
        guard !used.isEmpty else { return [nil] }
        let isEverybodySomewhere = report.organisations.allSatisfy { $0.sphere != nil }
        return spheres.map(Optional.some) + (isEverybodySomewhere ? [] : [nil])
    }

    /// The cards in the order of the layout: by ring, then by sector, then as they were named.
    var cards: [Card] {
        let sectors = sectors
        let cards = report.organisations.map { organisation in
            Card(
                organisation: organisation, ring: ring(of: organisation),
                sector: sectors.firstIndex { $0?.id == organisation.sphere } ?? 0,
                roles: shownRoles(of: organisation).map { words.text(Line($0.phrase)) }.joined(separator: " · "),
                name: organisation.name, facts: brought(by: organisation).map { "+ \($0)" } + tasks(of: organisation),
                contact: organisation.contact.map(sign))
        }
        return (0..<Self.ringCount).flatMap { ring in
            sectors.indices.flatMap { sector in cards.filter { $0.ring == ring && $0.sector == sector } }
        }
    }

    /// Who also brings something has it named on the card.
    private func shownRoles(of organisation: Report.Organisation) -> [NetworkPosition] {
        organisation.roles.count > 1 ? organisation.roles.filter { $0 != .holder } : organisation.roles
    }

    private func ring(of organisation: Report.Organisation) -> Int {
        let roles = organisation.roles
        if roles.contains(.partner) { return 0 }
        if roles.contains(.supporter) { return 1 }
        if roles.contains(.missing) { return 2 }
        return roles == [.opponent] ? 3 : 1
    }

    /// What it can bring, in one text.
    private func brought(by organisation: Report.Organisation) -> [String] {
        let resources = organisation.positions.compactMap(\.entry.subject)
        return resources.isEmpty ? [] : [resources.joined(separator: ", ")]
    }

    /// Its tasks, and its concerns where they may be told.
    private func tasks(of organisation: Report.Organisation) -> [String] {
        organisation.positions.compactMap { position in
            switch position.question {
            case report.network?.tasks:
                position.entry.detail.map { detail in position.entry.kind.map { "\($0): \(detail)" } ?? detail }
            case report.network?.concerns: position.entry.detail
            default: nil
            }
        }
    }

    private func sign(_ contact: Report.Contact) -> ContactSign {
        // A date alone is one that is planned; the sign says so too.
        var parts = contact.state == .planned && contact.due != nil ? [] : [words[contact.state.term]]
        if let day = contact.due?.moment ?? contact.madeAt { parts.append(words.dayAndMonth(day)) }
        if let assignee = contact.assignee { parts.append(assignee.text) }
        return ContactSign(state: contact.state, text: parts.joined(separator: " "))
    }

    // MARK: The same in words

    /// Everything that the picture shows, a line each.
    var lines: [String] {
        let mission = report.network?.mission.map { ["\(words[.mission]): \($0)"] } ?? []
        guard !report.organisations.isEmpty else { return mission + [words[.noOrganisations]] }
        // In the order of the picture, from the inside; each once, with everything that it is to the group.
        let members = cards.map { text($0.organisation) }
        return mission + members + gaps
    }

    var gaps: [String] {
        (report.network?.gaps ?? []).map { "\(words[$0.term]): \($0.values.joined(separator: ", "))" }
    }

    private func text(_ organisation: Report.Organisation) -> String {
        let roles = organisation.roles.map { words.text(Line($0.phrase)) }.joined(separator: ", ")
        var parts = brought(by: organisation).map { "\(words[.brings]): \($0)" } + tasks(of: organisation)
        if let sphere = report.network?.spheres.first(where: { $0.id == organisation.sphere }) {
            parts.insert(sphere.title, at: 0)
        }
        if let contact = organisation.contact { parts.append("\(words[.contact]): \(sign(contact).text)") }
        let name = roles.isEmpty ? organisation.name : "\(organisation.name): \(roles)"
        return name + (parts.isEmpty ? "" : " (\(parts.joined(separator: " · ")))")
    }
}

extension DialogEngine.Contact.State {
    var term: Term {
        switch self {
        case .planned: .contactPlanned
        case .overdue: .contactOverdue
        case .made: .contactMade
        }
    }
}
