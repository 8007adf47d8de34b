/// What a person asks of the machine, free of any language.
///
/// Texts are trimmed and not empty, but for what takes the place of another one. Questions and people are named as typed;
/// the machine finds out who is meant. Where a question is nil, it is the present one.
public indirect enum Command: Hashable, Sendable {
    // Saying
    /// A line without any mark: a contribution where plain lines count, else talk.
    case plain(String)
    /// A line that begins with `//`: talk, always.
    case aside
    case contribute(String, question: String?)
    case raise(String)
    /// A line that is no contribution, wherever plain lines count.
    case bare(Bare)
    /// A verb alone, as it was typed, without its mark.
    case bareVerb(String)
    /// The rest of what the speaker said before, which her client cut; where it is not sure that it is, she is asked.
    case goOn(Command, with: String, isSure: Bool)
    /// To be added to what the speaker said before: a text, or the line about which she was asked.
    case append(String?)
    /// A text that was to be private, said where it is not.
    case privately(String)

    // Agreeing
    /// A wording, or the contributions that it is to be made from, or both.
    case propose(String?, from: [RecordID])
    /// To the proposal at a question, or to the edit that is suggested for a contribution.
    case consent(String?)
    /// The reason, with a question's key and a colon before it where another question is meant.
    case object(String)
    case abstain(String?)
    case agree(String?)

    // Correcting
    /// What is nil stays as it is; only tasks have a date.
    case edit(RecordID, String?, due: DueDate? = nil)
    /// Puts another text in the place of one in what the speaker said last.
    case substitute(String, by: String)
    /// A contribution, an open point, a task, something parked or a remark; without an id the speaker's open proposal, else her latest contribution.
    case withdraw(RecordID?)

    // Leading
    /// Anew also where a session has ended lately, which could go on.
    case start(name: String?, anew: Bool = false)
    case end(confirmed: Bool)
    case pause(until: DueDate?)
    case resume
    case addFacilitator(String)
    case removeFacilitator(String)
    case listFacilitators
    /// Who is here under the first name is who was here under the second, or under the same.
    case vouch(String, as: String?)
    /// A one-time code that is not good, or was said where others could read it.
    case redeem(String)
    case next(confirmed: Bool)
    case back
    case goTo(String)
    case skip(String?)
    case ruleOut(String)
    case order(String?)
    case mode(Mode)
    case silence(minutes: Int)
    case reveal
    case timebox(Timeboxing)

    // Following up
    case askExpert(RecordID, String, due: DueDate?)
    case clear(RecordID, String)
    case park(String)
    case showParked
    /// To a name, or to the speaker.
    case assign(to: String?, String, due: DueDate?)
    case finish(RecordID)

    // Who is ready, who speaks, who has not been heard
    /// The speaker is done with the present question.
    case ready
    case queue(Queueing)
    /// To the named person; without a name to the first in the queue.
    case giveFloor(to: String?)
    /// Whether those who have brought nothing are asked privately, once a question.
    case nudge(Bool)

    // Converging
    /// Contributions become one, under a text of their own where there is one; a group among them is taken in.
    case group([RecordID], as: String?)
    case dots(Dotting)
    /// All of the speaker's dots, in place of those before.
    case placeDots([RecordID])

    // All groups of a workshop
    /// Where each group is, or what each has to the named question.
    case groups(question: String?)
    /// To every group, as it was typed behind the verb.
    case all(Command, typed: String)
    /// A text of the facilitator's that every group hears.
    case announce(String)

    // The gallery walk
    /// All groups read each other's agreed answers: to the named question, or to those that several have agreed on.
    case openGallery(question: String?)
    case closeGalleries
    case remark(String)
    case withdrawRemark(RecordID, of: String)
    /// What others have remarked, on all answers or on the one to the named question.
    case showRemarks(question: String?)

    // The network
    /// An organisation in a position; without one, at the present question.
    case addOrganisation(String, as: NetworkPosition?, detail: String?)
    case describeOrganisation(RecordID, OrganisationDescription)
    case showOrganisations
    /// The second record means the same as the first.
    case merge(RecordID, RecordID)
    /// Records that were merged, or contributions that were grouped, stand for themselves again.
    case split(RecordID)
    /// Nobody can bring a resource; without an id, the one that is being asked for.
    case noHolder(RecordID?)
    case resolveHurdle(RecordID, Item.Resolution)
    case planContact(RecordID, ContactPlan)
    case makeContact(RecordID)
    case showContacts
    case showMap
    case showFactors

    // Looking
    /// A question with all that the group has to it.
    case question(String?)
    case status
    case openItems
    case recap
    case help(HelpTopic)
    case explain
    case example
    case more
    /// How one leaves.
    case leave

    // The guide, and paper
    case guide(GuideRequest)
    /// A sheet to write on by hand, in the named order of the questions.
    case worksheet(order: String?)
    case paper(PaperRequest)
    /// A line that somebody copies from paper.
    case copy(PaperLine)

    // Oneself
    case here(name: String?, organisation: String?)
    case away
    case language(Language)
    case myData
    case forgetMe(confirmed: Bool)

    // Taking home
    case minutes(withNames: Bool)
    case export(OutcomeFormat, withNames: Bool)

    /// Erases the whole session.
    case eraseSession(confirmed: Bool)

    // What could not be read
    /// A line meant for the bot that no verb fits, with the nearest one.
    case unknown(String, nearest: String?)
    /// A known verb, by its language-free name, whose words do not fit.
    case incomplete(String, Misreading)
}

/// What somebody says about an organisation's record, as typed.
public struct OrganisationDescription: Hashable, Sendable {
    public var task: String?
    public var benefit: String?
    public var sphere: String?
    public var kind: Organisation.Kind?

    public init(
        task: String? = nil, benefit: String? = nil, sphere: String? = nil, kind: Organisation.Kind? = nil
    ) {
        self.task = task
        self.benefit = benefit
        self.sphere = sphere
        self.kind = kind
    }
}

/// What a line without a mark and without content is.
public enum Bare: String, Hashable, Sendable {
    /// Nothing but the mark of verbs.
    case mark
    /// The word for help alone.
    case help
    /// A word alone by which people want to leave, such as `exit`.
    case leave
}

/// What help is asked for.
public enum HelpTopic: Hashable, Sendable, Codable {
    /// What can be done right now.
    case moment
    /// The guide and its steps.
    case guide
    /// One verb, by its language-free name, or as typed where there is none.
    case verb(String)
    case allVerbs
}

/// Why the words behind a verb could not be read.
public enum Misreading: String, Hashable, Sendable {
    case missing, badDate, noSuchDay, pastDate, badNumber, badID, badLanguage, badFormat, badRhythm
}

/// What `!zeit` asks for.
public enum Timeboxing: Hashable, Sendable {
    case set(minutes: Int)
    /// By so many minutes; sets a limit where there is none.
    case extend(minutes: Int)
    case off
    case show
}

/// What is asked of the speaker queue.
public enum Queueing: String, Hashable, Sendable {
    case join, leave, show
}

/// What `!punkte` asks for.
public enum Dotting: Hashable, Sendable {
    /// So many dots for each person.
    case open(each: Int)
    case close
    case show
}

/// How plain lines in the room are taken.
public enum Mode: String, Hashable, Sendable, Codable {
    /// Only marked lines count.
    case talk
    /// Every line counts, except those that begin with `//`.
    case collect
}

/// A form in which a session is handed over.
public enum OutcomeFormat: String, Hashable, Sendable, Codable, CaseIterable {
    case markdown = "md"
    case html, json, csv, ics, svg, dot
    /// The summary in large print.
    case large

    /// What the file's name ends with.
    public var fileEnding: String { self == .large ? OutcomeFormat.html.rawValue : rawValue }
}

/// A short id that people type, such as `B7`; never used twice within a session.
public struct RecordID: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case contribution = "B"
        case openPoint = "K"
        case organisation = "O"
        case action = "A"
        case parked = "P"
        case group = "G"
        case resource = "R"
        case step = "N"
        case hurdle = "H"
        case remark = "M"
    }

    public let kind: Kind
    public let number: Int

    public init(_ kind: Kind, _ number: Int) {
        self.kind = kind
        self.number = number
    }

    /// Reads `B7`, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let letter = text.first, let kind = Kind(rawValue: letter.uppercased()),
            let number = Int(text.dropFirst()), number > 0, text.dropFirst().allSatisfy(\.isNumber)
        else { return nil }
        self.init(kind, number)
    }

    public var description: String { "\(kind.rawValue)\(number)" }

    public static func < (lhs: RecordID, rhs: RecordID) -> Bool {
        (lhs.kind.rawValue, lhs.number) < (rhs.kind.rawValue, rhs.number)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = RecordID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a record id")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
