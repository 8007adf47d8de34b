import FoundationEssentials

/// What an input changes and what is to be said about it. Nothing has happened yet.
public struct Decision: Hashable, Sendable {
    public var events: [Event]
    public var outputs: [Output]
    /// What the events take from those before them, where somebody is forgotten.
    public var erasing: Erasure?
    /// The right that the speaker would have needed, where she has not got it.
    package var refused: Right?
}

/// Looks at a session that an event is about to change; what it returns looks at the session that the event has changed.
///
/// So somebody sees both without keeping a copy, which would cost more the longer the session is.
public typealias Witness = (Event, Session) -> ((Session) -> Void)?

extension Session {
    /// What `input` would change; the session stays as it is.
    public func decide(_ input: Input) -> Decision {
        var draft = self
        return draft.advance(by: input)
    }

    /// Decides on `input` and goes on as if its events had happened: for a draft of the session, until they are on disk.
    public mutating func advance(by input: Input, seenBy witness: Witness? = nil) -> Decision {
        var turn = Turn(consume self, input)
        turn.witness = witness
        turn.take(input.kind)
        turn.noticeGuide(after: input.kind)
        self = turn.session
        return Decision(events: turn.events, outputs: turn.outputs, erasing: turn.erasing, refused: turn.refusedRight)
    }
}

/// One decision in the making: a draft of the session, with the events that led to it and the outputs so far.
struct Turn {
    /// How many lines of answer to one person a room bears.
    private static let fewLines = 2

    private(set) var session: Session
    let at: Date
    let speaker: Speaker?
    let source: Source
    let dates: [String: DueDate?]
    let present: Set<Identity>
    let guide: Dialog?
    let hasPrivateWay: Bool
    private(set) var events: [Event] = []
    private(set) var outputs: [Output] = []
    var erasing: Erasure?
    var refusedRight: Right?
    var witness: Witness?

    init(_ session: Session, _ input: Input) {
        self.session = session
        at = input.at
        dates = input.dates
        present = input.present
        guide = input.guide
        hasPrivateWay = input.hasPrivateWay
        switch input.kind {
        case .command(_, let speaker, let source):
            self.speaker = speaker
            self.source = source
        case .joined(let speaker):
            self.speaker = speaker
            source = .chat
        case .proved(let speaker):
            self.speaker = speaker
            source = .private
        case .left, .separated, .reunited, .renamed, .identified, .called, .clock:
            speaker = nil
            source = .chat
        }
    }

    mutating func take(_ kind: Input.Kind) {
        switch kind {
        case .command(let command, _, _): take(command)
        case .joined(let speaker): welcome(speaker)
        case .left(let identity): takeLeave(of: identity)
        case .separated(let identity): pauseWithout(identity)
        case .reunited: if session.isSplit { resume() }
        case .renamed(let identity, let name): rename(identity, to: name)
        case .identified(let identity, let account): identify(identity, as: account)
        case .proved: facilitateByCode()
        case .called(let call, let group): take(call, from: group)
        case .clock: tellTime()
        }
    }

    // MARK: Recording

    /// Adds an event by the speaker, or by `person`, and carries on with the session after it.
    ///
    /// A speaker who has no record yet gets one first, so that every event but those of time has an author.
    mutating func record(_ kind: Event.Kind, by person: Person.ID? = nil, source: Source? = nil) {
        let author = person ?? speaker.map { _ in meet() }
        let event = Event(seq: session.seq + 1, at: at, by: author, source: source ?? self.source, kind: kind)
        let look = witness?(event, session)
        session.follow(event)
        events.append(event)
        look?(session)
    }

    func nextID(_ kind: RecordID.Kind) -> RecordID {
        let last =
            switch kind {
            case .contribution: session.contributions.last?.id
            case .openPoint: session.openPoints.last?.id
            case .organisation: session.organisations.last?.id
            case .action: session.actions.last?.id
            case .parked: session.parked.last?.id
            case .group: session.contributionGroups.last?.id
            case .remark: session.remarks.last?.id
            case .resource, .step, .hurdle:
                session.derived.names.lastNumbers[kind].map { RecordID(kind, $0) }
            }
        return RecordID(kind, (last?.number ?? 0) + 1)
    }

    // MARK: The speaker

    /// The speaker's record, if she has one.
    var me: Person? {
        speaker.flatMap { session.person(with: $0.identity) }
    }

    /// The ids of all the speaker's records.
    var mine: [Person.ID] {
        speaker.map { session.people(with: $0.identity).map(\.id) } ?? []
    }

    /// The speaker's record, made when her first line is kept; who was away and speaks in the room is back.
    @discardableResult
    mutating func meet() -> Person.ID {
        if let me {
            if !me.isPresent, speaker?.standing == .member { record(.came(me.id), by: me.id) }
            noteAppointment(of: me.id)
            return me.id
        }
        let id = session.people.count + 1
        if let speaker {
            record(.arrived(id, identity: speaker.identity, name: speaker.name), by: id)
            tellApart(id)
            noteAppointment(of: id)
            handTasks(to: id)
            offerToVouch(for: id)
        }
        return id
    }

    /// Keeps what the configuration says about the speaker, so that others learn what they cannot change.
    mutating func noteAppointment(of id: Person.ID) {
        let isAppointed = speaker?.appointment == .facilitator
        guard session.person(id)?.isAppointed != isAppointed else { return }
        record(.appointed(id, isAppointed), by: id)
    }

    /// Links the tasks that were given to the person's name before anybody was known by it.
    mutating func handTasks(to id: Person.ID) {
        let index = session.derived
        let places = index.people.callings(of: id).flatMap { index.followUps.unassigned[$0] }
        for action in places.sorted().map({ session.actions[$0] })
        where session.person(named: action.assignee)?.id == id {
            record(.actionHanded(action.id, to: id), by: id)
        }
    }

    var role: Role {
        speaker.map { session.role(of: $0) } ?? .stranger
    }

    // MARK: Saying

    mutating func say(_ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:], to audience: Output.Audience = .room) {
        outputs.append(Output(to: audience, .line(Line(phrase, values))))
    }

    /// Tells the speaker, where she spoke, that it is done.
    mutating func acknowledge(_ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:]) {
        outputs.append(Output(to: .asker, isAcknowledgement: true, .line(Line(phrase, values))))
    }

    /// Tells the speaker apart that it is done; what she did privately stays between the two.
    mutating func acknowledgePrivately(_ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:]) {
        guard let speaker else { return }
        let audience: Output.Audience =
            source == .private ? .person(speaker.identity) : .addressed(speaker.identity)
        outputs.append(Output(to: audience, isAcknowledgement: true, .line(Line(phrase, values))))
    }

    /// Tells the speaker, where she spoke, why it is not done.
    mutating func refuse(_ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:]) {
        outputs.append(Output(to: .asker, isAcknowledgement: true, .line(Line(phrase, values))))
    }

    mutating func show(_ lines: [Line], to audience: Output.Audience = .asker) {
        outputs.append(Output(to: audience, .pages(lines)))
    }

    /// Shows what only the speaker asked for: a long answer goes to her alone, and her room is told in one line.
    mutating func answer(_ lines: [Line]) {
        if lines.count > Self.fewLines { answerApart(.pages(lines)) } else { show(lines) }
    }

    mutating func answerApart(_ content: Output.Content) {
        answer(content, to: .askerApart, .answeredPrivately)
    }

    /// What is for nobody else's eyes, and does not go out where there is no private way.
    mutating func answerPrivately(_ content: Output.Content, _ notice: Phrase) {
        guard let speaker else { return }
        answer(content, to: .person(speaker.identity), notice)
    }

    private mutating func answer(_ content: Output.Content, to audience: Output.Audience, _ notice: Phrase) {
        guard let speaker else { return }
        outputs.append(Output(to: audience, content))
        if source == .chat { acknowledge(notice, [.name: .text(me?.name ?? speaker.name)]) }
    }

    mutating func add(_ output: Output) {
        outputs.append(output)
    }

    /// The name to show for a person.
    func name(_ id: Person.ID?) -> Value {
        guard let id, let person = session.person(id), !person.isForgotten else { return .line(Line(.someone)) }
        return .text(person.name)
    }

    func names(_ ids: some Sequence<Person.ID>) -> Value {
        .list(ids.map { name($0) })
    }
}
