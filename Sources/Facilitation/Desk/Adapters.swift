import Synchronization

/// The adapters that there are, by their names; others may come while groups talk.
final class Adapters: ExpressibleByDictionaryLiteral, Sendable {
    private let known: Mutex<[String: any ChatAdapter]>

    init(_ adapters: [any ChatAdapter]) {
        known = Mutex(Dictionary(adapters.map { ($0.name, $0) }, uniquingKeysWith: { $1 }))
    }

    init(dictionaryLiteral elements: (String, any ChatAdapter)...) {
        known = Mutex(Dictionary(elements, uniquingKeysWith: { $1 }))
    }

    subscript(name: String) -> (any ChatAdapter)? {
        known.withLock { $0[name] }
    }

    func add(_ adapter: any ChatAdapter) {
        known.withLock { $0[adapter.name] = adapter }
    }
}
