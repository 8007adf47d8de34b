/// What a network offers (CAP LS, NEW, DEL) and what of it is in use (CAP REQ, ACK, NAK); IRCv3 capability negotiation.
struct ClientCapabilities: Hashable, Sendable {
    /// Names that a server may offer; one that offers more wants to use up memory.
    private static let limit = 256

    /// Values by name, empty where there is none; also of capabilities that the bot does not use.
    private var offered: [String: String] = [:]
    private var enabled: Set<ClientCapability> = []
    /// What was asked for and is not answered yet, the oldest first: a refusal names it only in part.
    private var requests: [[ClientCapability]] = []
    private var isListed = false

    /// Whether the server has said what it offers, and answered everything that was asked for.
    var isSettled: Bool { isListed && requests.isEmpty }

    /// Whether `capability` is in use.
    func contains(_ capability: ClientCapability) -> Bool { enabled.contains(capability) }

    /// The value with which `name` is offered; nil where it is not.
    func value(of name: String) -> String? { offered[name] }

    /// Whether a line that went out comes back, marked as the answer to it.
    var confirmsLines: Bool { contains(.labeledResponse) && contains(.echoMessage) }

    /// Takes in one line of CAP LS or NEW. Returns false when the server offers more than it can mean.
    mutating func offer(_ capabilities: [String: String], isLast: Bool = true) -> Bool {
        offered.merge(capabilities) { $1 }
        isListed = isListed || isLast
        return offered.count <= Self.limit
    }

    /// What to ask for now; nothing where all that is of use is in use or asked for.
    mutating func request(where isWanted: (ClientCapability) -> Bool) -> [ClientCapability] {
        let pending = Set(requests.joined())
        let names = ClientCapability.allCases.filter { capability in
            let isOffered = ([capability] + capability.needs).allSatisfy { offered[$0.rawValue] != nil }
            return isOffered && !contains(capability) && !pending.contains(capability) && isWanted(capability)
        }
        if !names.isEmpty { requests.append(names) }
        return names
    }

    /// CAP ACK; `-name` says that one was switched off.
    mutating func acknowledge(_ names: [String]) {
        if !requests.isEmpty { requests.removeFirst() }
        for name in names {
            if let capability = ClientCapability(rawValue: name) { enabled.insert(capability) }
            if name.hasPrefix("-"), let off = ClientCapability(rawValue: String(name.dropFirst())) { disable(off) }
        }
    }

    /// CAP NAK: one that was refused takes all others of its request with it. Returns what to ask for one by one.
    mutating func refuse() -> [ClientCapability] {
        guard !requests.isEmpty else { return [] }
        let refused = requests.removeFirst()
        guard refused.count > 1 else { return [] }
        requests += refused.map { [$0] }
        return refused
    }

    /// CAP DEL.
    mutating func withdraw(_ names: [String]) {
        for name in names {
            offered[name] = nil
            if let capability = ClientCapability(rawValue: name) { disable(capability) }
        }
    }

    private mutating func disable(_ capability: ClientCapability) {
        enabled = enabled.filter { $0 != capability && !$0.needs.contains(capability) }
    }
}
