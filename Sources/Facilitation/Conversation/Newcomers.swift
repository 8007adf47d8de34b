import DialogEngine
import FoundationEssentials

/// Decides how newcomers are greeted, so that they do not keep a room from its work: each alone where that costs
/// nothing, in one line where a network lets few lines through, and all together, in the room, where many come or
/// nobody can be told anything apart. Because of newcomers the room gets one line a minute at most.
struct Newcomers: Sendable {
    enum Greeting {
        /// Everything, to her alone.
        case whole
        /// In one line, to her alone.
        case brief
        /// To the room, now.
        case aloud
        /// With the others, when their time has come.
        case later
    }

    /// How many people are greeted one by one within a minute.
    private static let fewPeople = 3
    /// Seconds for which those who come are gathered, and between two lines to the room.
    private static let (gathering, pause) = (5.0, 60.0)
    /// Names that are kept; of more people the number is told.
    private static let capacity = 1000

    /// Whom the room is to greet.
    private var waiting: [Sender] = []
    private var greetedAlone: [Date] = []
    private var spokeAt = Date.distantPast
    /// When those who wait are greeted.
    private(set) var due: Date?

    /// - Parameters:
    ///   - isPaced: whether her network lets few lines through.
    ///   - hasPrivateWay: whether she can be told something apart.
    mutating func greet(_ sender: Sender, isPaced: Bool, hasPrivateWay: Bool, at now: Date) -> Greeting {
        greetedAlone.removeAll { abs(now.timeIntervalSince($0)) >= Self.pause }
        if hasPrivateWay, !isPaced || greetedAlone.count < Self.fewPeople {
            greetedAlone.append(now)
            return isPaced ? .brief : .whole
        }
        if !hasPrivateWay, waiting.isEmpty, abs(now.timeIntervalSince(spokeAt)) >= Self.pause {
            spokeAt = now
            return .aloud
        }
        if waiting.count < Self.capacity, !waiting.contains(where: { $0.identity == sender.identity }) {
            waiting.append(sender)
        }
        due = due ?? max(now.addingTimeInterval(Self.gathering), spokeAt.addingTimeInterval(Self.pause))
        return .later
    }

    /// Whether she is still to be greeted with the others.
    func isWaiting(_ identity: Identity) -> Bool { waiting.contains { $0.identity == identity } }

    /// Those whose time has come.
    mutating func take(at now: Date) -> [Sender] {
        guard let due, due <= now else { return [] }
        defer { (waiting, self.due, spokeAt) = ([], nil, now) }
        return waiting
    }

    mutating func forget(_ identity: Identity) {
        waiting.removeAll { $0.identity == identity }
        if waiting.isEmpty { due = nil }
    }
}
