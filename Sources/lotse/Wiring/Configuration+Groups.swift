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

    /// Whom the rooms are open to, where a group says so: the accounts without the adapter in front.
    func members(of adapter: String) -> [String: Set<String>] {
        var members: [String: Set<String>] = [:]
        for group in groups {
            guard let listed = group.members else { continue }
            let accounts = listed.union(group.facilitators).compactMap(Room.init).filter { $0.adapter == adapter }
            for room in group.rooms where room.adapter == adapter { members[room.name] = Set(accounts.map(\.name)) }
        }
        return members
    }
}
