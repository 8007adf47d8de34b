import FoundationEssentials

// Lines that a client cut in two, because they were too long for its network.

extension Turn {
    /// How many bytes a text has at least that a network's limit for a line has cut: IRC's are 512 with all around it.
    private static let nearlyALine = 400
    /// The time, in seconds, in which the rest of a line that was cut follows: at once, but irssi waits 2 s and one for
    /// every 100 bytes that it sent before.
    private static let pause = 8.0
    /// The time for the rest of a text that could end where it does.
    private static let shortPause = 3.0

    /// Puts a plain line behind what the speaker said a moment ago, if her client cut that; false for any other line.
    mutating func continues(with text: String) -> Bool {
        if let beginning = cutContribution {
            complete(beginning, with: text)
        } else if let (question, beginning) = cutProposal {
            editProposal(at: question, beginning.text + " " + text)
        } else {
            return false
        }
        return true
    }

    /// The speaker's contribution, if her client cut it a moment ago.
    private var cutContribution: Contribution? {
        let recent = session.contributions.reversed().prefix { isRecent($0.changedAt ?? $0.at) }
        guard let last = recent.first(where: { isMine($0.author) }), !last.isWithdrawn, last.source == source,
            isCut(last.text, at: last.changedAt ?? last.at)
        else { return nil }
        // Its last piece was cut as well, or nothing follows any more.
        return last.addedBytes ?? Self.nearlyALine < Self.nearlyALine ? nil : last
    }

    private var cutProposal: (Question, Proposal)? {
        guard let question = session.currentQuestion, let draft = session.answer(to: question.id).draft,
            isRecent(draft.at), isMine(draft.wordedBy), isCut(draft.text, at: draft.at)
        else { return nil }
        return (question, draft)
    }

    private func isRecent(_ moment: Date, within seconds: Double = pause) -> Bool {
        abs(at.timeIntervalSince(moment)) <= seconds
    }

    private func isCut(_ text: String, at moment: Date) -> Bool {
        let mayEnd = text.last.map { ".!?…".contains($0) } ?? true
        return (source == .chat || source == .private) && text.utf8.count >= Self.nearlyALine
            && isRecent(moment, within: mayEnd ? Self.shortPause : Self.pause)
            && (session.state == .running || session.state == .paused)
    }

    private mutating func complete(_ beginning: Contribution, with text: String) {
        guard let question = session.dialog.question(beginning.question) else { return }
        let whole = beginning.text + " " + text
        guard !refuses(whole, at: question, insteadOf: beginning.text) else { return }
        record(.contributionEdited(beginning.id, text: whole, mentions: mentions(in: whole, of: question)))
        acknowledge(.continued, [.id: .id(beginning.id), .text: .text(text.shortened(to: 40))])
        if source == .private, !beginning.isHidden {
            say(.contributedPrivately, [.id: .id(beginning.id), .question: .key(question), .text: .text(whole)])
        }
    }
}
