// The map as text, and the factors that a network lives by.

extension Turn {
    /// What the picture shows, in words: the mission, the organisations by position, what is missing.
    mutating func showMap() {
        guard session.dialog.network != nil else { return refuse(.noNetwork) }
        let network = session.network
        var lines = session.mission.map { [Line(.mapMission, [.text: .text($0)])] } ?? []
        for position in NetworkPosition.allCases {
            let members = network.members(as: position)
            guard !members.isEmpty else { continue }
            lines.append(
                Line(
                    .mapPosition,
                    [
                        .state: .line(Line(position.phrase)), .total: .count(members.count),
                        .names: .names(members.map(\.name)),
                    ]))
        }
        lines += gapLines(network)
        lines.append(Line(role == .facilitator ? .mapAsPicture : .mapFromFacilitator))
        show(lines)
    }

    /// Each factor with the answers that support it and with what is missing; no score.
    mutating func showFactors() {
        let factors = session.dialog.network?.factors ?? []
        guard !factors.isEmpty else { return refuse(.noNetwork) }
        let network = session.network
        show(factors.map { factor in line(factor, network) })
    }

    private func line(_ factor: SuccessFactor, _ network: Network) -> Line {
        let evidence = factor.evidence(in: session, network)
        var parts: [Value] = []
        if !evidence.answered.isEmpty || !evidence.members.isEmpty {
            let values = evidence.answered.map(Value.key) + evidence.members.map { .text($0.name) }
            parts.append(.line(Line(.factorEvidence, [.names: .list(values)])))
        }
        if !evidence.open.isEmpty || !evidence.resources.isEmpty || evidence.lacksSphere {
            var values = evidence.open.map(Value.key) + evidence.resources.map { .text($0.item.name) }
            let sphere = session.dialog.network?.spheres.first { $0.id == factor.sphere }
            if evidence.lacksSphere, let sphere { values.append(.localized(sphere.title)) }
            parts.append(.line(Line(.factorMissing, [.names: .list(values)])))
        }
        return Line(.factorItem, [.text: .localized(factor.title), .parts: .list(parts)])
    }
}

extension SuccessFactor {
    /// What speaks for a factor in a session, and what is missing.
    package struct Evidence: Hashable, Sendable {
        package var answered: [Question] = []
        package var open: [Question] = []
        /// The organisations of the factor's sphere.
        package var members: [Network.Member] = []
        package var lacksSphere = false
        /// The resources that nobody brings, where the factor is about them.
        package var resources: [Network.Resource] = []
    }

    package func evidence(in session: Session, _ network: Network) -> Evidence {
        var evidence = Evidence()
        for question in questions.compactMap({ session.dialog.question($0) }) {
            switch session.state(of: question.id) {
            case .collected, .draft, .agreed: evidence.answered.append(question)
            case .empty: evidence.open.append(question)
            case .notApplicable: break
            }
        }
        if let sphere {
            evidence.members = network.members.filter { $0.sphere == sphere && $0.positions != [.opponent] }
            evidence.lacksSphere = evidence.members.isEmpty
        }
        if let holders = session.dialog.network?.positions[.holder], questions.contains(holders) {
            evidence.resources = network.unmatched
        }
        return evidence
    }
}
