import Facilitation
import Synchronization

/// Keeps what it is given; can be full, and can be waited on.
final class RecordingInbox: Inbox {
    private struct State {
        var received: [Incoming] = []
        var isFull = false
        var waiting: (isEnough: @Sendable ([Incoming]) -> Bool, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())

    func deliver(_ incoming: Incoming) -> Bool {
        let (isTaken, continuation) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard !state.isFull else { return (false, nil) }
            state.received.append(incoming)
            guard let waiting = state.waiting, waiting.isEnough(state.received) else { return (true, nil) }
            state.waiting = nil
            return (true, waiting.continuation)
        }
        continuation?.resume()
        return isTaken
    }

    var received: [Incoming] { state.withLock { $0.received } }

    var messages: [IncomingMessage] {
        received.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    var texts: [String] { messages.map(\.text) }

    func setFull(_ isFull: Bool) {
        state.withLock { $0.isFull = isFull }
    }

    /// Returns as soon as what was received is enough.
    func wait(until isEnough: @escaping @Sendable ([Incoming]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if isEnough(state.received) { return true }
                state.waiting = (isEnough, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Returns when a line with this text has come.
    func wait(forText text: String) async {
        await wait { received in
            received.contains { if case .message(let message) = $0 { message.text == text } else { false } }
        }
    }
}
