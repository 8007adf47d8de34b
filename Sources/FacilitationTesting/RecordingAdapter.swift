package import DialogEngine
package import Facilitation
import Synchronization

/// An adapter that writes down what is said over it.
package final class RecordingAdapter: ChatAdapter {
    package struct Said: Hashable, Sendable {
        package let text: String
        package let manner: OutgoingMessage.Manner
        package let destination: Destination

        package init(text: String, manner: OutgoingMessage.Manner, destination: Destination) {
            self.text = text
            self.manner = manner
            self.destination = destination
        }
    }

    package let name: String
    package let source: Source
    package let speaksPrivately: Bool
    package let isPaced: Bool
    private let record = Mutex<[Said]>([])
    private let leading = Mutex<[Room: [Set<Identity>]]>([:])
    private let refusals = Mutex<[String]>([])

    package init(name: String = "test", source: Source = .chat, speaksPrivately: Bool = true, isPaced: Bool = false) {
        self.isPaced = isPaced
        self.name = name
        self.source = source
        self.speaksPrivately = speaksPrivately
    }

    package var said: [Said] { record.withLock { $0 } }

    package func forget() {
        record.withLock { $0 = [] }
    }

    package var texts: [String] { said.map(\.text) }

    /// Without a private way, what is for one person is heard as far as it may be said aloud.
    @discardableResult
    package func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        var text: String? = message.text
        if case .person = destination, !speaksPrivately { text = message.aloud }
        guard let text else { return true }
        record.withLock { $0.append(Said(text: text, manner: message.manner, destination: destination)) }
        return true
    }

    package func setFacilitators(_ identities: Set<Identity>, of room: Room) async {
        leading.withLock { $0[room, default: []].append(identities) }
    }

    /// Who facilitated in the room, one after the other.
    package func facilitators(of room: Room) -> [Set<Identity>] {
        leading.withLock { $0[room] ?? [] }
    }

    /// The ids of the messages that were not kept, in sequence.
    package var refused: [String] { refusals.withLock(\.self) }

    package func notKept(_ messageID: String) {
        refusals.withLock { $0.append(messageID) }
    }

    package func run() async throws {}
}
