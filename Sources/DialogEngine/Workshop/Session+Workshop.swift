package import FoundationEssentials

// One group as the facilitator of a workshop sees it, beside the others.

extension Session {
    /// Where the group is: its question, what is agreed, how long it has been silent, who has brought nothing.
    package func overview(of group: String, at now: Date) -> Line {
        guard let question = currentQuestion, state == .running || state == .paused else {
            return Line(state == .ended ? .groupEnded : .groupWithoutSession, [.name: .text(group)])
        }
        let agreed = questions.count { self.state(of: $0.id) == .agreed }
        let minutes = minutesQuiet(at: now)
        var parts: [Value] = [
            state == .paused
                ? .line(Line(.groupPaused))
                : .line(minutes == 0 ? Line(.groupActive) : Line(.groupSilent, [.count: .count(minutes)]))
        ]
        if let gallery {
            let values: [Phrase.Slot: Value] = [
                .number: .count(gallery.place + 1), .total: .count(gallery.exhibits.count),
            ]
            parts.insert(.line(Line(.groupInGallery, values)), at: 0)
        }
        let unheard = unheard(at: question)
        if !unheard.isEmpty { parts.append(.line(Line(.groupUnheard, [.names: .list(unheard.map(Value.text))]))) }
        return Line(
            .groupOverview,
            [
                .name: .text(group), .question: .key(question), .count: .count(agreed),
                .total: .count(questions.count), .values: .list(parts),
            ])
    }

    /// For how many minutes nobody has brought or decided anything.
    package func minutesQuiet(at now: Date) -> Int {
        max(Int(saturating: now.timeIntervalSince(heardAt ?? startedAt) / 60), 0)
    }

    /// What the group has to a question; a guide without it has nothing.
    package func comparison(of group: String, question id: Question.ID) -> Line {
        let answer = answer(to: id)
        let name: Value = .text(group)
        switch state(of: id) {
        case .agreed: return Line(.groupAgreed, [.name: name, .text: .text(answer.agreed?.text ?? "")])
        case .draft: return Line(.groupDraft, [.name: name, .text: .text(answer.draft?.text ?? "")])
        case .notApplicable: return Line(.groupRuledOut, [.name: name, .text: .text(answer.ruledOut ?? "")])
        case .empty: return Line(.groupEmpty, [.name: name])
        case .collected:
            let statements = statements(to: id)
            return Line(
                .groupCollected,
                [
                    .name: name, .total: .count(statements.count),
                    .values: .list(statements.map { .text("\($0.id) \($0.text)") }),
                ])
        }
    }

    /// The names of those who are here and have not brought anything to the question.
    private func unheard(at question: Question) -> [String] {
        let answer = answer(to: question.id)
        let heard = Set(
            liveContributions(to: question.id).compactMap(\.author) + (answer.draft?.voters ?? [])
                + (answer.agreed?.voters ?? []) + ready)
        return people.filter { $0.isPresent && !$0.isFacilitator && !$0.isForgotten && !heard.contains($0.id) }
            .map(\.name)
    }
}
