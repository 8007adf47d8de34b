// The mission: what the problem is, written by everybody for herself, agreed on, and repeated at each step.

extension Turn {
    /// Offers whoever leads to the question about it, while nobody has written anything, that everybody first writes for
    /// herself.
    ///
    /// At the terminal one person writes, to whom it would be of no use.
    mutating func offerSilence() {
        guard let question = session.missionQuestion, question.id == session.current, source != .console, hasPrivateWay,
            session.state(of: question.id) == .empty
        else { return }
        acknowledge(.missionOfferSilence)
    }

    /// After what was written in silence stands side by side, the way to one sentence.
    mutating func askForMission(at question: Question.ID) {
        guard question == session.missionQuestion?.id else { return }
        say(.missionFromSilence)
    }

    /// Says, with the agreed sentence, what becomes of it.
    mutating func tellMission(agreedAt question: Question) {
        guard question.id == session.missionQuestion?.id, session.agreedMission != nil else { return }
        say(.missionAgreed)
    }

    /// Repeats it where a step begins.
    mutating func repeatMission() {
        guard let mission = session.agreedMission else { return }
        say(.mission, [.text: .text(mission)])
    }
}
