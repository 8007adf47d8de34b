public import FoundationEssentials

/// A line that somebody said in a room of her group and that is kept.
public struct PublicLine: Hashable, Sendable {
    /// The network's id of the message where that is known, else one of the session's; always the same.
    public let id: String
    public let at: Date
    /// What the person was called then.
    public let name: String
    /// As it was typed, in the present wording.
    public let text: String

    public init(id: String, at: Date, name: String, text: String) {
        self.id = id
        self.at = at
        self.name = name
        self.text = text
    }
}

/// Where an adapter asks for what was said in its rooms while somebody was away.
public protocol RoomHistory: Sendable {
    /// What everybody in `room` may read of its group's last session, the earliest line first; none where no group talks
    /// there, nil where it cannot be read now. Talk is not among it: it was never kept.
    func lines(in room: Room) async -> [PublicLine]?
}
