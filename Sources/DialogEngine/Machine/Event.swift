public import FoundationEssentials

/// Something that has happened in a session: the only truth, append-only.
public struct Event: Hashable, Sendable, Codable {
    /// The place in the session, from 1 without a gap.
    public let seq: Int
    public let at: Date
    /// Who did it; nobody when time did.
    public let by: Person.ID?
    public let source: Source
    public let kind: Kind

    public init(seq: Int, at: Date, by: Person.ID?, source: Source, kind: Kind) {
        self.seq = seq
        self.at = at
        self.by = by
        self.source = source
        self.kind = kind
    }

    public enum Kind: Hashable, Sendable, Codable {
        case started(Start)
        case ended
        case paused(until: DueDate?)
        case resumed
        /// A session that had ended goes on.
        case reopened

        case arrived(Person.ID, identity: Identity, name: String)
        case renamed(Person.ID, name: String)
        case identified(Person.ID, as: Identity)
        case introduced(Person.ID, name: String?, organisation: String?)
        case came(Person.ID)
        case went(Person.ID)
        case facilitatorAdded(Person.ID)
        case facilitatorRemoved(Person.ID)
        /// The operator's configuration was found to make the person a facilitator, or to do so no longer.
        case appointed(Person.ID, Bool)
        case languageChosen(Language, by: Person.ID?)
        case forgotten(Person.ID)

        case modeChanged(Mode)
        case orderChanged(Dialog.Order.ID)
        case moved(to: Question.ID)
        case skipped(Question.ID, reason: String?)
        case ruledOut(Question.ID, reason: String)

        case contributed(RecordID, question: Question.ID, text: String, mentions: [Mention], expert: String?)
        case contributionEdited(RecordID, text: String, mentions: [Mention])
        case editSuggested(RecordID, text: String)
        /// A contribution, an open point, a task, something parked or a remark.
        case withdrawn(RecordID)
        /// An open point, a task or something parked; what is nil stays as it is. Only a task has a date of its own.
        case amended(RecordID, text: String?, due: DueDate?)

        case proposed(Question.ID, text: String, from: [RecordID], mentions: [Mention])
        case proposalEdited(Question.ID, text: String, mentions: [Mention])
        case proposalWithdrawn(Question.ID)
        case voted(Question.ID, Vote)
        case agreed(Question.ID)

        case openPointRaised(RecordID, question: Question.ID, text: String)
        case expertAsked(RecordID, expert: String, due: DueDate?)
        case openPointCleared(RecordID, result: String)
        case parked(RecordID, text: String)
        case actionAssigned(RecordID, to: String, person: Person.ID?, text: String, due: DueDate?)
        /// The person to whose name the task was given is known now.
        case actionHanded(RecordID, to: Person.ID)
        case actionFinished(RecordID)
        /// The person who owns an open point, a task or a contact was reminded of it.
        case reminded(RecordID)

        case timeboxSet(until: Date, warning: Date)
        case timeboxWarned
        case timeboxPassed
        case timeboxRemoved
        case silenceBegan(Question.ID, until: Date)
        case silencePassed
        case silenceEnded

        /// Whoever did it is done with the present question.
        case becameReady
        case queueJoined
        case queueLeft
        case floorGiven(Person.ID)
        case nudgingChanged(Bool)
        /// Those who had brought nothing to the present question were asked.
        case nudged

        case contributionsGrouped(RecordID, question: Question.ID, members: [RecordID], text: String?)
        case groupSplit(RecordID)
        case dotsOpened(Question.ID, each: Int)
        /// All of one person's dots, in place of those before.
        case dotsPlaced([RecordID])
        case dotsClosed
        case organisationDescribed(RecordID, sphere: String?, kind: Organisation.Kind?)
        /// People found that the first means the same as the second, which goes on.
        case organisationsMerged(RecordID, into: RecordID)
        /// The organisation stands for itself again.
        case organisationSplit(RecordID)
        case contactPlanned(RecordID, ContactPlan)
        /// The organisation was approached; the next time is by its rhythm.
        case contactMade(RecordID, next: DueDate?)
        case hurdleResolved(RecordID, Item.Resolution)
        /// The retention date of what is said about opponents has come.
        case concernsErased

        case galleryOpened([Exhibit])
        case galleryMoved(to: Int)
        case galleryClosed
        /// Somebody of another group remarked something on an agreed answer.
        case remarked(RecordID, question: Question.ID, text: String, group: String, visitor: Visitor?)
        /// Whoever remarked them had them erased.
        case remarksForgotten([RecordID])

        /// Another version of the guide, with the questions of former ones, leads the session from here on.
        indirect case guideAdopted(Dialog)
        /// The version before leads it again, with the questions of the one that it was taken back from.
        indirect case guideReturned(Dialog)
        /// Facilitators were told of the version with this content hash.
        case guideNoticed(String)
        /// A text of the author's was read again by a version of the guide that takes it for names of records.
        case recordsNamed(Question.ID, in: PlaceOfText, mentions: [Mention])

        /// Whoever did it copies from paper from here on; the words are those of `writer`, where that is known.
        case paperBegan(writer: String?)
        /// What is copied without a key belongs to this question.
        case paperTurned(to: Question.ID)
        case paperEnded
        /// Whoever wrote these on paper had them erased; the people copied from her sheet at that moment.
        case writerForgotten([RecordID], copiedBy: [Person.ID])
    }

    /// Where a text stands that names records.
    public enum PlaceOfText: Hashable, Sendable, Codable {
        case contribution(RecordID)
        case proposal, agreed
    }

    /// What a session begins with.
    public struct Start: Hashable, Sendable, Codable {
        public let session: Session.ID
        public let name: String
        public let dialogID: String
        public let dialogVersion: String
        public let dialogHash: String
        public let order: Dialog.Order.ID
        public let language: Language
        public let mode: Mode
        /// When the whole session is erased.
        public let retainedUntil: Date
        /// When what is said about opponents is erased; nil for the session's date.
        public var concernsRetainedUntil: Date?
        /// Whether only facilitators may propose answers.
        public let facilitatorsPropose: Bool
        /// What tells the session from every other one, of any installation; nil in what was stored before there was one.
        public var token: String?
    }
}

/// An organisation as one contribution or proposal names it.
public struct Mention: Hashable, Sendable, Codable {
    /// The organisation's record.
    public let id: RecordID
    public let name: String

    public init(id: RecordID, name: String) {
        self.id = id
        self.name = name
    }
}

/// A person's last word on a proposal.
public enum Vote: Hashable, Sendable, Codable {
    case ok
    case objection(String)
    case abstention
}

/// What a new session takes from the group's configuration.
public struct StartSettings: Hashable, Sendable {
    public var session: Session.ID
    /// The session's name where `!start` gives none.
    public var name: String
    public var language: Language
    public var order: Dialog.Order.ID?
    public var mode: Mode
    public var retainedUntil: Date
    /// When what is said about opponents is erased; nil for the session's date.
    public var concernsRetainedUntil: Date?
    public var facilitatorsPropose: Bool
    /// Random letters; see ``Event/Start/token``.
    public var token: String?

    public init(
        session: Session.ID, name: String, language: Language, order: Dialog.Order.ID? = nil, mode: Mode = .talk,
        retainedUntil: Date, concernsRetainedUntil: Date? = nil, facilitatorsPropose: Bool = false,
        token: String? = nil
    ) {
        self.session = session
        self.name = name
        self.language = language
        self.order = order
        self.mode = mode
        self.retainedUntil = retainedUntil
        self.concernsRetainedUntil = concernsRetainedUntil
        self.facilitatorsPropose = facilitatorsPropose
        self.token = token
    }
}
