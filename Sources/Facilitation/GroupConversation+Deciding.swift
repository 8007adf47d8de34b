import DialogEngine
import FoundationEssentials
import Logging
import Wording

// Decide, store, go on, speak: in this sequence, always.

extension GroupConversation {
    /// Something to be decided on, and where it came from.
    struct Asked {
        let input: Input
        let origin: Origin
    }

    /// What inputs in a row would come to. Nothing of it has happened before it is stored.
    private struct Draft {
        var session: Session
        var change: Change
        var replies: [Reply] = []
    }

    /// How often a decision is made again because another writer was faster.
    private static let attempts = 4

    mutating func decide(_ input: Input, _ origin: Origin) async throws(StoreError) {
        try await decide([Asked(input: input, origin: origin)])
    }

    /// Decides on inputs one after the other, stores what they come to as one change, and answers each of them.
    ///
    /// What is refused together is then tried one by one: one of them may be at fault, and nothing was said yet.
    mutating func decide(_ inputs: [Asked]) async throws(StoreError) {
        guard !inputs.isEmpty else { return }
        for _ in 0..<Self.attempts {
            guard let session, group.guide != nil || !inputs.contains(where: { $0.input.beginsSession(after: session) })
            else { return refuseWithoutGuide(inputs) }
            let draft = draft(inputs, after: session)
            guard !draft.change.events.isEmpty else { return await speak(draft.replies, entry: nil) }
            do {
                let entry = try await services.store.append(draft.change)
                self.session = draft.session
                return await speak(draft.replies, entry: entry)
            } catch .conflict {
                try await reload()
            } catch {
                guard inputs.count > 1, !error.isFinal else { return try await excuse(error, inputs) }
                for input in inputs { try await decide([input]) }
                return
            }
        }
        services.logger.error(
            "gave up on a line: another writer was always faster", metadata: ["group": "\(group.name)"])
        try await excuse(.conflict(actualSeq: session?.seq ?? 0), inputs)
    }

    /// There is no session, and no guide that one could begin with.
    private func refuseWithoutGuide(_ inputs: [Asked]) {
        for input in inputs {
            guard case .command(let command, _, _) = input.input.kind, command.isMeantForBot else { continue }
            let output = resolved(Output(to: .asker, .line(Line(.noGuide))), input.origin)
            announcer.announce(announcements(lines: [Line(.noGuide)], for: output, input.origin))
        }
    }

    private func draft(_ inputs: [Asked], after session: Session) -> Draft {
        var draft = Draft(
            session: session,
            change: Change(session: session.id, group: group.name, expectedSeq: session.seq, events: []))
        for input in inputs {
            let decision = draft.session.advance(by: input.input)
            let outputs = decision.outputs.map { resolved($0, input.origin) }
            draft.replies.append(Reply(outputs: outputs, origin: input.origin))
            guard !decision.events.isEmpty else { continue }
            draft.change.events += decision.events
            draft.change.outputs += outputs
            if let id = input.origin.messageID { draft.change.messages.append(.init(id: id, seq: draft.session.seq)) }
        }
        complete(&draft, before: session)
        return draft
    }

    /// Adds what the beginning of a session, an erasure or a long session bring with them.
    private func complete(_ draft: inout Draft, before session: Session) {
        for event in draft.change.events {
            if case .started(let start) = event.kind {
                draft.change.session = start.session
                draft.change.dialog = session.dialog
            }
            switch event.kind {
            case .forgotten(let person): draft.change.erasing = session.erasure(of: person)
            case .concernsErased: draft.change.erasing = session.erasureOfConcerns
            default: break
            }
        }
        if draft.change.erasing != nil || Change.isSnapshotDue(from: session.seq, to: draft.session.seq) {
            draft.change.snapshot = draft.session
        }
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

    /// Tells everybody who spoke that her line was not kept, or was kept before; a failure of the store ends the conversation.
    private mutating func excuse(_ error: StoreError, _ inputs: [Asked]) async throws(StoreError) {
        for input in inputs { await excuse(error, input.origin) }
        if error.isFinal { throw error }
    }

    private mutating func excuse(_ error: StoreError, _ origin: Origin) async {
        services.logger.error("a line was not kept", metadata: ["group": "\(group.name)", "error": "\(error)"])
        let name = origin.asker.map { Value.text($0.name) } ?? .line(Line(.someone))
        let line =
            switch error {
            case .alreadyStored: Line(.alreadyNoted)
            case .diskFull: Line(.notKeptDiskFull, [.name: name])
            default: Line(.notKept, [.name: name])
            }
        await speak([Reply(outputs: [resolved(Output(to: .asker, .line(line)), origin)], origin: origin)], entry: nil)
    }
}

extension StoreError {
    /// Whether the store can do nothing more for this conversation.
    fileprivate var isFinal: Bool {
        switch self {
        case .failed, .corrupt, .newerSchema, .inUse, .missing: true
        case .conflict, .alreadyStored, .invalidChange, .busy, .diskFull, .readOnly: false
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
