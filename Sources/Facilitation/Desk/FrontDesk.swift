import DialogEngine
import FoundationEssentials
import Logging
import Wording

/// Knows which room belongs to which group and who is where, and puts what comes in into the right mailbox.
struct FrontDesk {
    typealias Job = @Sendable () async throws -> Void

    /// What the desk keeps of a group whose conversation is under way.
    private struct Counter {
        var group: Group
        let announcer: Announcer
        let mailbox: Mailbox
    }

    /// How often sessions are looked through for those whose retention has ended, in seconds.
    private static let retentionInterval = 3600.0

    private var configuration: Facilitator.Configuration
    private let services: GroupConversation.Services
    private let alarms = Alarms()
    private let retention: Retention
    private var unspoken: [String: [OutboxEntry]]
    private var counters: [String: Counter] = [:]
    private var groupOf: [Room: String] = [:]
    private var roomsOf: [Identity: Set<Room>] = [:]
    /// The same, the other way round.
    private var membersOf: [Room: Set<Identity>] = [:]
    private var privateLines = PrivateLines()
    private var toldOverloaded: Set<Identity> = []
    private var lastRetention = Date(timeIntervalSince1970: 0)

    init(
        configuration: Facilitator.Configuration, services: GroupConversation.Services,
        unspoken: [String: [OutboxEntry]]
    ) {
        self.configuration = configuration
        self.services = services
        retention = Retention(services)
        self.unspoken = unspoken
        for group in configuration.groups {
            for room in group.rooms { groupOf[room] = group.name }
        }
    }

    // MARK: Groups

    /// The jobs of all configured groups, and of those whose session still runs in a room without configuration.
    mutating func openAll(alsoRunning running: [String]) -> [Job] {
        var jobs = configuration.groups.flatMap { open($0) }
        for name in running where counters[name] == nil {
            guard let room = Room(name), let group = configuration.otherRooms?(room) else { continue }
            groupOf[room] = group.name
            jobs += open(group)
        }
        return jobs
    }

    private mutating func open(_ group: Group) -> [Job] {
        let mailbox = Mailbox(capacity: configuration.mailboxCapacity)
        let (store, logger) = (services.store, services.logger)
        let interpreter = services.interpreter
        let missed: @Sendable (Int) -> String? = { count in
            logger.warning(
                "a room took no lines for so long that the oldest went",
                metadata: ["group": "\(group.name)", "lines": "\(count)"])
            return interpreter().text(Line(.linesMissed, [.count: .count(count)]), in: group.language)
        }
        let announcer = Announcer(adapters: services.adapters, waiting: services.waiting, missed: missed) { ids in
            do {
                try await store.markSpoken(ids)
            } catch {
                logger.warning("the outbox was not cleared", metadata: ["error": "\(error)"])
            }
        }
        counters[group.name] = Counter(group: group, announcer: announcer, mailbox: mailbox)
        services.workshops.enter(group, mailbox)
        let (services, alarms) = (services, alarms)
        let waiting = unspoken.removeValue(forKey: group.name) ?? []
        return [
            {
                defer { announcer.finish() }
                let refusal = Refusal(group: group, services: services, announcer: announcer)
                do throws(StoreError) {
                    var conversation = try await GroupConversation(
                        group, services, announcer, unspoken: waiting, alarm: { alarms.set($0, for: group.name) })
                    try await conversation.run(mailbox)
                } catch .corrupt(let reason) {
                    logger.error(
                        "a session cannot be read; its group rests, the others go on",
                        metadata: ["group": "\(group.name)", "reason": "\(reason)"])
                    await refusal.run(mailbox)
                } catch {
                    // Whoever waits is told as well before everything ends.
                    mailbox.close()
                    await refusal.run(mailbox)
                    throw error
                }
            },
            { await announcer.run() },
        ]
    }

    /// Opens new groups, closes those that there are no more, and tells the others how they are configured now.
    private mutating func configure(_ groups: [Group], at now: Date) -> [Job] {
        let names = Set(groups.map(\.name))
        let known = Dictionary(configuration.groups.map { ($0.name, $0.rooms) }, uniquingKeysWith: { $1 })
        for former in configuration.groups {
            for room in former.rooms { groupOf[room] = nil }
            guard !names.contains(former.name), let counter = counters.removeValue(forKey: former.name) else {
                continue
            }
            services.workshops.leave(former)
            counter.mailbox.close()
            alarms.set(nil, for: former.name)
        }
        configuration.groups = groups
        var jobs: [Job] = []
        for group in groups {
            for room in group.rooms { groupOf[room] = group.name }
            if let counter = counters[group.name] {
                services.workshops.leave(counter.group)
                services.workshops.enter(group, counter.mailbox)
                counters[group.name]?.group = group
                hand(.configured(group), to: group.name)
            } else {
                jobs += open(group)
            }
            // Who was there before the room had this group.
            for room in group.rooms where known[group.name]?.contains(room) != true {
                let present = membersOf[room] ?? []
                hand(.ready(room, Set(present), at: now), to: group.name)
            }
        }
        return jobs
    }

    /// Takes nothing more; what waits is still dealt with.
    func close() {
        for counter in counters.values { counter.mailbox.close() }
    }

    /// Takes nothing more; each group ends after the line that it is at.
    func stop() {
        for counter in counters.values { counter.mailbox.stop() }
    }

    /// Refuses what came in and was not handed out when Lotse was told to end.
    mutating func refuse(_ item: BoundedInbox.Item) {
        stop()
        guard case .incoming(.message(let message)) = item else { return }
        let group: String? =
            switch message.place {
            case .room(let room): groupOf[room]
            case .privately: groups(of: message.sender.identity).min()
            }
        guard let counter = group.flatMap({ counters[$0] }) else { return services.finish(message) }
        Refusal(group: counter.group, services: services, announcer: counter.announcer)
            .refuse(notBegun: [.message(message, isMember: true)], telling: &toldOverloaded)
    }

    // MARK: Handing out

    /// Hands `item` to the group that it concerns; returns the jobs of a group that begins with it.
    mutating func take(_ item: BoundedInbox.Item) -> [Job] {
        switch item {
        case .tick(let now): return tick(at: now)
        case .errand(let errand): return take(errand)
        case .configured(let groups, let at): return configure(groups, at: at)
        case .incoming(.message(let message)): return take(message)
        case .incoming(.joined(let room, let sender, let at)):
            enter(room, sender.identity)
            let jobs = openGroup(of: room)
            hand(.joined(room, sender, at: at), to: groupOf[room])
            return jobs
        case .incoming(.present(let room, let senders, let at)):
            let present = Set(senders.map(\.identity))
            // After a reconnect the others have new identities; the old ones will never be heard of again.
            for identity in (membersOf[room] ?? []).subtracting(present) { leave(room, identity, at: at) }
            for identity in present { enter(room, identity) }
            let jobs = openGroup(of: room)
            hand(.ready(room, present, at: at), to: groupOf[room])
            return jobs
        case .incoming(.left(let room, let identity, let at)):
            leave(room, identity, at: at)
        case .incoming(.typing(let room, let identity, let at)):
            hand(.typing(identity, at: at), to: groupOf[room])
        case .incoming(.separated(let room, let identity, let at)):
            hand(.separated(identity, at: at), to: groupOf[room])
        case .incoming(.reunited(let room, let identity, let at)):
            hand(.reunited(identity, at: at), to: groupOf[room])
        case .incoming(.excluded(let room, let exclusion, _)):
            hand(.excluded(room, exclusion), to: groupOf[room])
        case .incoming(.renamed(let identity, let name, let at)):
            for group in groups(of: identity) { hand(.renamed(identity, to: name, at: at), to: group) }
        case .incoming(.identified(let identity, let sender, let at)):
            for room in roomsOf.removeValue(forKey: identity) ?? [] {
                membersOf[room]?.remove(identity)
                enter(room, sender.identity)
            }
            privateLines.identify(identity, as: sender.identity)
            for group in groups(of: sender.identity) { hand(.identified(identity, as: sender, at: at), to: group) }
        case .incoming(.lost(let loss, let identity, let adapter, _)):
            if let group = groups(of: identity).min() {
                hand(.lost(loss, identity, adapter: adapter), to: group)
            } else if let counter = counters.values.first {
                tell(Line(loss.phrase), identity, on: adapter, by: counter)
            }
        case .incoming(.told(let line, let group)):
            hand(.told(line), to: group)
        case .incoming(.guidesRead(let at)):
            for group in counters.keys { hand(.clock(at), to: group) }
        }
        return []
    }

    /// The conversation of the session's group decides; a session of a group that there is no more is changed in the store.
    private mutating func take(_ errand: Errand) -> [Job] {
        guard let counter = counters[errand.group] else {
            let store = services.store
            return [{ await errand.perform(in: store) }]
        }
        if !counter.mailbox.put(.errand(errand)) { errand.finish(.failure(StoreError.busy)) }
        return []
    }

    private mutating func take(_ message: IncomingMessage) -> [Job] {
        switch message.place {
        case .room(let room):
            enter(room, message.sender.identity)
            let jobs = openGroup(of: room)
            hand(.message(message, isMember: true), to: groupOf[room], from: message)
            return jobs
        case .privately(let adapter):
            takePrivately(message, on: adapter)
            return []
        }
    }

    /// A one-time code says itself which group it is for, and must not be written in any room.
    ///
    /// One that is for none of her groups is answered by the first of them: there, and only there, it counts as a wrong try.
    private func group(ofCodeIn message: IncomingMessage, among groups: Set<String>) -> String? {
        let interpreter = services.interpreter()
        guard let codes = services.codes, let language = interpreter.languages.first,
            case .redeem(let code) = interpreter.read(message.text, at: message.at, in: language)
        else { return nil }
        guard let group = codes.group(of: code, by: message.sender.identity, at: message.at), groups.contains(group)
        else { return groups.min() }
        return group
    }

    /// Whether it does not matter in which of her groups somebody says it.
    private func concernsAllGroups(_ message: IncomingMessage) -> Bool {
        let interpreter = services.interpreter()
        guard let language = interpreter.languages.first else { return false }
        return switch interpreter.read(message.text, at: message.at, in: language) {
        case .groups, .all, .closeGalleries: true
        default: false
        }
    }

    private mutating func takePrivately(_ message: IncomingMessage, on adapter: String) {
        let identity = message.sender.identity
        let groups = groups(of: identity)
        guard !groups.isEmpty else {
            let counter = counters.values.first
            if let counter { tell(Line(.joinFirst), message, by: counter) }
            return services.finish(message, after: counter?.announcer)
        }
        if groups.count > 1, let group = group(ofCodeIn: message, among: groups) {
            return hand(.message(message, isMember: true), to: group, from: message)
        }
        if groups.count > 1, concernsAllGroups(message),
            let group = privateLines.chosenGroup(of: identity, among: groups) ?? groups.min()
        {
            return hand(.message(message, isMember: true), to: group, from: message)
        }
        switch privateLines.place(of: message, between: groups) {
        case .group(let group): hand(.message(message, isMember: true), to: group, from: message)
        case .chosen(let group, let waiting):
            if let counter = counters[group] {
                tell(Line(.groupChosen, [.text: .text(group)]), message, by: counter)
            }
            services.dealtWith(message)
            guard let waiting else { return services.end(message, after: counters[group]?.announcer) }
            // The request that brought the line is answered; what comes of the line answers this one.
            let line = waiting.asked(again: message.id)
            hand(.message(line, isMember: true), to: group, from: line)
        case .unknown(let former):
            if let former { services.dealtWith(former) }
            guard let counter = groups.min().flatMap({ counters[$0] }) else { return }
            let names = groups.sorted().map(Value.text)
            tell(Line(.whichGroup, [.values: .list(names)]), message, by: counter)
            services.end(message, after: counter.announcer)
        }
    }

    /// Tells whoever wrote `message`; where she wrote in a room, others may read it as well.
    private func tell(_ line: Line, _ message: IncomingMessage, by counter: Counter) {
        let text = services.interpreter().text(line, in: counter.group.language)
        let isOpen = if case .room = message.place { true } else { false }
        counter.announcer.announce([
            .init(
                destination: .person(message.sender.identity, adapter: message.place.adapter), manner: .notice,
                content: .text(text), aloud: isOpen ? text : nil, inReplyTo: message.id)
        ])
    }

    /// Tells somebody alone what is no answer to a line of hers.
    private func tell(_ line: Line, _ identity: Identity, on adapter: String, by counter: Counter) {
        let text = services.interpreter().text(line, in: counter.group.language)
        counter.announcer.announce([
            .init(destination: .person(identity, adapter: adapter), manner: .notice, content: .text(text))
        ])
    }

    private mutating func openGroup(of room: Room) -> [Job] {
        guard groupOf[room] == nil, let group = configuration.otherRooms?(room) else { return [] }
        groupOf[room] = group.name
        return counters[group.name] == nil ? open(group) : []
    }

    private mutating func enter(_ room: Room, _ identity: Identity) {
        guard roomsOf[identity, default: []].insert(room).inserted else { return }
        membersOf[room, default: []].insert(identity)
    }

    /// Somebody who is still in another room of the group has not left it.
    private mutating func leave(_ room: Room, _ identity: Identity, at now: Date) {
        let before = groups(of: identity)
        roomsOf[identity]?.remove(room)
        membersOf[room]?.remove(identity)
        if membersOf[room]?.isEmpty ?? false { membersOf[room] = nil }
        if roomsOf[identity]?.isEmpty ?? false {
            roomsOf[identity] = nil
            if let waiting = privateLines.forget(identity) { services.dealtWith(waiting) }
        }
        for group in before.subtracting(groups(of: identity)) { hand(.left(identity, at: now), to: group) }
    }

    private func groups(of identity: Identity) -> Set<String> {
        Set((roomsOf[identity] ?? []).compactMap { groupOf[$0] })
    }

    private mutating func hand(
        _ delivery: GroupConversation.Delivery, to group: String?, from message: IncomingMessage? = nil
    ) {
        guard let counter = group.flatMap({ counters[$0] }) else {
            if let message { services.finish(message) }
            return
        }
        guard !counter.mailbox.put(delivery), let message else { return }
        services.notKept(message.id, over: message.place.adapter)
        if toldOverloaded.insert(message.sender.identity).inserted {
            tell(Line(.overloaded), message, by: counter)
        }
        services.finish(message, after: counter.announcer)
    }

    // MARK: Time

    private mutating func tick(at now: Date) -> [Job] {
        toldOverloaded = []
        for group in alarms.due(at: now) { hand(.clock(now), to: group) }
        guard now.timeIntervalSince(lastRetention) >= Self.retentionInterval else { return [] }
        lastRetention = now
        let (retention, groups, mailboxes) = (retention, Set(counters.keys), counters.values.map(\.mailbox))
        return [
            {
                for id in await retention.enforce(at: now, groups: groups) {
                    for mailbox in mailboxes { mailbox.put(.erased(id)) }
                }
            }
        ]
    }
}

extension Room {
    /// Reads what ``description`` writes: `local/#stadtbaeume`. Nil where one of the two names is missing.
    public init?(_ description: String) {
        guard let slash = description.firstIndex(of: "/") else { return nil }
        let name = description[description.index(after: slash)...]
        guard slash > description.startIndex, !name.isEmpty else { return nil }
        self.init(adapter: String(description[..<slash]), name: String(name))
    }
}
