// What becomes of proposals, votes and answers.

extension Session {
    mutating func applyAgreeing(_ event: Event) {
        switch event.kind {
        case .skipped(let question, let reason):
            change(question) {
                $0.skipped = reason ?? ""
                $0.skippedBy = event.by
            }
        case .ruledOut(let question, let reason):
            change(question) {
                $0.ruledOut = reason
                $0.draft = nil
            }
        case .proposed(let question, let text, let from, let mentions):
            guard let proposer = event.by else { return }
            note(mentions, by: event.author, at: question)
            let isPrivate = event.source == .private
            let isOnPaper = event.source == .paper
            var proposal = Proposal(
                text: text, proposer: proposer, wordedBy: proposer, from: from, mentions: mentions, votes: [:],
                isPrivate: isPrivate, isOnPaper: isOnPaper ? true : nil, privateVoters: [], at: event.at,
                changedSeq: seq)
            change(question) {
                proposal.earlierObjections = $0.draft?.objections ?? [:]
                proposal.privateVoters = $0.draft?.privateVoters ?? []
                // Whoever copies a wording has not said what she thinks of it.
                if !isOnPaper { proposal.count(.ok, of: proposer, privately: isPrivate) }
                $0.ruledOut = nil
                $0.draft = proposal
            }
            if isOnPaper { countCopied(at: question, by: proposer, \.proposals) }
        case .proposalEdited(let question, let text, let mentions):
            note(mentions, by: event.by, at: question)
            let now = seq
            change(question) {
                guard var draft = $0.draft else { return }
                draft.earlierObjections = draft.objections
                draft.votes = [:]
                if let by = event.by { draft.count(.ok, of: by, privately: event.source == .private) }
                draft.text = text
                draft.wordedBy = event.by ?? draft.wordedBy
                draft.isOnPaper = nil
                draft.mentions = mentions
                draft.changedSeq = now
                $0.draft = draft
            }
        case .proposalWithdrawn(let question):
            change(question) { $0.draft = nil }
        case .voted(let question, let vote):
            guard let voter = event.by else { return }
            let isPrivate = event.source == .private
            change(question) {
                $0.draft?.count(vote, of: voter, privately: isPrivate)
                if $0.draft == nil { $0.agreed?.count(vote, of: voter, privately: isPrivate) }
            }
        case .agreed(let question):
            let now = seq
            change(question) {
                $0.agreed = $0.draft
                $0.agreed?.at = event.at
                $0.agreed?.changedSeq = now
                $0.draft = nil
                $0.skipped = nil
                $0.skippedBy = nil
            }
        default:
            break
        }
    }

    private mutating func change(_ question: Question.ID, _ body: (inout Answer) -> Void) {
        var answer = answers[question] ?? Answer()
        body(&answer)
        answer.changedSeq = seq
        answers[question] = answer
    }
}

extension Proposal {
    /// The last word of each person counts.
    fileprivate mutating func count(_ vote: Vote, of voter: Person.ID, privately isPrivate: Bool) {
        votes[voter] = vote
        earlierObjections[voter] = nil
        privateVoters.removeAll { $0 == voter }
        if isPrivate { privateVoters.append(voter) }
    }
}
