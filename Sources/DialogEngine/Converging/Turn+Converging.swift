// Bringing contributions together: groups, likeness, dots.

extension Turn {
    // MARK: Groups

    /// Makes one of several contributions; a group among them gives up its members, and its text where none is given.
    mutating func group(_ ids: [RecordID], as text: String?) {
        guard !refuses(ids) else { return }
        var members: [RecordID] = []
        var former: [Statement] = []
        for id in ids {
            guard let statement = session.statement(id) else { return refuse(.noSuchRecord, [.id: .id(id)]) }
            let question = session.statement(members.first ?? id)?.question
            guard statement.question == question else { return refuseFromElsewhere(statement) }
            if let group = session.group(of: id), !ids.contains(group.id) {
                return refuse(.alreadyGrouped, [.id: .id(id), .record: .id(group.id)])
            }
            if id.kind == .group { former.append(statement) }
            members += (id.kind == .group ? statement.members : [id]).filter { !members.contains($0) }
        }
        let isAsItWas = former.first?.members == members && text == nil
        guard members.count > 1, !isAsItWas, let question = session.contribution(members[0])?.question else {
            return refuse(.groupOfOne)
        }
        let kept = former.first.flatMap { session.contributionGroup($0.id) }?.text
        for group in former { record(.groupSplit(group.id)) }
        let id = nextID(.group)
        record(.contributionsGrouped(id, question: question, members: members, text: text ?? kept))
        say(
            .grouped,
            [.id: .id(id), .ids: .ids(members), .text: .text(session.statement(id)?.text ?? "")])
    }

    mutating func ungroup(_ id: RecordID) {
        guard id.kind == .group, let group = session.statement(id) else { return refuse(.noSuchRecord, [.id: .id(id)]) }
        record(.groupSplit(id))
        say(.groupSplit, [.id: .id(id), .ids: .ids(group.members)])
    }

    /// Tells facilitators of an earlier statement that says nearly the same. What becomes of it is theirs to decide.
    mutating func offerLikeness(of id: RecordID) {
        guard session.group(of: id) == nil, let like = session.statementLike(id) else { return }
        say(.alike, [.id: .id(id), .record: .id(like)], to: .facilitators)
    }

    // MARK: Dots

    mutating func dots(_ dotting: Dotting) {
        switch dotting {
        case .open(let each): openDots(each: each)
        case .close:
            guard session.dots != nil else { return refuse(.noDots) }
            closeDots()
        case .show:
            guard let vote = session.dots, let question = session.dialog.question(vote.question) else {
                return refuse(.noDots)
            }
            acknowledge(.dotsUnderWay, [.question: .key(question), .total: .count(vote.placed.count)])
        }
    }

    private mutating func openDots(each: Int) {
        guard session.dots == nil else { return refuse(.dotsAreOpen) }
        guard let question = session.currentQuestion else { return }
        let statements = session.statements(to: question.id)
        guard statements.count > 1 else { return refuse(.nothingToDot, [.question: .key(question)]) }
        record(.dotsOpened(question.id, each: each))
        say(
            .dotsOpened,
            [
                .question: .key(question), .count: .count(each), .ids: .ids(statements.map(\.id)),
                .record: .id(statements[0].id),
            ])
    }

    /// The last word of each person counts, over whichever connection she said it.
    mutating func placeDots(_ ids: [RecordID]) {
        guard let vote = session.dots else { return refuse(.noDots) }
        guard ids.count <= vote.each else { return refuse(.tooManyDots, [.count: .count(vote.each)]) }
        for id in ids {
            guard let statement = session.statement(id) else { return refuse(.noSuchRecord, [.id: .id(id)]) }
            guard statement.question == vote.question else { return refuseFromElsewhere(statement) }
        }
        let id = meet()
        for other in mine where other != id && vote.placed[other] != nil { record(.dotsPlaced([]), by: other) }
        record(.dotsPlaced(ids))
        let left = vote.each - ids.count
        guard left > 0 else { return acknowledgePrivately(.dotsAllPlaced, [.ids: .ids(ids)]) }
        acknowledgePrivately(.dotsPlaced, [.count: .count(left), .ids: .ids(ids)])
    }

    /// Shows where the dots lie; equal counts share a place. Does nothing where no vote is open.
    mutating func closeDots() {
        guard let vote = session.dots, let question = session.dialog.question(vote.question) else { return }
        let voters = vote.placed.count
        record(.dotsClosed)
        let counts = session.answer(to: question.id).dots ?? []
        guard !counts.isEmpty else { return say(.dotsNone, [.question: .key(question)]) }
        let lines = counts.map { result in
            let place = counts.count { $0.count > result.count } + 1
            return Line(
                .dotsItem,
                [
                    .number: .count(place), .id: .id(result.id), .count: .count(result.count),
                    .text: .text(session.statement(result.id)?.text ?? ""),
                ])
        }
        show([Line(.dotsClosed, [.question: .key(question), .total: .count(voters)])] + lines, to: .room)
    }
}
