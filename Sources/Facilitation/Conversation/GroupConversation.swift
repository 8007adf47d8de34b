import DialogEngine
import FoundationEssentials
import Logging
import Wording

/// One group's conversation: reads a line, lets the machine decide, stores, and then speaks.
///
/// One task owns a conversation and finishes each line before it looks at the next; there is nothing to lock.
struct GroupConversation {
    private(set) var group: Group
    let services: Services
    let announcer: Announcer
    /// Told when the session next has something to do by itself.
    let alarm: @Sendable (Date?) -> Void
    var session: Session?
    /// When the latest thing happened that was decided on; the conversation has no other clock.
    var now = Date(timeIntervalSince1970: 0)
    /// Whether those who were there before the start have been missed.
    private(set) var hasLookedAround = false
    /// What the rooms were last told that the group is at.
    var topic: Line?
    /// Whom the adapters were last told to facilitate.
    var shownFacilitators: [Room: Set<Identity>] = [:]
    var pager = Pager()
    var unspoken: [OutboxEntry]
    /// What people were greeted with today.
    var welcomes = Welcomes()
    var newcomers = Newcomers()
    /// What people said last, as far as more of it may come.
    var beginnings = Beginnings()
    /// Who used a one-time code over this connection, and so may begin a session.
    private var codeHolders: Set<Identity> = []
    /// Who is out of sight because a network fell apart.
    private var separated: Set<Identity> = []
    /// When each person was last seen typing.
    private var typedAt: [Identity: Date] = [:]
    /// How long somebody who was seen typing is taken to go on, in seconds (IRCv3 `typing`).
    private static let typingTime = 6.0
    /// What still waits for the answers of other groups, by the id of the message that asked for them.
    var awaited: [String: Awaited] = [:]
    /// The adapter over which each person was last heard, for private replies.
    var adapterOf: [Identity: String] = [:]

    var interpreter: Interpreter { services.interpreter() }

    /// The guide that a new session begins with.
    var guide: Dialog? { services.guide(group) }

    /// The guide as its file has it now, where the session is led by another version of it.
    var otherGuide: Dialog? {
        guard let guide, let session, session.state != .new, guide.id == session.dialog.id,
            guide.contentHash != session.dialog.contentHash
        else { return nil }
        return guide
    }

    /// Finds the group's running session, else the one that ended last: its homework goes on.
    init(
        _ group: Group, _ services: Services, _ announcer: Announcer, unspoken: [OutboxEntry],
        alarm: @escaping @Sendable (Date?) -> Void
    ) async throws(StoreError) {
        self.group = group
        self.services = services
        self.announcer = announcer
        self.unspoken = unspoken
        self.alarm = alarm
        if let present = try await services.store.present(in: group.name) {
            session = try await services.store.load(present)
        }
    }

    /// Takes deliveries until there are no more; throws when the store can keep nothing any more.
    ///
    /// Where the mailbox is stopped, the line that is being dealt with is the last one; the others are refused.
    mutating func run(_ mailbox: Mailbox) async throws(StoreError) {
        let refusal = Refusal(group: group, services: services, announcer: announcer)
        var told: Set<Identity> = []
        defer { services.busy.end(group.name) }
        alarm(nextDeadline)
        await showFacilitators()
        while let deliveries = await mailbox.next() {
            let count = try await take(deliveries) { mailbox.isStopped }
            services.busy.end(group.name)
            for case .message(let message, _) in deliveries[..<count] { finish(message) }
            refusal.refuse(notBegun: deliveries[count...], telling: &told)
            alarm(nextDeadline)
        }
        if session?.state == .running || session?.state == .paused {
            await speak([Reply(outputs: [Output(to: .room, .line(Line(.shuttingDown)))], origin: Origin())], entry: nil)
        }
    }

    /// When there is something to do by itself.
    private var nextDeadline: Date? {
        [session?.nextDeadline, newcomers.due].compactMap { $0 }.min()
    }

    mutating func take(_ delivery: Delivery) async throws(StoreError) {
        try await lookAround(delivery)
        switch delivery {
        case .message(let message, let isMember):
            try await take(message, isMember: isMember)
        case .joined(let room, let sender, let at):
            adapterOf[sender.identity] = room.adapter
            let speaker = speaker(sender, on: room.adapter, isMember: true)
            let origin = Origin(asker: sender, place: .room(room), arrivedAt: at)
            try await decide(Input(at: at, kind: .joined(speaker), guide: otherGuide), origin)
        case .left(let identity, let at):
            try await decide(Input(at: at, kind: .left(identity)), Origin())
            adapterOf[identity] = nil
            codeHolders.remove(identity)
            typedAt[identity] = nil
            beginnings.forget(identity)
            newcomers.forget(identity)
            pager.forget(identity)
            try await reunite([identity], at: at)
        case .typing(let identity, let at):
            if adapterOf[identity] != nil { typedAt[identity] = at }
        case .separated(let identity, let at):
            separated.insert(identity)
            try await decide(Input(at: at, kind: .separated(identity)), Origin())
        case .reunited(let identity, let at):
            try await reunite([identity], at: at)
        case .renamed(let identity, let name, let at):
            try await decide(Input(at: at, kind: .renamed(identity, to: name)), Origin())
        case .identified(let identity, let sender, let at):
            adapterOf[sender.identity] = adapterOf.removeValue(forKey: identity)
            if codeHolders.remove(identity) != nil { codeHolders.insert(sender.identity) }
            try await decide(Input(at: at, kind: .identified(identity, as: sender.identity)), Origin())
        case .clock(let at):
            // Whoever is writing needs no encouragement.
            let idle: Set<Identity> = session?.isNudging ?? false ? present.filter { !isTyping($0, at: at) } : []
            try await decide(Input(at: at, kind: .clock, present: idle, guide: otherGuide), Origin())
            await greetTogether(at: at)
        case .ready(let room, let present, let at):
            topic = nil
            for identity in present { adapterOf[identity] = room.adapter }
            await sayUnspoken(at: at)
            try await missAbsent(from: room, present, at: at)
            try await reunite(present, at: at)
        case .excluded(let room, let exclusion):
            // Those who can do something about it; the room may not be able to hear it.
            let line = Line(exclusion.phrase, [.text: .text(room.name)])
            await speak([Reply(outputs: [Output(to: .facilitators, .line(line))], origin: Origin())], entry: nil)
        case .erased(let id):
            if session?.id == id { session = nil }
            // What this conversation wrote of it meanwhile.
            _ = await services.withdrawOutcomes(of: id)
        case .circular(let letter):
            try await answer(letter)
        case .answered(let letter):
            await report(letter)
        case .told(let line):
            await tellFacilitators(line)
        case .errand(let errand):
            try await run(errand)
        case .configured(let group):
            self.group = group
            topic = nil
        case .lost(let loss, let identity, let adapter):
            tellLost(loss, identity, on: adapter)
        }
        showTopic()
        await showFacilitators()
    }

    private mutating func take(_ message: IncomingMessage, isMember: Bool) async throws(StoreError) {
        let (message, said) = understand(message)
        let command = beginnings.follow(said, by: message)
        meet(message)
        await greet(message.sender, before: command, at: message.place)
        let former = session?.state == .ended ? session : nil
        try await beginIfAsked(command, by: message)
        if case .redeem(let code) = command, redeem(code, message) {
            codeHolders.insert(message.sender.identity)
            try await decide([proved(message, isMember: isMember)])
        } else {
            try await decide([asked(command, message, isMember: isMember)])
        }
        // Who may not begin a new session does not put the ended one away either.
        if session?.state == .new, former != nil { session = former }
    }

    /// Remembers where the sender can be reached, and shows the line in the other rooms.
    mutating func meet(_ message: IncomingMessage) {
        adapterOf[message.sender.identity] = message.place.adapter
        relay(message)
    }

    func read(_ message: IncomingMessage) -> Command {
        let language = session?.language(of: message.sender.identity) ?? group.language
        return interpreter.read(message.text, at: message.at, in: language)
    }

    func asked(_ command: Command, _ message: IncomingMessage, isMember: Bool) -> Asked {
        let speaker = speaker(message.sender, on: message.place.adapter, isMember: isMember)
        let dates = interpreter.dates(in: message.text, at: message.at, in: session?.language ?? group.language)
        return Asked(
            input: Input(
                at: message.at, kind: .command(command, by: speaker, source: source(of: message, command)),
                dates: dates, present: command == .ready ? present : [], guide: otherGuide, hasPrivateWay: hasPrivateWay
            ),
            origin: Origin(
                asker: message.sender, place: message.place, messageID: message.id, askedAt: message.at))
    }

    /// Whether everybody in the rooms can write privately; where one of them lets nobody, silence would be none.
    var hasPrivateWay: Bool {
        group.rooms.allSatisfy { services.adapters[$0.adapter]?.hearsPrivately ?? true }
    }

    private func proved(_ message: IncomingMessage, isMember: Bool) -> Asked {
        let speaker = speaker(message.sender, on: message.place.adapter, isMember: isMember)
        return Asked(
            input: Input(at: message.at, kind: .proved(speaker)),
            origin: Origin(asker: message.sender, place: message.place, messageID: message.id))
    }

    /// Whoever was there when the bot stopped is away until she is seen again; else a facilitator who never comes back
    /// would keep everybody from taking over.
    private mutating func lookAround(_ delivery: Delivery) async throws(StoreError) {
        guard !hasLookedAround, let (seen, now) = delivery.witnesses else { return }
        hasLookedAround = true
        let gone = (session?.people ?? []).filter { $0.isPresent && !seen.contains($0.identity) }
        try await decide(gone.map { Asked(input: Input(at: now, kind: .left($0.identity)), origin: Origin()) })
    }

    /// Whoever was there when the bot stopped, and is not any more, has left meanwhile.
    private mutating func missAbsent(
        from room: Room, _ present: Set<Identity>, at now: Date
    ) async throws(StoreError) {
        let absent = (session?.people ?? []).filter { person in
            person.isPresent && person.identity.rawValue.hasPrefix("\(room.adapter)/")
                && !present.contains(person.identity)
        }
        let gone = absent.filter { adapterOf[$0.identity] == nil }
        try await decide(gone.map { Asked(input: Input(at: now, kind: .left($0.identity)), origin: Origin()) })
    }

    /// They are in sight again, or have left. The last of them brings the group together.
    private mutating func reunite(_ identities: Set<Identity>, at now: Date) async throws(StoreError) {
        separated.subtract(identities)
        guard separated.isEmpty, session?.isSplit == true else { return }
        try await decide(Input(at: now, kind: .reunited), Origin())
    }

    /// Everybody in the rooms of the group but those whom the operator appointed.
    private var present: Set<Identity> {
        Set(adapterOf.keys).subtracting(Set(group.rooms.map(\.adapter)).flatMap(group.appointed))
    }

    private func isTyping(_ identity: Identity, at now: Date) -> Bool {
        typedAt[identity].map { now.timeIntervalSince($0) < Self.typingTime } ?? false
    }

    func speaker(_ sender: Sender, on adapter: String, isMember: Bool) -> Speaker {
        var appointment = group.appointment(of: sender, on: adapter)
        if appointment == .none, codeHolders.contains(sender.identity) { appointment = .starter }
        return Speaker(
            identity: sender.identity, name: sender.name, standing: isMember ? .member : .stranger,
            appointment: appointment)
    }

    func source(of message: IncomingMessage, _ command: Command) -> Source {
        if case .copy = command { return .paper }
        return source(of: message)
    }

    func source(of message: IncomingMessage) -> Source {
        switch message.place {
        case .room(let room): services.adapters[room.adapter]?.source ?? .chat
        case .privately: .private
        }
    }

    /// Shows a line from one room in the others of the group.
    private func relay(_ message: IncomingMessage) {
        guard case .room(let room) = message.place else { return }
        announcer.announce(
            group.rooms.filter { $0 != room }.map {
                .init(
                    destination: .room($0), manner: .relayed(from: message.sender.name), content: .text(message.text))
            })
    }
}
