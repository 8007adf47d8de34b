/// What a network still lacks, as far as it can be told from its records; findings, not errors.
package struct NetworkGaps: Hashable, Sendable {
    /// The kinds of tasks that nobody has, where there are tasks.
    package var taskKinds: [AnswerShape.Label] = []
    package var withoutBenefit: [Network.Member] = []
    package var withoutTask: [Network.Member] = []
    /// The spheres that no organisation belongs to, where some belong to one.
    package var spheres: [AnswerShape.Label] = []
    package var resources: [Network.Resource] = []
    package var hurdles: [Network.Hurdle] = []
}

extension Network {
    package func gaps(in dialog: Dialog) -> NetworkGaps {
        var gaps = NetworkGaps()
        guard let guide = dialog.network else { return gaps }
        let tasked = members.filter { !$0.statements(at: guide.tasks).isEmpty }
        let benefiting = members.filter { !$0.statements(at: guide.benefits).isEmpty }
        if !tasked.isEmpty {
            let taken = Set(tasked.flatMap { $0.statements(at: guide.tasks) }.compactMap(\.entry.kind))
            let kinds = guide.tasks.flatMap { dialog.question($0) }?.answer.kinds ?? []
            gaps.taskKinds = kinds.filter { !taken.contains($0.id) }
            let ids = Set(tasked.map(\.id))
            gaps.withoutTask = benefiting.filter { !ids.contains($0.id) }
        }
        if !benefiting.isEmpty {
            let ids = Set(benefiting.map(\.id))
            gaps.withoutBenefit = tasked.filter { !ids.contains($0.id) }
        }
        let spheres = Set(members.compactMap(\.sphere))
        if !spheres.isEmpty { gaps.spheres = guide.spheres.filter { !spheres.contains($0.id) } }
        if guide.positions[.holder] != nil { gaps.resources = unmatched }
        gaps.hurdles = hurdles.filter { !$0.isSettled }
        return gaps
    }
}
