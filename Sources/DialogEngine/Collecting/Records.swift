public import FoundationEssentials

/// A person who takes part in a session, known by a number of that session.
public struct Person: Hashable, Sendable, Codable {
    public typealias ID = Int
    public let id: ID
    public internal(set) var identity: Identity
    /// The name that others see: the one she introduced herself with, else her handle.
    public internal(set) var name: String
    /// The name that her network shows, such as an IRC nick.
    public internal(set) var handle: String
    public internal(set) var organisation: String?
    public internal(set) var isFacilitator = false
    /// Whether the operator's configuration makes her a facilitator, which nobody in the group can take back.
    public internal(set) var isAppointed = false
    public internal(set) var isPresent = true
    public internal(set) var language: Language?
    /// The last event before the person went away; 0 while she has never been away.
    public internal(set) var lastSeenSeq = 0
    /// When she last went away; nil while she never has.
    var wentAt: Date?
    /// Whether the person had everything erased that is about her.
    public internal(set) var isForgotten = false
}

/// What somebody brought to a question.
public struct Contribution: Hashable, Sendable, Codable {
    public let id: RecordID
    public let question: Question.ID
    public let author: Person.ID?
    public let at: Date
    public let seq: Int
    public let source: Source
    /// The expert whose result it is.
    public internal(set) var expert: String?
    /// Who wrote it on paper, where somebody said so; the author is whoever copied it.
    public internal(set) var writer: String?
    public internal(set) var text: String
    public internal(set) var mentions: [Mention]
    public internal(set) var isWithdrawn = false
    /// Whether it waits for the end of a silent collection.
    public internal(set) var isHidden = false
    /// A wording that somebody else suggested and the author has not confirmed.
    public internal(set) var suggestion: String?
    public internal(set) var suggestedBy: Person.ID?
    /// The last event that changed it.
    public internal(set) var changedSeq: Int

    /// Whether everybody may see whose it is; what came in privately shows no name in the room, the result of an open point
    /// is the expert's, and what was copied from paper is not the copyist's.
    public var showsAuthor: Bool { source != .private && source != .expert && source != .paper }
}

/// A wording that the group decides on.
public struct Proposal: Hashable, Sendable, Codable {
    public internal(set) var text: String
    public let proposer: Person.ID
    /// Whose words the present text is: the proposer's, or those of whoever edited it last.
    public internal(set) var wordedBy: Person.ID
    /// The contributions that it was made from.
    public let from: [RecordID]
    public internal(set) var mentions: [Mention]
    /// The last word of each person.
    public internal(set) var votes: [Person.ID: Vote]
    /// Objections to a former wording, by people who have not spoken since.
    public internal(set) var earlierObjections: [Person.ID: String] = [:]
    /// Whether it was proposed privately.
    public let isPrivate: Bool
    /// Whether the present text was copied from paper; nil for no.
    var isOnPaper: Bool?
    /// Whose last word came privately.
    public internal(set) var privateVoters: [Person.ID]
    public internal(set) var at: Date
    public internal(set) var changedSeq: Int

    public var consenting: [Person.ID] { votes.filter { $0.value == .ok }.keys.sorted() }
    public var abstaining: [Person.ID] { votes.filter { $0.value == .abstention }.keys.sorted() }
    /// Every objection, to the present or to a former wording, that its author has not taken back.
    public var objections: [Person.ID: String] {
        let present = votes.compactMapValues { if case .objection(let reason) = $0 { reason } else { nil } }
        return earlierObjections.merging(present, uniquingKeysWith: { $1 })
    }
    /// Whether the present text was copied from paper, so that it is not the proposer's.
    public var cameOnPaper: Bool { isOnPaper ?? false }
    /// Whether everybody may see what she said to it.
    public func shows(_ voter: Person.ID) -> Bool { !privateVoters.contains(voter) }
    /// Everybody who has spoken on this or on a former wording.
    var voters: [Person.ID] { Set(votes.keys).union(earlierObjections.keys).sorted() }
}

/// Everything that belongs to one question in one session.
public struct Answer: Hashable, Sendable, Codable {
    /// The proposal that a round is open on.
    public internal(set) var draft: Proposal?
    /// What was agreed last.
    public internal(set) var agreed: Proposal?
    /// Why the question does not apply.
    public internal(set) var ruledOut: String?
    /// Why the question was left open for now; empty where no reason was given.
    public internal(set) var skipped: String?
    public internal(set) var skippedBy: Person.ID?
    /// The result of the last vote with dots, the most first; nil where there was none.
    public internal(set) var dots: [DotCount]?
    /// The last event that changed the answer.
    public internal(set) var changedSeq = 0
}

/// What is unclear, and who finds out until when.
public struct OpenPoint: Hashable, Sendable, Codable {
    public let id: RecordID
    public let question: Question.ID
    public let raisedBy: Person.ID?
    /// Whether it was raised privately.
    public internal(set) var isPrivate: Bool?
    public let at: Date
    /// Whether it was copied from paper; nil for no.
    var isOnPaper: Bool?
    public internal(set) var text: String
    /// Who asks the expert.
    public internal(set) var owner: Person.ID?
    /// Whether everybody may see who asks; not where she said so privately.
    public internal(set) var showsOwner = true
    public internal(set) var expert: String?
    public internal(set) var due: DueDate?
    public internal(set) var result: String?
    public internal(set) var clearedBy: Person.ID?
    public internal(set) var wasReminded = false
    public internal(set) var wasAskedForResult = false
    public internal(set) var isWithdrawn = false
    public internal(set) var changedSeq: Int

    public var isOpen: Bool { result == nil && !isWithdrawn }
}

/// A task that somebody took over.
public struct Action: Hashable, Sendable, Codable {
    public let id: RecordID
    public let at: Date
    public internal(set) var text: String
    /// The name as it was typed.
    public internal(set) var assignee: String
    /// The person of the session with that name, if there is one.
    public internal(set) var person: Person.ID?
    public let assignedBy: Person.ID?
    public internal(set) var due: DueDate?
    public internal(set) var isDone = false
    public internal(set) var isWithdrawn = false
    public internal(set) var wasReminded = false
    /// Whether it was asked for after its time; nil in what was stored before that was asked.
    public internal(set) var wasAskedFor: Bool?
    /// Whether that was the first that anybody heard of it.
    public internal(set) var wasOnlyAskedFor: Bool?
    public internal(set) var changedSeq: Int

    public var isOpen: Bool { !isDone && !isWithdrawn }
}

/// A matter for another time.
public struct Parked: Hashable, Sendable, Codable {
    public let id: RecordID
    public internal(set) var text: String
    public let by: Person.ID?
    public let source: Source
    public let at: Date
    public let seq: Int
    public internal(set) var isWithdrawn = false
}

/// A span of time for the present question.
public struct Timebox: Hashable, Sendable, Codable {
    public internal(set) var until: Date
    public internal(set) var warning: Date
    public internal(set) var wasWarned = false
    public internal(set) var hasPassed = false
}

/// A span of time in which everybody writes for herself.
public struct Silence: Hashable, Sendable, Codable {
    public let question: Question.ID
    public internal(set) var until: Date
    public internal(set) var hasPassed = false
}
