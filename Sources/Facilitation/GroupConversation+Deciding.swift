import DialogEngine
import FoundationEssentials
import Logging
import Wording

// Decide, store, apply, speak: in this sequence, always.

extension GroupConversation {
    /// How often a decision is made again because another writer was faster.
    private static let attempts = 4

    mutating func decide(_ input: Input, _ origin: Origin) async throws(StoreError) {
        for _ in 0..<Self.attempts {
            guard let session, group.guide != nil || !input.beginsSession(after: session) else {
                return refuseWithoutGuide(input, origin)
            }
            let decision = session.decide(input)
            let outputs = decision.outputs.map { resolved($0, origin) }
            guard !decision.events.isEmpty else { return await speak(outputs, origin, entry: nil) }
            do {
                let change = change(decision.events, outputs, origin)
                let entry = try await services.store.append(change)
                if !change.notices.isEmpty { services.partners?.noticesStored() }
                for event in decision.events { self.session?.apply(event) }
                return await speak(outputs, origin, entry: entry)
            } catch .conflict {
                try await reload()
            } catch {
                return try await excuse(error, origin)
            }
        }
        services.logger.error(
            "gave up on a line: another writer was always faster", metadata: ["group": "\(group.name)"])
        try await excuse(.conflict(actualSeq: session?.seq ?? 0), origin)
    }

    /// There is no session, and no guide that one could begin with.
    private func refuseWithoutGuide(_ input: Input, _ origin: Origin) {
        guard case .command(let command, _, _) = input.kind, command.isMeantForBot else { return }
        let output = resolved(Output(to: .asker, .line(Line(.noGuide))), origin)
        announcer.announce(announcements(lines: [Line(.noGuide)], for: output, origin))
    }

    private func change(_ events: [Event], _ outputs: [Output], _ origin: Origin) -> Change {
        let known = session?.seq ?? 0
        var change = Change(
            session: session?.id ?? "", group: group.name, expectedSeq: known, events: events, outputs: outputs,
            messageID: origin.messageID)
        for event in events {
            if case .started(let start) = event.kind {
                change.session = start.session
                change.dialog = session?.dialog
            }
            if case .forgotten(let person) = event.kind { change.erasing = session?.erasure(of: person) }
        }
        if change.erasing != nil || Change.isSnapshotDue(from: known, to: known + events.count) {
            var after = session
            for event in events { after?.apply(event) }
            change.snapshot = after
        }
        if let session, let partners = services.partners {
            change.notices = partners.notices(of: events, in: group.name, from: session, by: interpreter)
        }
        return change
    }

    private mutating func reload() async throws(StoreError) {
        var id = session?.id ?? ""
        // The other writer began a session while this one was about to.
        if id.isEmpty { id = try await services.store.running(in: group.name) ?? "" }
        session = try await services.store.load(id)
    }

    /// The output with an audience that still means something after a restart.
    private func resolved(_ output: Output, _ origin: Origin) -> Output {
        guard output.audience == .asker else { return output }
        var output = output
        switch origin.place {
        case .room: output.audience = .room
        case .privately: output.audience = origin.asker.map { .person($0.identity) } ?? .room
        case nil: output.audience = .room
        }
        // Several lines of answer in a room are speech; they would be lost among notices.
        if case .pages = output.content { output.isAcknowledgement = false }
        return output
    }

    /// Tells whoever spoke that her line was not kept, or was kept before; a failure of the store ends the conversation.
    private mutating func excuse(_ error: StoreError, _ origin: Origin) async throws(StoreError) {
        services.logger.error("a line was not kept", metadata: ["group": "\(group.name)", "error": "\(error)"])
        if case .alreadyStored = error {
            return await speak([resolved(Output(to: .asker, .line(Line(.alreadyNoted))), origin)], origin, entry: nil)
        }
        let phrase: Phrase = error == .diskFull ? .notKeptDiskFull : .notKept
        let name = origin.asker.map { Value.text($0.name) } ?? .line(Line(.someone))
        await speak([resolved(Output(to: .asker, .line(Line(phrase, [.name: name]))), origin)], origin, entry: nil)
        switch error {
        case .failed, .corrupt, .newerSchema, .inUse, .missing: throw error
        case .conflict, .alreadyStored, .invalidChange, .busy, .diskFull, .readOnly: break
        }
    }
}

extension Input {
    /// Whether this asks for a session to follow one that is over.
    fileprivate func beginsSession(after session: Session) -> Bool {
        guard case .command(.start, _, _) = kind else { return false }
        return session.state == .ended
    }
}

extension Command {
    /// Whether the line has a mark, so that it gets an answer.
    fileprivate var isMeantForBot: Bool {
        switch self {
        case .plain, .aside: false
        default: true
        }
    }
}
