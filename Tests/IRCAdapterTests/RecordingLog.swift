import Logging
import Synchronization

/// A log in which a test can wait for a message.
final class RecordingLog: LogHandler {
    private let waiting = Mutex<(seen: Set<String>, message: String?, continuation: CheckedContinuation<Void, Never>?)>(
        ([], nil, nil))

    func wait(for message: String) async {
        await withCheckedContinuation { continuation in
            let isThere = waiting.withLock { waiting in
                if waiting.seen.contains(message) { return true }
                waiting.message = message
                waiting.continuation = continuation
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func log(event: LogEvent) {
        let text = "\(event.message)"
        waiting.withLock { waiting in
            waiting.seen.insert(text)
            guard waiting.message == text else { return }
            waiting.continuation?.resume()
            waiting.continuation = nil
        }
    }

    // A shared log keeps no metadata of its own and takes every level.
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
}
