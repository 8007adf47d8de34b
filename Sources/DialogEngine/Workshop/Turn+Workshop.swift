// What concerns all groups of a workshop. A session knows only its own group: it says what is to be carried to the others.

extension Turn {
    /// Goes to the facilitator alone: participants do not see other groups.
    mutating func showGroups(_ name: String?) {
        guard let name else { return answerPrivately(.circular(.overview), .answeredPrivately) }
        guard let question = find(name) else { return }
        answerPrivately(.circular(.comparison(question.id)), .answeredPrivately)
    }

    /// Carries to every group what leads a group and nothing else; each decides on it by its own rights and guard rails.
    mutating func tellAll(_ command: Command, _ typed: String) {
        guard command.isForAllGroups, let speaker else { return refuse(.onlyLeadingForAll) }
        add(Output(to: .person(speaker.identity), .circular(.instruction(typed))))
    }
}

extension Command {
    /// Whether it leads a group, so that it may be said to all of them.
    fileprivate var isForAllGroups: Bool {
        if case .all = self { return false }
        return right == .lead
    }
}
