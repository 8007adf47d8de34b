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

    @discardableResult
    package func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        record.withLock {
            $0.append(Said(text: message.text, manner: message.manner, destination: destination))
        }
        return true
    }

    package func run() async throws {}
}
