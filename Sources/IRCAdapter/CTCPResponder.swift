import IRCProtocol

/// Answers CTCP questions, at most five in ten seconds: a flood of them must not use up what the group needs.
struct CTCPResponder: Hashable, Sendable {
    static let limit = 5
    static let window = Duration.seconds(10)

    private var answered: [Duration] = []

    /// The answer to `question`, or nil if there is none or too many were given lately.
    mutating func answer(_ question: CTCP, at moment: Moment) -> CTCP? {
        answered.removeAll { moment.uptime - $0 >= Self.window }
        guard answered.count < Self.limit, let answer = Self.answer(question, at: moment) else { return nil }
        answered.append(moment.uptime)
        return answer
    }

    private static func answer(_ question: CTCP, at moment: Moment) -> CTCP? {
        switch question.command {
        case "VERSION": CTCP("VERSION", "Lotse")
        case "PING": CTCP("PING", question.text)
        case "TIME": CTCP("TIME", ServerTime.render(moment.date))
        case "CLIENTINFO": CTCP("CLIENTINFO", "ACTION CLIENTINFO PING TIME VERSION")
        default: nil
        }
    }
}
