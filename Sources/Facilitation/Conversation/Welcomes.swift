import DialogEngine
import FoundationEssentials

/// Remembers for a day how everybody was greeted, so that whoever comes and goes often hears it again only when it has
/// changed.
struct Welcomes: Sendable {
    private struct Welcome {
        let identity: Identity
        let outputs: [Output.Content]
    }

    private static let capacity = 4096

    private var day = Date(timeIntervalSince1970: 0)
    private var welcomes: [String: Welcome] = [:]

    /// What of a greeting is new to `sender`. Without an account somebody else may be behind the name: what is kept about
    /// people is told her in any case.
    mutating func new(_ outputs: [Output], to sender: Sender, on day: Date) -> [Output] {
        if day != self.day || welcomes.count >= Self.capacity { welcomes = [:] }
        self.day = day
        let welcome = Welcome(identity: sender.identity, outputs: outputs.map(\.content))
        guard let last = welcomes.updateValue(welcome, forKey: sender.name.folded), last.outputs == welcome.outputs
        else { return outputs }
        return last.identity == sender.identity ? [] : outputs.filter(\.tellsWhatIsKept)
    }
}

extension Output {
    fileprivate var tellsWhatIsKept: Bool {
        if case .line(let line) = content { line.phrase == .privacy } else { false }
    }
}
