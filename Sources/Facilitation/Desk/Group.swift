public import DialogEngine

/// A group as the operator configures it: where it talks, by which guide, who facilitates.
public struct Group: Sendable {
    public var name: String
    /// The places of one conversation; what is said in one is shown in the others.
    public var rooms: [Room]
    /// The guide that new sessions begin with; without one only a session that runs already goes on.
    public var guide: Dialog?
    public var language: Language
    /// The order of the questions in new sessions; nil for the guide's first one.
    public var order: Dialog.Order.ID?
    /// How plain lines are taken in new sessions.
    public var mode: Mode
    /// Accounts, as `adapter/account`, that facilitate every session of the group.
    public var facilitators: Set<String>
    /// Whether whoever says `!start` first facilitates, also where all who did are gone.
    public var anyoneMayStart: Bool
    /// Whether only facilitators may propose answers in new sessions.
    public var facilitatorsPropose: Bool
    /// How long a session is kept: to the end of the month that lies so many ahead of its beginning.
    public var retentionMonths: Int
    /// How long what is said about opponents is kept, counted alike; never longer than the session.
    public var concernsRetentionMonths: Int
    /// The workshop that the group belongs to with others; whoever facilitates several of its groups sees them side by side.
    public var workshop: String?

    public init(
        name: String, rooms: [Room], guide: Dialog?, language: Language, order: Dialog.Order.ID? = nil,
        mode: Mode = .talk, facilitators: Set<String> = [], anyoneMayStart: Bool = false,
        facilitatorsPropose: Bool = false, retentionMonths: Int = 6, concernsRetentionMonths: Int = 3,
        workshop: String? = nil
    ) {
        self.name = name
        self.rooms = rooms
        self.guide = guide
        self.language = language
        self.order = order
        self.mode = mode
        self.facilitators = facilitators
        self.anyoneMayStart = anyoneMayStart
        self.facilitatorsPropose = facilitatorsPropose
        self.retentionMonths = retentionMonths
        self.concernsRetentionMonths = concernsRetentionMonths
        self.workshop = workshop
    }

    /// Whom the operator named, as the adapter knows them when they are signed in.
    func appointed(on adapter: String) -> Set<Identity> {
        Set(
            facilitators.compactMap(Room.init).filter { $0.adapter == adapter }.map {
                Identity(rawValue: "\($0.adapter)/account/\($0.name.lowercased())")
            })
    }

    /// What the operator lets somebody do in this group, by what she has proved about herself and this group alone.
    ///
    /// | proof                                     | holds                                                        |
    /// |-------------------------------------------|--------------------------------------------------------------|
    /// | an account that ``facilitators`` names    | in this group, from wherever she writes                      |
    /// | the network vouches that she moderates    | in the group of that room, also for what she writes privately where the request names the room |
    ///
    /// A right holds for the group in whose room it was proved, and nowhere else: who leads several has proved it for each.
    func appointment(of sender: Sender, on adapter: String) -> Speaker.Appointment {
        if let room = sender.moderates, rooms.contains(room) { return .facilitator }
        if let account = sender.account, facilitators.contains("\(adapter)/\(account)") { return .facilitator }
        return anyoneMayStart ? .starter : .none
    }
}
