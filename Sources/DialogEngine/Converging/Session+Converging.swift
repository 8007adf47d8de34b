// Groups of contributions, and votes with dots.

extension Session {
    mutating func applyConverging(_ event: Event) {
        switch event.kind {
        case .contributionsGrouped(let id, let question, let members, let text):
            contributionGroups.append(
                ContributionGroup(id: id, question: question, members: members, by: event.by, text: text))
        case .groupSplit(let id):
            guard let index = contributionGroups.place(of: id) else { return }
            contributionGroups[index].isSplit = true
        case .dotsOpened(let question, let each):
            dots = DotVote(question: question, each: each)
        case .dotsPlaced(let ids):
            if let person = event.by { dots?.placed[person] = ids.isEmpty ? nil : ids }
        case .dotsClosed:
            guard let vote = dots else { return }
            answers[vote.question, default: Answer()].dots = tally(vote)
            dots = nil
        default:
            break
        }
    }
}
