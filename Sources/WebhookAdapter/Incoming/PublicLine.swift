import DialogEngine
import Facilitation

/// A line that everybody in a room may read: the only kind that is said in one. It is made of a line that goes to the room,
/// or of what of a line to one person may be said aloud; of what is for her alone it cannot be made.
struct PublicLine: Sendable {
    let message: OutgoingMessage
    let room: String

    /// A line to a room; what somebody said in another one stands under her name.
    init(_ message: OutgoingMessage, to room: Room) {
        self.room = room.name
        guard case .relayed(let name) = message.manner else {
            self.message = message
            return
        }
        self.message = OutgoingMessage("\(name): \(message.text)")
    }

    /// What of a line to `person` may be said to her in her room, with the system's way of calling her before it; nil where
    /// nothing may, or where no room is known.
    init?(_ message: OutgoingMessage, to person: ChatPerson, called mention: String) {
        guard let aloud = message.aloud, !person.room.isEmpty else { return nil }
        room = person.room
        self.message = OutgoingMessage(
            "\(mention) \(aloud)", manner: message.manner, inReplyTo: message.inReplyTo)
    }
}

extension OutgoingMessage {
    /// The line where nobody hears what is written beneath it: what it says about a private window is not true there.
    var forAWindowWithoutEars: OutgoingMessage {
        OutgoingMessage(aloud ?? text, aloud: aloud, manner: manner, inReplyTo: inReplyTo, mark: mark)
    }
}
