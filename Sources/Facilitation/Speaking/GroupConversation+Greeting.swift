import DialogEngine
import FoundationEssentials
import Wording

// How newcomers are greeted; ``Newcomers`` decides how much of it each place bears.

extension GroupConversation {
    /// How many names stand in a greeting; of more people their number does.
    private static let fewNames = 6

    /// What is said because of an input; of a greeting, as much as her place bears and what she has not heard today.
    mutating func fresh(_ reply: Reply) -> [Output] {
        guard let arrivedAt = reply.origin.arrivedAt, let sender = reply.origin.asker else { return outputs(of: reply) }
        let outputs = welcomes.new(reply.outputs, to: sender, on: calendar.startOfDay(for: arrivedAt))
        guard !outputs.isEmpty, let adapter = reply.origin.place.flatMap({ services.adapters[$0.adapter] }) else {
            return outputs
        }
        let isAlone = adapter.speaksAlone(to: sender.identity)
        switch newcomers.greet(sender, isPaced: adapter.isPaced, hasPrivateWay: isAlone, at: arrivedAt)
        {
        case .whole: return outputs
        case .brief: return brief(outputs, for: sender.identity)
        case .aloud: return greeting(of: [sender]).map { [$0] } ?? []
        case .later:
            guard isAlone else { return [] }
            keepForLater(outputs, for: sender.identity)
            return outputs.filter(\.tellsOfFacilitation)
        }
    }

    /// Tells whoever still waits for her greeting what is kept, alone, before the first line of hers that can be. In a room
    /// without a private way a greeting of the last minute says it.
    mutating func greet(_ sender: Sender, before command: Command, at place: IncomingMessage.Place) async {
        guard newcomers.isWaiting(sender.identity), let session, session.mayKeep(command, from: place),
            services.adapters[place.adapter]?.speaksAlone(to: sender.identity) == true
        else { return }
        newcomers.forget(sender.identity)
        await speak([Reply(outputs: [briefWelcome(of: session, for: sender.identity)], origin: Origin())], entry: nil)
    }

    /// Greets those who came together.
    mutating func greetTogether(at now: Date) async {
        let senders = newcomers.take(at: now)
        guard !senders.isEmpty, let output = greeting(of: senders) else { return }
        await speak([Reply(outputs: [output], origin: Origin())], entry: nil)
    }

    /// One line for everybody who came, true for whoever reads it in the room; nil where nothing is going on.
    private func greeting(of senders: [Sender]) -> Output? {
        guard let session, session.state == .running || session.state == .paused else { return nil }
        let isCollecting = session.mode == .collect
        let parts = Value.list(session.greetingParts.map(Value.line))
        let date = Value.day(session.retainedUntil)
        guard senders.count > Self.fewNames else {
            let names = Value.list(senders.map { .text($0.name) })
            let phrase = isCollecting ? Phrase.welcomeTogetherCollecting : .welcomeTogether
            return Output(to: .room, .line(Line(phrase, [.names: names, .parts: parts, .date: date]).aloud))
        }
        let phrase = isCollecting ? Phrase.welcomeManyCollecting : .welcomeMany
        return Output(
            to: .room, .line(Line(phrase, [.count: .count(senders.count), .parts: parts, .date: date]).aloud))
    }

    /// One line instead of several; the others come when she asks for more.
    private mutating func brief(_ outputs: [Output], for reader: Identity) -> [Output] {
        guard let session, outputs.count > 1 else { return outputs }
        let lines = outputs.filter { !$0.tellsOfFacilitation }.flatMap(\.lines)
        var brief = outputs.filter(\.tellsOfFacilitation)
        if lines.contains(where: { $0.phrase == .welcome }) {
            brief.insert(briefWelcome(of: session, for: reader), at: 0)
            keepForLater(outputs, for: reader)
        } else if let first = lines.first {
            brief.insert(Output(to: .person(reader), .line(first)), at: 0)
            pager.keep(Array(lines.dropFirst()), for: reader, to: .person(reader))
        }
        return brief
    }

    private func briefWelcome(of session: Session, for reader: Identity) -> Output {
        let phrase = session.mode == .collect ? Phrase.welcomeBrieflyCollecting : .welcomeBriefly
        let values: [Phrase.Slot: Value] = [
            .parts: .list(session.greetingParts.map(Value.line)), .date: .day(session.retainedUntil),
        ]
        return Output(to: .person(reader), .line(Line(phrase, values)))
    }

    /// The whole greeting comes when she asks for more.
    private mutating func keepForLater(_ outputs: [Output], for reader: Identity) {
        let lines = outputs.filter { !$0.tellsOfFacilitation }.flatMap(\.lines)
        pager.keep(lines, for: reader, to: .person(reader))
    }
}

extension Session {
    /// Whether anything of the line may be stored; talk in the room is not.
    fileprivate func mayKeep(_ command: Command, from place: IncomingMessage.Place) -> Bool {
        switch (command, place) {
        case (.aside, _): false
        case (.plain, .room): mode == .collect
        default: true
        }
    }
}

extension Output {
    fileprivate var lines: [Line] {
        if case .line(let line) = content { [line] } else { [] }
    }

    /// Whether it says that somebody's right to facilitate is gone, which nobody else may tell her.
    fileprivate var tellsOfFacilitation: Bool {
        lines.contains { $0.phrase == .facilitationIsGone || $0.phrase == .facilitationToTakeOver }
    }
}
