import Facilitation

extension Configuration {
    /// The groups as they are led.
    var facilitatedGroups: [Facilitation.Group] {
        groups.map { group in
            Facilitation.Group(
                name: group.name, rooms: group.rooms, guide: guides[group.guide], language: group.language ?? language,
                order: group.order, mode: group.mode, facilitators: group.facilitators,
                anyoneMayStart: anyoneMayStart,
                facilitatorsPropose: (group.proposals ?? proposals) == .facilitators, retentionMonths: retentionMonths,
                concernsRetentionMonths: concernsRetentionMonths, workshop: group.workshop)
        }
    }

    /// The rooms of groups that an adapter carries.
    func channels(of adapter: String) -> [String] {
        groups.flatMap(\.rooms).filter { $0.adapter == adapter }.map(\.name)
    }
}
