import DialogEngine
import FoundationEssentials
import Logging
import Wording

// From outputs to lines at their places.

extension GroupConversation {
    /// What is said because of one input, to whoever it came from and to others.
    struct Reply {
        let outputs: [Output]
        let origin: Origin
        /// Whether anything came of the input.
        var hasChanged = false
        /// The right that the asker would have needed.
        var refused: Right?
    }

    /// Says `replies`; the entry of the outbox is cleared after the last of them.
    mutating func speak(_ replies: [Reply], entry: OutboxEntry.ID?) async {
        var announcements: [Announcer.Announcement] = []
        for reply in replies {
            for output in fresh(reply) { announcements += await self.announcements(for: output, reply.origin) }
        }
        if let entry {
            if announcements.isEmpty { try? await services.store.markSpoken([entry]) }
            for index in announcements.indices { announcements[index].entry = entry }
        }
        announcer.announce(announcements)
    }

    /// Says `line` to every facilitator who is there, or else in the room.
    mutating func tellFacilitators(_ line: Line) async {
        let isSomebodyThere = !destinations(of: .facilitators).isEmpty
        let output = Output(to: isSomebodyThere ? .facilitators : .room, .line(line))
        await speak([Reply(outputs: [output], origin: Origin())], entry: nil)
    }

    /// Shows where the group is, if that has changed; nothing after the end.
    mutating func showTopic() {
        if session?.state == .ended, topic != nil {
            topic = nil
            show(topic: "")
        }
        guard let session, let question = session.currentQuestion, session.state == .running else { return }
        let step = session.dialog.steps.firstIndex { $0.id == question.step } ?? 0
        let line =
            session.gallery.map {
                Line(.topicGallery, [.number: .count($0.place + 1), .total: .count($0.exhibits.count)])
            }
            ?? Line(
                session.silence == nil ? .topic : .topicSilent,
                [
                    .number: .count(step + 1), .total: .count(session.dialog.steps.count),
                    .question: .key(question.key),
                ])
        guard line != topic else { return }
        topic = line
        show(topic: interpreter.text(line, in: roomLanguage))
    }

    private func show(topic: String) {
        announcer.announce(group.rooms.map { .init(destination: .room($0), manner: .notice, content: .topic(topic)) })
    }

    /// Tells the adapters who facilitates, if that has changed: those of the session, and those whom the operator named.
    mutating func showFacilitators() async {
        let leading = session?.people.filter { $0.isFacilitator && !$0.isForgotten }.map(\.identity) ?? []
        for room in group.rooms {
            let facilitators = group.appointed(on: room.adapter).union(leading)
            guard facilitators != shownFacilitators[room] ?? [] else { continue }
            shownFacilitators[room] = facilitators
            await services.adapters[room.adapter]?.setFacilitators(facilitators, of: room)
        }
    }

    /// Says to somebody, quietly and in her language, that a line of hers is not kept.
    func tellLost(_ loss: Loss, _ identity: Identity, on adapter: String) {
        let text = interpreter.text(Line(loss.phrase), in: language(of: .person(identity)))
        announcer.announce([
            .init(destination: .person(identity, adapter: adapter), manner: .notice, content: .text(text))
        ])
    }

    /// Says what was stored but perhaps not said before the last stop.
    mutating func sayUnspoken(at now: Date) async {
        let entries = unspoken
        unspoken = []
        for entry in entries {
            for output in entry.outputs { carryAgain(output, at: now) }
            var announcements = entry.outputs.flatMap { self.announcements(lines: lines(of: $0), for: $0, Origin()) }
            guard !announcements.isEmpty else {
                // It was for somebody whose connection ended with the last run.
                try? await services.store.markSpoken([entry.id])
                continue
            }
            for index in announcements.indices { announcements[index].entry = entry.id }
            announcer.announce(announcements)
        }
    }

    private mutating func announcements(for output: Output, _ origin: Origin) async -> [Announcer.Announcement] {
        let reader = origin.asker?.identity
        switch output.content {
        case .line(let line): return announcements(lines: [line], for: output, origin)
        case .pages(let lines):
            let page = pager.firstPage(of: lines, for: reader, to: output.audience)
            return announcements(lines: page, for: output, origin)
        case .verbHelp(let topic):
            let lines = interpreter.help(on: topic, in: language(of: output.audience))
            let page = pager.firstPage(of: lines, for: reader, to: output.audience)
            return announcements(lines: page, for: output, origin)
        case .nextPage:
            var output = output
            // What began for few goes on for them.
            if let audience = pager.audience(for: reader), audience != .room { output.audience = audience }
            return announcements(lines: pager.nextPage(for: reader), for: output, origin)
        case .outcome(let format, let withNames):
            let line = await writeOutcome(format, withNames: withNames)
            return announcements(lines: [line], for: output, origin)
        case .worksheet(let order):
            let line = await writeWorksheet(in: order)
            return announcements(lines: [line], for: output, origin)
        case .circular(let circular):
            carry(circular, origin)
            return []
        case .eraseSession:
            let line = await eraseSession()
            return announcements(lines: [line], for: output, origin)
        }
    }

    private mutating func eraseSession() async -> Line {
        guard let id = session?.id else { return Line(.eraseFailed) }
        let files = await services.withdrawOutcomes(of: id)
        do {
            try await services.store.erase(id)
            session = nil
            topic = nil
            if !files.areGone { await tellFacilitators(Line(.outcomesRemain)) }
            return Line(.sessionErased)
        } catch {
            services.logger.error("the session was not erased", metadata: ["error": "\(error)"])
            await renew(files)
            return Line(.eraseFailed)
        }
    }

    private func lines(of output: Output) -> [Line] {
        switch output.content {
        case .line(let line): [line]
        case .pages(let lines): lines
        case .verbHelp, .nextPage, .outcome, .worksheet, .eraseSession, .circular: []
        }
    }

    private func writeOutcome(_ format: OutcomeFormat, withNames: Bool) async -> Line {
        await write { session in
            try await services.outcomes.write(session, as: format, withNames: withNames, by: interpreter, at: now)
        }
    }

    private func writeWorksheet(in order: Dialog.Order.ID?) async -> Line {
        await write { try await services.outcomes.writeWorksheet(of: $0, order: order, by: interpreter) }
    }

    /// Says where what `write` makes of the session lies.
    private func write(_ write: (Session) async throws -> String) async -> Line {
        guard let session else { return Line(.outcomeFailed) }
        do {
            return Line(.outcomeWritten, [.text: .text(try await write(session))])
        } catch {
            services.logger.error("the outcome was not written", metadata: ["error": "\(error)"])
            return Line(.outcomeFailed)
        }
    }

    func announcements(lines: [Line], for output: Output, _ origin: Origin) -> [Announcer.Announcement] {
        destinations(of: output.audience).flatMap { destination, language in
            lines.map { line in
                Announcer.Announcement(
                    destination: destination, manner: manner(of: output, at: destination, origin),
                    content: content(line, in: language),
                    aloud: output.audience.isOpen ? interpreter.text(line.aloud, in: language) : nil,
                    urgency: urgency(of: line, at: destination, origin),
                    inReplyTo: origin.letter == nil ? origin.messageID : nil)
            }
        }
    }

    /// The room, and whoever leads it, go before what concerns everybody, and that before those who have just come.
    private func urgency(of line: Line, at destination: Destination, _ origin: Origin) -> OutgoingMessage.Urgency {
        switch destination {
        case .room: return line.phrase == .announcement ? .broadcast : .usual
        case .person where origin.arrivedAt != nil: return .greeting
        case .person(let identity, _):
            return session?.person(with: identity)?.isFacilitator == true ? .facilitator : .usual
        }
    }

    /// Acknowledgements are notices in a room; privately everything is speech, so that it stands in one window. A greeting
    /// that has no private way calls nobody else.
    private func manner(
        of output: Output, at destination: Destination, _ origin: Origin
    ) -> OutgoingMessage.Manner {
        switch destination {
        case .room: output.isAcknowledgement ? .notice : .speech
        case .person(_, let adapter):
            origin.arrivedAt != nil && services.adapters[adapter]?.speaksPrivately == false ? .notice : .speech
        }
    }

    private func content(_ line: Line, in language: Language) -> Announcer.Announcement.Content {
        let interpreter = interpreter
        let text = interpreter.text(line, in: language)
        guard line.phrase == .noted, case .text(let name) = line.values[.id], let id = RecordID(name) else {
            return .text(text)
        }
        return .noted(id, text) { ids in
            interpreter.text(Line(.notedSeveral, [.ids: .list(ids.map { .text($0.description) })]), in: language)
        }
    }

    private func destinations(of audience: Output.Audience) -> [(Destination, Language)] {
        switch audience {
        case .room:
            return group.rooms.map { (.room($0), roomLanguage) }
        case .person(let identity), .addressed(let identity):
            return privately(identity).map { [$0] } ?? []
        case .asker, .askerApart:
            // Whoever that is was found out before; nobody else is to hear it.
            return []
        case .facilitators:
            let facilitators = session?.facilitators.filter(\.isPresent) ?? []
            return facilitators.compactMap { privately($0.identity) }
        }
    }

    private func privately(_ identity: Identity) -> (Destination, Language)? {
        guard let adapter = adapterOf[identity] else { return nil }
        return (.person(identity, adapter: adapter), language(of: .person(identity)))
    }

    private var roomLanguage: Language { session?.language ?? group.language }

    private func language(of audience: Output.Audience) -> Language {
        switch audience {
        case .person(let identity), .addressed(let identity): session?.language(of: identity) ?? roomLanguage
        case .room, .asker, .askerApart, .facilitators: roomLanguage
        }
    }
}

extension Output.Audience {
    /// Whether others may read what is said to it; whatever is not named here is for one person alone.
    fileprivate var isOpen: Bool {
        switch self {
        case .room, .addressed, .facilitators: true
        case .asker, .askerApart, .person: false
        }
    }
}

extension Line {
    /// What the line says where others read it as well: what it tells about a private window is not true there.
    var aloud: Line {
        Line(phrase.aloud, values.mapValues(\.aloud))
    }
}

extension Value {
    fileprivate var aloud: Value {
        switch self {
        case .line(let line): .line(line.aloud)
        case .list(let values): .list(values.map(\.aloud))
        default: self
        }
    }
}

extension Phrase {
    fileprivate var aloud: Phrase {
        switch self {
        case .howToTalkPrivately: .howToTalk
        case .welcomeSilent: .welcomeSilentAloud
        default: self
        }
    }
}
