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
        /// The session before, where it is not in the store yet.
        let beginning: Session?
        var change: Change
        var session: Session
        var replies: [Reply] = []

        /// Adds what the beginning of a session, an erasure or a long session bring with them.
        mutating func complete() {
            if change.expectedSeq == 0 {
                change.session = session.id
                change.dialog = session.dialog
            }
            if change.erasing != nil || Change.isSnapshotDue(from: change.expectedSeq, to: session.seq) {
                change.snapshot = session
            }
        }
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
        guard let latest = inputs.last else { return }
        now = latest.input.at
        for _ in 0..<Self.attempts {
            // Taken out of its place: a copy would cost more the longer the session is.
            guard mayDecide(inputs), let before = session.take() else { return refuseWithoutGuide(inputs) }
            let draft = draft(inputs, after: consume before)
            let change = draft.change
            let files = change.takesBack ? await services.withdrawOutcomes(of: change.session) : nil
            do {
                let hasChanged = !draft.change.events.isEmpty
                let entry = hasChanged ? try await services.store.append(draft.change) : nil
                session = draft.session
                if !draft.change.notices.isEmpty { services.partners?.noticesStored() }
                if let files { await renew(files) }
                draft.replies.forEach(logRefusal)
                await speak(draft.replies, entry: entry)
                if let files, change.erasing != nil { await tell(of: files) }
                return
            } catch {
                try await goBack(from: draft, after: error, telling: inputs)
                if let files { await renew(files) }
                if case .conflict = error { continue }
                guard inputs.count > 1 else { return await excuse(error, inputs) }
                for input in inputs { try await decide([input]) }
                return
            }
        }
        services.logger.error(
            "gave up on a line: another writer was always faster", metadata: ["group": "\(group.name)"])
        await excuse(.conflict(actualSeq: session?.seq ?? 0), inputs)
    }

    /// Logs who was refused a right, so that the operator sees by which account somebody is known, and what to write into
    /// the configuration.
    private func logRefusal(_ reply: Reply) {
        guard let right = reply.refused, let asker = reply.origin.asker else { return }
        let adapter = reply.origin.place?.adapter ?? reply.origin.letter?.question.adapter
        let account = asker.account.flatMap { account in adapter.map { "\($0)/\(account)" } }
        services.logger.notice(
            "a right was refused",
            metadata: [
                "group": "\(group.name)", "right": "\(right)",
                account == nil ? "identity" : "account": "\(account ?? asker.identity.rawValue)",
            ])
    }

    /// Whether there is a session, and a guide for one that an input wants to begin.
    private func mayDecide(_ inputs: [Asked]) -> Bool {
        guard let session else { return false }
        return guide != nil || !inputs.contains { $0.input.beginsSession(after: session) }
    }

    private func refuseWithoutGuide(_ inputs: [Asked]) {
        for input in inputs {
            guard case .command(let command, _, _) = input.input.kind, command.isMeantForBot else { continue }
            let output = resolved(Output(to: .asker, .line(Line(.noGuide))), input.origin)
            if let letter = input.origin.letter {
                letter.answer(.told(Line(.noGuide)), of: group.name)
                continue
            }
            announcer.announce(announcements(lines: [Line(.noGuide)], for: output, input.origin))
        }
    }

    private func draft(_ inputs: [Asked], after session: consuming Session) -> Draft {
        var notices: [PartnerNotice] = []
        let witness = partnersWitness { notices += $0 }
        var draft = Draft(
            beginning: session.seq == 0 ? session : nil,
            change: Change(session: session.id, group: group.name, expectedSeq: session.seq, events: []),
            session: session)
        for input in inputs {
            let decision = draft.session.advance(by: input.input, seenBy: witness)
            let outputs = resolved(decision.outputs, input.origin)
            let hasChanged = !decision.events.isEmpty
            draft.replies.append(
                Reply(
                    outputs: outputs, origin: input.origin, hasChanged: hasChanged, refused: decision.refused))
            guard hasChanged else { continue }
            draft.change.events += decision.events
            draft.change.outputs += outputs.filter { $0.audience != .asker }
            draft.change.erasing = draft.change.erasing ?? decision.erasing
            if let id = input.origin.messageID {
                draft.change.messages.append(
                    .init(id: id, seq: draft.session.seq, place: input.origin.place?.description))
            }
        }
        draft.complete()
        draft.change.notices = notices
        return draft
    }

    /// Sees for those outside who hear of the group what happens in it.
    private func partnersWitness(_ note: @escaping ([PartnerNotice]) -> Void) -> Witness? {
        guard let partners = services.partners, partners.hear(of: group.name) else { return nil }
        let (name, interpreter) = (group.name, interpreter)
        return { event, session in
            partners.news(of: event, in: name, before: session, by: interpreter).map { news in { note(news($0)) } }
        }
    }

    /// After a failure the session is what the store holds; where that cannot be read, the conversation ends.
    private mutating func goBack(
        from draft: Draft, after failure: StoreError, telling inputs: [Asked]
    ) async throws(StoreError) {
        do {
            let isStored = draft.change.expectedSeq > 0
            let id = isStored ? draft.session.id : try await services.store.running(in: group.name)
            session = if let id { try await services.store.load(id) } else { draft.beginning }
        } catch {
            // Only so that it is told in the right language.
            session = draft.session
            await excuse(failure, inputs)
            throw error
        }
    }

    /// The outputs with audiences that still mean something after a restart. Where nothing can be said to the asker alone,
    /// she is told that once, in the place of whatever is for her alone.
    private func resolved(_ outputs: [Output], _ origin: Origin) -> [Output] {
        guard let asker = origin.asker, let place = origin.place, !hasPrivateWay(to: place) else {
            return outputs.map { resolved($0, origin) }
        }
        var said: [Output] = []
        var isRefused = false
        for output in outputs where !output.promisesPrivateAnswer {
            if output.audience == .person(asker.identity), output.isAnswer {
                if !isRefused {
                    said.append(Output(to: .addressed(asker.identity), .line(noPrivateAnswer(at: place))))
                }
                isRefused = true
            } else {
                said.append(output)
            }
        }
        return said.map { resolved($0, origin) }
    }

    /// Who hears what is said to the asker apart.
    private func apart(_ origin: Origin) -> Output.Audience {
        guard let asker = origin.asker, origin.place.map(hasPrivateWay) ?? true else { return .asker }
        return .person(asker.identity)
    }

    /// The output with an audience that still means something after a restart.
    private func resolved(_ output: Output, _ origin: Origin) -> Output {
        var output = output
        if output.audience == .askerApart { output.audience = apart(origin) }
        // What goes back with a circular letter is not said here.
        guard output.audience == .asker, origin.letter == nil else { return output }
        switch origin.place {
        case .room: output.audience = .room
        case .privately: if let asker = origin.asker { output.audience = .person(asker.identity) }
        case nil: output.audience = .room
        }
        // Several lines of answer in a room are speech; they would be lost among notices.
        if case .pages = output.content { output.isAcknowledgement = false }
        return output
    }

    /// Tells everybody who spoke that her line was not kept, or was kept before.
    private mutating func excuse(_ error: StoreError, _ inputs: [Asked]) async {
        for input in inputs { await excuse(error, input.origin) }
    }

    private mutating func excuse(_ error: StoreError, _ origin: Origin) async {
        if case .alreadyStored = error {
            services.logger.info("a line came twice", metadata: ["group": "\(group.name)"])
        } else {
            services.logger.error("a line was not kept", metadata: ["group": "\(group.name)", "error": "\(error)"])
        }
        let name = origin.asker.map { Value.text($0.name) } ?? .line(Line(.someone))
        let line =
            switch error {
            case .alreadyStored: Line(.alreadyNoted)
            case .diskFull: Line(.notKeptDiskFull, [.name: name])
            case .unsure: Line(.perhapsKept, [.name: name])
            case .gone: Line(.storeGone)
            default: Line(.notKept, [.name: name])
            }
        if case .alreadyStored = error {} else { services.notKept(origin.messageID, over: origin.place?.adapter) }
        await speak([Reply(outputs: [resolved(Output(to: .asker, .line(line)), origin)], origin: origin)], entry: nil)
    }
}

extension Output {
    /// Whether it says that an answer went, or will go, to the asker alone.
    fileprivate var promisesPrivateAnswer: Bool {
        guard case .line(let line) = content else { return false }
        return line.phrase == .answeredPrivately || line.phrase == .outcomePrivately
    }

    /// Whether nothing but an answer comes of it; what all groups are to do is done, whoever may hear of it.
    fileprivate var isAnswer: Bool {
        switch content {
        case .circular(.instruction), .circular(.exhibition), .circular(.call), .eraseSession: false
        case .circular(.overview), .circular(.comparison), .circular(.remarks): true
        case .line, .pages, .outcome, .worksheet, .verbHelp, .nextPage: true
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
    var isMeantForBot: Bool {
        switch self {
        case .plain, .aside, .bare, .bareVerb, .goOn: false
        default: true
        }
    }
}
