package import DialogEngine
package import Facilitation
package import FoundationEssentials

/// A conversation by itself: what somebody says becomes a change for a store, and has happened at once.
package struct SampleConversation: Sendable {
    package static let beginning = Date(timeIntervalSince1970: 1_790_000_000)
    package static let retention: TimeInterval = 86_400 * 180

    package let group: String
    /// Where it is said.
    package let place: String
    package private(set) var session: Session
    /// The time of the next line; a second and a bit passes with each.
    package var now: Date
    private let id: Session.ID

    package init(
        _ id: Session.ID, group: String? = nil, place: String = "test/#room", dialog: Dialog = .sample,
        beginning: Date = Self.beginning, concernsRetention: TimeInterval? = nil
    ) {
        self.place = place
        self.id = id
        self.group = group ?? "group of \(id)"
        now = beginning
        session = Session(
            dialog: dialog,
            settings: StartSettings(
                session: id, name: "Session \(id)", language: Language(rawValue: "en"),
                retainedUntil: beginning.addingTimeInterval(Self.retention),
                concernsRetainedUntil: concernsRetention.map { beginning.addingTimeInterval($0) }))
    }

    /// The change that begins the session.
    package mutating func begin() -> Change {
        var change = say(.start(name: nil))
        change.dialog = session.dialog
        return change
    }

    /// The change that a contribution makes.
    package mutating func contribute(_ text: String, by person: Speaker = .anna, messageID: String? = nil) -> Change {
        say(.contribute(text, question: nil), by: person, messageID: messageID)
    }

    package mutating func say(
        _ command: Command, by person: Speaker = .anna, messageID: String? = nil, guide: Dialog? = nil
    ) -> Change {
        let before = session
        let decision = session.advance(
            by: Input(at: now, kind: .command(command, by: person, source: .chat), guide: guide))
        now.addTimeInterval(1.1)
        // Somebody who asks in the room is answered there.
        let outputs = decision.outputs.map { output in
            output.audience == .asker
                ? Output(to: .room, isAcknowledgement: output.isAcknowledgement, output.content) : output
        }
        var change = Change(
            session: id, group: group, expectedSeq: before.seq, events: decision.events, outputs: outputs,
            messages: messageID.map { [.init(id: $0, seq: session.seq, place: place)] } ?? [])
        change.erasing = decision.erasing
        if change.erasing != nil || Change.isSnapshotDue(from: before.seq, to: session.seq) {
            change.snapshot = session
        }
        return change
    }
}

extension Speaker {
    /// Begins the sample session, and facilitates it.
    package static let anna = Speaker(
        identity: Identity(rawValue: "test/account/anna"), name: "anna", appointment: .starter)
    package static let bernd = Speaker(identity: Identity(rawValue: "test/account/bernd"), name: "bernd")
}
