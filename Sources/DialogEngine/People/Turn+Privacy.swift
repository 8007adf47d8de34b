// What is kept about a person: showing it to her, and erasing it.

extension Turn {
    mutating func showMyData() {
        guard let speaker, me != nil else { return tellNothingKept() }
        var lines: [Line] = []
        for record in session.people(with: speaker.identity) { lines += data(about: record) }
        lines.append(Line(.keptUntil, [.date: .day(session.retainedUntil)]))
        if speaker.identity.isConnection { lines.append(Line(.onlyThisConnection)) }
        show(lines, to: .person(speaker.identity))
        add(Output(to: .person(speaker.identity), .circular(.remarks(by: visitor))))
    }

    private mutating func tellNothingKept() {
        acknowledge(speaker?.identity.isConnection == true ? .nothingInThisConnection : .nothingAboutYou)
    }

    private func data(about me: Person) -> [Line] {
        var lines = [Line(.myName, [.name: .text(me.name), .text: .text(me.organisation ?? "–")])]
        for contribution in session.contributions where contribution.author == me.id && contribution.source != .paper {
            let question = session.dialog.question(contribution.question)
            lines.append(
                Line(
                    .myContribution,
                    [
                        .id: .id(contribution.id), .question: question.map(Value.key) ?? .text(""),
                        .text: .text(contribution.text), .date: .day(contribution.at),
                    ]))
        }
        for question in session.allQuestions {
            let answer = session.answer(to: question.id)
            for proposal in [answer.agreed, answer.draft].compactMap({ $0 }) {
                if proposal.proposer == me.id || proposal.wordedBy == me.id, !proposal.cameOnPaper {
                    lines.append(Line(.myProposal, [.question: .key(question), .text: .text(proposal.text)]))
                }
                if let reason = proposal.objections[me.id] {
                    lines.append(Line(.myObjection, [.question: .key(question), .text: .text(reason)]))
                } else if proposal.votes[me.id] != nil, proposal.proposer != me.id {
                    lines.append(Line(.myVote, [.question: .key(question)]))
                }
            }
        }
        lines += session.contributionGroups.filter { $0.by == me.id && !$0.isSplit }.compactMap { group in
            group.text.map { Line(.recapContribution, [.id: .id(group.id), .text: .text($0)]) }
        }
        if let ids = session.dots?.placed[me.id] { lines.append(Line(.myDots, [.ids: .ids(ids)])) }
        lines += session.contributions.filter { $0.suggestedBy == me.id }.map {
            Line(.recapContribution, [.id: .id($0.id), .text: .text($0.suggestion ?? "")])
        }
        lines += session.openPoints.filter { [$0.raisedBy, $0.owner, $0.clearedBy].contains(me.id) }.map {
            Line(.myOpenPoint, [.id: .id($0.id), .text: .text($0.text)])
        }
        lines += session.actions.filter { $0.person == me.id || $0.assignedBy == me.id }.map {
            Line(.myAction, [.id: .id($0.id), .text: .text($0.text)])
        }
        lines += session.parked.filter { $0.by == me.id }.map {
            Line(.myParked, [.id: .id($0.id), .text: .text($0.text)])
        }
        return lines + contactLines(about: me)
    }

    /// Erases what is about the speaker, after she has said so twice.
    mutating func forgetMe(confirmed: Bool) {
        guard let me, let speaker else { return tellNothingKept() }
        if lastingFacilitators.count == 1, me.isFacilitator, session.state != .ended {
            return refuse(.handOverFirst)
        }
        guard confirmed else {
            return acknowledgePrivately(speaker.identity.isConnection ? .confirmForgetConnection : .confirmForget)
        }
        // Asked of the session that still knows her.
        erasing = session.erasure(of: me.id)
        forgetRemarks()
        for id in mine { record(.forgotten(id), by: me.id) }
        acknowledgePrivately(.forgotten)
    }

    /// Erases the whole session, after a facilitator has said so twice.
    mutating func eraseSession(confirmed: Bool) {
        guard confirmed else { return refuse(.confirmErase, [.name: .text(session.name)]) }
        add(Output(to: .asker, .eraseSession))
    }
}
