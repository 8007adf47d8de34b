/// What a person can ask for with `!` and a word; the word itself is wording.
public enum Verb: String, Hashable, Sendable, CaseIterable {
    case contribute, append, propose, raise, consent, object, abstain, agree
    case start, end, pause, resume
    case addFacilitator = "add_facilitator"
    case removeFacilitator = "remove_facilitator"
    case listFacilitators = "list_facilitators"
    case vouch, here, away, next, back, goto, skip
    case ruleOut = "rule_out"
    case order, question, status
    case openItems = "open_items"
    case recap, collect, talk, silence, reveal, edit, withdraw
    case askExpert = "ask_expert"
    case clear, park, parked, action, done, time, help, explain, example, language
    case privately = "private"
    case leave
    case myData = "my_data"
    case forgetMe = "forget_me"
    case minutes, export
    case eraseSession = "erase_session"
    case more

    // Being ready, speaking, converging
    case ready
    case joinQueue = "join_queue"
    case leaveQueue = "leave_queue"
    case showQueue = "show_queue"
    case floor, nudge, group, dots, dot

    // All groups of a workshop
    case groups, all, gallery, remark, remarks

    // The network
    case addOrganisation = "add_organisation"
    case describeOrganisation = "describe_organisation"
    case listOrganisations = "list_organisations"
    case merge, split
    case noHolder = "no_holder"
    case hurdle, contact, map, factors

    // The guide, and paper
    case guide, worksheet, paper

    /// Whether it cannot be taken back, so that it wants to be typed whole.
    var isFinal: Bool {
        switch self {
        case .agree, .end, .forgetMe, .eraseSession: true
        default: false
        }
    }

    /// Whether people type it without the mark when they mean it, and hardly ever as an answer.
    var isTypedBare: Bool {
        switch self {
        case .next, .back, .end, .pause, .resume, .start, .skip, .consent, .ready, .status, .more,
            .listFacilitators:
            true
        default: false
        }
    }

    /// Whether the call alone on a line is enough, without the mark.
    var needsNoMark: Bool {
        switch self {
        case .joinQueue, .leaveQueue, .showQueue: true
        default: false
        }
    }
}

/// A word that people use behind a verb or in a date.
public enum Word: String, Hashable, Sendable, CaseIterable {
    case until, from, off, confirmed
    /// Behind the verbs for the gallery walk and for copying from paper: it is over.
    case finish
    /// Before the name of a session that begins although another one could go on.
    case anew
    case withoutNames = "without_names"
    case yesterday, today, tomorrow
    case dayAfterTomorrow = "day_after_tomorrow"
    case `in`, clock, at, minutes, hours, days, weeks, months, weekdays
    case monthNames = "month_names"
    case next
    /// The speaker herself, as whoever takes a task.
    case myself
    /// Behind the verb for help: all verbs, or the guide.
    case everything, guide
    /// Before the person who is to speak, and before the text of a group.
    case to, `as`

    // Positions
    case partner, supporter, holder, missing, opponent
    // Kinds of organisations
    case organisation, group, person
    /// What is said about an organisation or a contact, before `=`.
    case task, benefit, sphere, kind, format, rhythm, counterpart, request
    /// Of the guide: its file compared with it, the file's version taken over, the one before taken back.
    case comparison, adopt, goBack = "go_back"
    /// Before whoever wrote on paper.
    case by
    /// Of a hurdle: not in the group's hands. Of a contact: it has been made.
    case outside, large, made
}
