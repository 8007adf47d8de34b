package import DialogEngine
package import Facilitation
import FoundationEssentials
import Logging
import Synchronization

// Out: into the response that waits for it, else as a request of its own.

extension WebhookChat {
    /// Puts a line into the response that waits for it: that of the message it answers, else any that fits.
    ///
    /// Private lines go into a private answer. Where there is no private way to the person, what may be said aloud is said to
    /// her in the room; instead of everything else that she asked for, she is told once to ask elsewhere.
    package func answer(_ message: OutgoingMessage, to destination: Destination) -> Bool {
        switch destination {
        case .room(let room):
            return collect(PublicLine(message, to: room))
        case .person(let identity, _):
            if collectPrivately(message, for: identity) { return true }
            let person = person(identity, asking: message.inReplyTo)
            guard system.request(message, to: person, at: now()) == nil else { return false }
            guard !person.room.isEmpty else { return true }
            if message.aloud == nil, wasPointedElsewhere(identity, by: message) { return true }
            guard let line = said(message, to: person, identity) else { return true }
            return collect(line)
        }
    }

    package func speaksAlone(to identity: Identity) -> Bool {
        speaksPrivately
            || state.withLock { state in
                state.pending.values.contains {
                    $0.identity == identity && $0.message.isPrivate && $0.collects && $0.stage != .done
                }
            }
    }

    package func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        switch destination {
        case .room(let room): return await post(PublicLine(message, to: room))
        case .person(let identity, _):
            let person = person(identity, asking: message.inReplyTo)
            let line = own(system.hearsWhereItSpeaks ? message : message.forAWindowWithoutEars)
            if system.request(line, to: person, at: now()) != nil {
                return await deliver(line) { self.system.request(line, to: person, at: self.now()) } != .unsent
            }
            guard let line = said(message, to: person, identity) else { return true }
            return await post(line)
        }
    }

    /// What is said in the room in the place of a line to one person: what others may read, else, where she asked, that she has
    /// to ask elsewhere. Nil where nothing is to be said.
    private func said(_ message: OutgoingMessage, to person: ChatPerson, _ identity: Identity) -> PublicLine? {
        if let line = PublicLine(message, to: person, called: system.mention(of: person)) { return line }
        guard isAnswer(message, to: identity) else { return nil }
        let elsewhere = system.hearsPrivately ? notices.privateOnly : notices.privateNowhere
        return PublicLine(
            OutgoingMessage(message.text, aloud: elsewhere, manner: message.manner, inReplyTo: message.inReplyTo),
            to: person, called: system.mention(of: person))
    }

    /// Whether the line answers what the person herself asked. What others caused, such as a hint for whoever facilitates, is
    /// no answer to her.
    private func isAnswer(_ message: OutgoingMessage, to identity: Identity) -> Bool {
        guard let id = asked(by: message) else { return false }
        return state.withLock { state in
            if let pending = state.pending[id] { return pending.identity == identity }
            return !state.asked.contains { $0.value == id && $0.key != identity }
        }
    }

    /// The message that the line answers, whichever of its parts.
    private func asked(by message: OutgoingMessage) -> String? { message.inReplyTo.map(MessageParts.message) }

    private func person(_ identity: Identity, asking id: String?) -> ChatPerson {
        let prefix = "\(name)/account/"
        return state.withLock { state in
            let asked = id.flatMap { state.pending[MessageParts.message(of: $0)]?.message }
            return ChatPerson(
                id: String(identity.rawValue.dropFirst(prefix.count)), name: state.names[identity] ?? "",
                room: asked?.room ?? state.rooms[identity]?.last ?? "")
        }
    }

    /// Whether the person was told already, because of another line that answers the same message.
    private func wasPointedElsewhere(_ identity: Identity, by message: OutgoingMessage) -> Bool {
        guard let id = asked(by: message) else { return false }
        return state.withLock { state in
            defer { state.pointedElsewhere[identity] = id }
            return state.pointedElsewhere[identity] == id
        }
    }

    private func collect(_ line: PublicLine) -> Bool {
        collect(line.message) { !$0.message.isPrivate && $0.message.room == line.room }
    }

    /// Puts a line into a response that only the person reads.
    private func collectPrivately(_ message: OutgoingMessage, for identity: Identity) -> Bool {
        collect(message) { $0.message.isPrivate && $0.identity == identity }
    }

    private func collect(_ message: OutgoingMessage, where fits: (Pending) -> Bool) -> Bool {
        state.withLock { state in
            let id = asked(by: message) ?? state.pending.first { $0.value.collects && fits($0.value) }?.key
            guard let id, let pending = state.pending[id], pending.collects, pending.stage != .done, fits(pending)
            else {
                return false
            }
            state.pending[id]?.lines.append(message)
            return true
        }
    }

    // MARK: Requests

    private func post(_ said: PublicLine) async -> Bool {
        let (line, room) = (own(said.message), said.room)
        if system.reaction(for: line, in: room, at: now()) != nil {
            switch await deliver(nil, { self.system.reaction(for: line, in: room, at: self.now()) }) {
            case .taken: return true
            case .unsent: return false
            // It is said then.
            case .refused: break
            }
        }
        // Nobody can hear it where there is no way.
        guard system.request(line, in: room, at: now()) != nil else { return true }
        // What the system refuses once it refuses again.
        return await deliver(line) { self.system.request(line, in: room, at: self.now()) } != .unsent
    }

    /// The line with the id of the message it answers as the system knows it.
    private func own(_ message: OutgoingMessage) -> OutgoingMessage {
        let prefix = "\(name)/"
        let asked = asked(by: message).map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        return OutgoingMessage(
            message.text, aloud: message.aloud, manner: message.manner, inReplyTo: asked, mark: message.mark)
    }

    /// Sends what came too late for a response, all of it at once, where the request said.
    func answerLate(_ pending: Pending) async {
        guard !pending.lines.isEmpty, let url = pending.message.replyURL else { return }
        let response = system.response(pending.lines, to: pending.message)
        // Chat systems take five such answers in half an hour.
        _ = await deliver(pending.lines[0], attempts: 5) {
            guard self.now().timeIntervalSince(pending.begunAt) < 1800 else { return nil }
            return HTTPRequest(
                url: url, headers: [("content-type", response.contentType)], body: response.body,
                allowsPlaintext: url.hasPrefix("http:"))
        }
    }

    enum Outcome: Hashable {
        case taken
        /// The system does not want it.
        case refused
        /// To be said after the next start.
        case unsent
    }

    /// Sends the request until the system has answered, for as long as it is away; until Lotse ends.
    ///
    /// Between two attempts lie 1 second, 2, 4 … up to a minute, or what `Retry-After` asks for, up to five minutes. A
    /// system that is there and has trouble is tried ten times.
    ///
    /// - Parameter line: what is lost where the system does not take it; nil where it is said in another way then.
    private func deliver(
        _ line: OutgoingMessage?, attempts: Int = 10, _ request: () -> HTTPRequest?
    ) async -> Outcome {
        let outcome = await tryToDeliver(attempts: attempts, request)
        state.withLock { state in
            switch outcome {
            case .taken: state.figures.isUp = true
            case .refused:
                guard let line else { return }
                state.figures.isUp = false
                state.figures.refusedLines += line.text.split(separator: "\n").count
            case .unsent: state.figures.isUp = false
            }
        }
        return outcome
    }

    private func tryToDeliver(attempts: Int, _ request: () -> HTTPRequest?) async -> Outcome {
        var delay = Duration.seconds(1)
        var answered = 0
        while true {
            guard let request = request() else { return .refused }
            var asked: Duration?
            do throws(HTTPFailure) {
                let response = try await http.send(request)
                answered += 1
                if let outcome = outcome(of: response) { return outcome }
                guard answered < attempts else { return .refused }
                asked = response.retryAfter.map { min($0, .seconds(300)) }
            } catch {
                logger.warning("a line was not sent", metadata: ["error": "\(error)"])
                guard error.mayPass else { return .unsent }
            }
            state.withLock { $0.figures.isUp = false }
            do {
                try await pause(max(delay, asked ?? .zero))
            } catch {
                return .unsent
            }
            delay = min(delay * 2, .seconds(60))
        }
    }

    /// Nil where the same may be taken later.
    private func outcome(of response: HTTPResponse) -> Outcome? {
        let flaw = (200..<300).contains(response.status) ? system.flaw(in: response) : "\(response.status)"
        guard let flaw else { return .taken }
        logger.warning("a line was not taken", metadata: ["reason": "\(flaw)"])
        let isPassing = response.status >= 500 || response.status == 429 || response.status == 408
        return isPassing ? nil : .refused
    }
}

extension HTTPFailure {
    /// Whether the same request may succeed later.
    fileprivate var mayPass: Bool {
        switch self {
        case .unknownHost, .noConnection, .timedOut, .tls, .badAnswer, .other: true
        case .refusedAddress, .refusedURL, .cancelled, .notSent: false
        }
    }
}
