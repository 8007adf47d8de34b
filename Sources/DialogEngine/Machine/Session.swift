public import FoundationEssentials

/// The state of one group in one guide: the fold of its events.
///
/// ``decide(_:)`` says what an input would change; ``apply(_:)`` changes it, after the events are on disk.
public struct Session: Sendable, Codable {
    public typealias ID = String

    public enum State: String, Hashable, Sendable, Codable {
        /// Nothing has happened yet.
        case new
        case running, paused, ended
    }

    /// The guide that leads the session; part of a snapshot where it is not the version that the session began with.
    public internal(set) var dialog: Dialog
    /// The same, once another version took the place of the first.
    var laterGuide: Dialog?
    /// The versions that can be taken back to, the latest last.
    var formerGuides: [Dialog] = []
    /// The questions about opponents of all former versions.
    var formerConcerns: [Question.ID] = []
    /// The content hash of the version that facilitators were told of last.
    var noticedGuide: String?
    public internal(set) var id: ID = ""
    public internal(set) var name = ""
    public internal(set) var state = State.new
    /// The sequence number of the last event.
    public internal(set) var seq = 0
    public internal(set) var startedAt = Date(timeIntervalSince1970: 0)
    /// What no other session has, of any installation, and what says nothing; nil in sessions that began before there was one.
    public internal(set) var token: String?
    /// When the last event happened; nil until the first one after a snapshot that did not keep it.
    public internal(set) var lastEventAt: Date?
    public internal(set) var retainedUntil = Date(timeIntervalSince1970: 0)
    /// When what is said about opponents is erased; nil for the session's date.
    public internal(set) var concernsRetainedUntil: Date?
    public internal(set) var language = Language(rawValue: "de")
    public internal(set) var mode = Mode.talk
    public internal(set) var order: Dialog.Order.ID = ""
    public internal(set) var facilitatorsPropose = false
    public internal(set) var current: Question.ID = ""
    /// When the group last went to another question; nil while it is at the one it began with.
    public internal(set) var movedAt: Date?
    public internal(set) var pausedAt: Date?
    public internal(set) var pausedUntil: DueDate?
    /// Whether the pause lasts until the chat network is whole again.
    public internal(set) var isSplit = false
    public internal(set) var endedAt: Date?
    public internal(set) var timebox: Timebox?
    public internal(set) var silence: Silence?
    /// Who is done with the present question.
    public internal(set) var ready: [Person.ID] = []
    /// Who asked to speak, in sequence.
    public internal(set) var queue: [Person.ID] = []
    public internal(set) var isNudging = false
    /// When those who have brought nothing to the present question are asked; nil where nobody is to be, or was already.
    public internal(set) var nudgeAt: Date?
    /// The votes that are being cast with dots.
    public internal(set) var dots: DotVote?
    /// When somebody last brought or decided something.
    public internal(set) var heardAt: Date?
    /// Who copies from paper, with how far she is.
    var typists: [Person.ID: Typist] = [:]

    public internal(set) var people: [Person] = []
    public internal(set) var contributions: [Contribution] = []
    public internal(set) var answers: [Question.ID: Answer] = [:]
    public internal(set) var openPoints: [OpenPoint] = []
    public internal(set) var actions: [Action] = []
    public internal(set) var parked: [Parked] = []
    public internal(set) var organisations: [Organisation] = []
    public internal(set) var contributionGroups: [ContributionGroup] = []
    /// Resources, next steps and hurdles.
    public internal(set) var items: [Item] = []
    /// The walk through other groups' answers, while it lasts.
    public internal(set) var gallery: GalleryWalk?
    /// What other groups remarked on the answers.
    public internal(set) var remarks: [Remark] = []

    /// What follows from the records; no part of a snapshot.
    var derived = Derived()
    /// What the session begins with, until it has begun; not part of a snapshot.
    let settings: StartSettings?

    /// A session of `dialog` in which nothing has happened yet; without settings it is only good for replaying events.
    public init(dialog: Dialog, settings: StartSettings? = nil) {
        self.dialog = dialog
        self.settings = settings
        language = settings?.language ?? language
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, state, seq, startedAt, retainedUntil, language, mode, order, facilitatorsPropose, current,
            movedAt
        case pausedAt, pausedUntil, isSplit, timebox, silence
        case ready, queue, isNudging, nudgeAt, dots, heardAt, contributionGroups
        case people, contributions, answers, openPoints, actions, parked, organisations, items, concernsRetainedUntil
        case gallery, remarks, endedAt
        case laterGuide, formerGuides, formerConcerns, noticedGuide, typists, token, lastEventAt
    }

    /// The key under which a decoder finds the ``Dialog`` that belongs to a snapshot.
    public static let dialogKey = CodingUserInfoKey(rawValue: "dialog")

    public init(from decoder: any Decoder) throws {
        guard let key = Session.dialogKey, let dialog = decoder.userInfo[key] as? Dialog else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a snapshot is read together with its dialog"))
        }
        self.init(dialog: dialog)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(ID.self, forKey: .id)
        name = try values.decode(String.self, forKey: .name)
        state = try values.decode(State.self, forKey: .state)
        seq = try values.decode(Int.self, forKey: .seq)
        startedAt = try values.decode(Date.self, forKey: .startedAt)
        retainedUntil = try values.decode(Date.self, forKey: .retainedUntil)
        language = try values.decode(Language.self, forKey: .language)
        mode = try values.decode(Mode.self, forKey: .mode)
        order = try values.decode(Dialog.Order.ID.self, forKey: .order)
        facilitatorsPropose = try values.decode(Bool.self, forKey: .facilitatorsPropose)
        current = try values.decode(Question.ID.self, forKey: .current)
        movedAt = try values.decodeIfPresent(Date.self, forKey: .movedAt)
        pausedAt = try values.decodeIfPresent(Date.self, forKey: .pausedAt)
        pausedUntil = try values.decodeIfPresent(DueDate.self, forKey: .pausedUntil)
        isSplit = try values.decodeIfPresent(Bool.self, forKey: .isSplit) ?? false
        timebox = try values.decodeIfPresent(Timebox.self, forKey: .timebox)
        silence = try values.decodeIfPresent(Silence.self, forKey: .silence)
        people = try values.decode([Person].self, forKey: .people)
        contributions = try values.decode([Contribution].self, forKey: .contributions)
        answers = try values.decode([Question.ID: Answer].self, forKey: .answers)
        openPoints = try values.decode([OpenPoint].self, forKey: .openPoints)
        actions = try values.decode([Action].self, forKey: .actions)
        parked = try values.decode([Parked].self, forKey: .parked)
        organisations = try values.decode([Organisation].self, forKey: .organisations)
        ready = try values.decodeIfPresent([Person.ID].self, forKey: .ready) ?? []
        queue = try values.decodeIfPresent([Person.ID].self, forKey: .queue) ?? []
        isNudging = try values.decodeIfPresent(Bool.self, forKey: .isNudging) ?? false
        nudgeAt = try values.decodeIfPresent(Date.self, forKey: .nudgeAt)
        dots = try values.decodeIfPresent(DotVote.self, forKey: .dots)
        heardAt = try values.decodeIfPresent(Date.self, forKey: .heardAt)
        contributionGroups = try values.decodeIfPresent([ContributionGroup].self, forKey: .contributionGroups) ?? []
        items = try values.decodeIfPresent([Item].self, forKey: .items) ?? []
        concernsRetainedUntil = try values.decodeIfPresent(Date.self, forKey: .concernsRetainedUntil)
        gallery = try values.decodeIfPresent(GalleryWalk.self, forKey: .gallery)
        endedAt = try values.decodeIfPresent(Date.self, forKey: .endedAt)
        remarks = try values.decodeIfPresent([Remark].self, forKey: .remarks) ?? []
        token = try values.decodeIfPresent(String.self, forKey: .token)
        lastEventAt = try values.decodeIfPresent(Date.self, forKey: .lastEventAt)
        laterGuide = try values.decodeIfPresent(Dialog.self, forKey: .laterGuide)
        self.dialog = laterGuide ?? dialog
        formerGuides = try values.decodeIfPresent([Dialog].self, forKey: .formerGuides) ?? []
        formerConcerns = try values.decodeIfPresent([Question.ID].self, forKey: .formerConcerns) ?? []
        noticedGuide = try values.decodeIfPresent(String.self, forKey: .noticedGuide)
        typists = try values.decodeIfPresent([Person.ID: Typist].self, forKey: .typists) ?? [:]
        derived = Derived(of: self)
    }
}

extension Session {
    /// The questions in the order that the session follows.
    package var questions: [Question] {
        let ids = presentOrder?.questions ?? dialog.questions.map(\.id)
        return ids.compactMap { dialog.question($0) }
    }

    /// The chosen order; the first one where the present version of the guide lacks it.
    package var presentOrder: Dialog.Order? { dialog.order(order) ?? dialog.orders.first }

    package var currentQuestion: Question? {
        dialog.question(current)
    }

    package func person(_ id: Person.ID) -> Person? {
        people.indices.contains(id - 1) ? people[id - 1] : nil
    }

    package func person(with identity: Identity) -> Person? {
        derived.people.ids(with: identity).first.flatMap(person)
    }

    /// Every record of one person: several where she spoke before she proved her account.
    package func people(with identity: Identity) -> [Person] {
        derived.people.ids(with: identity).compactMap(person)
    }

    /// Those who lead the group, whether they are there or not.
    package var facilitators: [Person] {
        derived.people.facilitators.compactMap(person)
    }

    /// Everybody whom `name` may mean, of those `among` whom she is looked for: those who are present, and only where none of
    /// them is called so, the latest of those who are not.
    ///
    /// By her number, else by her handle or her whole name, else by a part of it.
    package func people(named name: String, among isMeant: (Person) -> Bool = { _ in true }) -> [Person] {
        let wanted = name.calledName
        guard !wanted.isEmpty else { return [] }
        let ways = derived.people.ids(called: wanted).map { $0.compactMap(person).filter(isMeant) }
        let present = ways.lazy.map { $0.filter(\.isPresent) }.first { !$0.isEmpty }
        return present ?? Array((ways.first { !$0.isEmpty } ?? []).suffix(1))
    }

    /// The one person whom `name` means; nil as well where several who are present are called so.
    package func person(named name: String) -> Person? {
        let called = people(named: name)
        return called.count == 1 ? called[0] : nil
    }

    package func contribution(_ id: RecordID) -> Contribution? {
        contributions.place(of: id).map { contributions[$0] }
    }

    /// What counts at a question, in its sequence.
    package func liveContributions(to question: Question.ID) -> [Contribution] {
        derived.contributions.all[question].filter { !contributions[$0].isWithdrawn }.map { contributions[$0] }
    }

    /// What counts at a question and can be seen by everybody.
    package func visibleContributions(to question: Question.ID) -> [Contribution] {
        derived.contributions.visible[question].map { contributions[$0] }
    }

    /// Those that name a record, at whichever question.
    package func contributions(mentioning id: RecordID) -> [Contribution] {
        derived.contributions.mentioning[id].map { contributions[$0] }
    }

    package func hasVisibleContributions(to question: Question.ID) -> Bool {
        derived.contributions.visible.has(question)
    }

    package func openPoint(_ id: RecordID) -> OpenPoint? {
        openPoints.place(of: id).map { openPoints[$0] }
    }

    package func openPoints(at question: Question.ID) -> [OpenPoint] {
        derived.followUps.open[question].map { openPoints[$0] }
    }

    /// Every open point that was raised at a question, also what is cleared or withdrawn.
    package func raisedPoints(at question: Question.ID) -> [OpenPoint] {
        derived.followUps.points[question].map { openPoints[$0] }
    }

    package func action(_ id: RecordID) -> Action? {
        actions.place(of: id).map { actions[$0] }
    }

    package func parked(_ id: RecordID) -> Parked? {
        parked.place(of: id).map { parked[$0] }
    }

    package func answer(to question: Question.ID) -> Answer {
        answers[question] ?? Answer()
    }

    package func organisation(named name: String) -> Organisation? {
        derived.names.place(.organisation, named: name.folded).map { organisations[$0] }
    }

    /// The language that a person reads; the session's for everybody else.
    public func language(of identity: Identity) -> Language {
        person(with: identity)?.language ?? language
    }

    /// The entries of what the group has to a question at present: the agreed wording, else the contributions.
    package func entries(of question: Question) -> [Entry] {
        let answer = answer(to: question.id)
        if answer.ruledOut != nil { return [] }
        if let agreed = answer.agreed { return dialog.entries(in: agreed.text, of: question) }
        return statements(to: question.id).flatMap { dialog.entries(in: $0.text, of: question) }
    }
}
