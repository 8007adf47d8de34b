/// A value that few have at a time: nothing takes one word, and the value lies on the heap.
///
/// Ten thousand clients lie side by side in one dictionary; what each of them might need once is not kept free for all.
@propertyWrapper
struct Seldom<Value: Hashable & Sendable>: Hashable, Sendable {
    private indirect enum Storage: Hashable, Sendable {
        case nothing
        case some(Value)
    }

    private var storage = Storage.nothing

    init() {}

    var wrappedValue: Value? {
        get {
            switch storage {
            case .nothing: nil
            case .some(let value): value
            }
        }
        set { storage = newValue.map { .some($0) } ?? .nothing }
    }
}
