/// Whose password or proof is looked at next, and how long the answer to a wrong one takes.
///
///     asks ─▶ a lane for each network ─▶ in turn ─▶ looked at ─┬▶ right: answered at once
///                                                              └▶ wrong: answered later, the more of them the later
///
/// Nobody is locked out: where many wrong ones came from, or for an account, there is a pause between two looks and the
/// wrong ones are answered late, but the right one still gets its turn. All in memory; a pure value with the time
/// handed in.
struct SignInDesk: Hashable, Sendable {
    /// Somebody who waits for her turn.
    struct Ticket: Hashable, Sendable {
        let id: ConnectionID
        let network: String
        /// Folded; empty where the password is that of the listener.
        let account: String
    }

    /// Somebody who is to be told that it was wrong.
    struct Refusal: Hashable, Sendable {
        let id: ConnectionID
        let due: Duration
    }

    /// How many wrong ones came lately, one of them forgotten every ``forgetting``.
    private struct Tally: Hashable, Sendable {
        var level = 0.0
        var at: Duration
        /// When the next look is allowed.
        var next = Duration.zero

        func level(at now: Duration) -> Double {
            max(0, level - (now - at) / SignInDesk.forgetting)
        }
    }

    /// How many may wait from one network, and in all.
    static let perNetwork = 256
    static let capacity = 1024
    /// How many passwords are computed at once: each takes a core for some tens of milliseconds.
    static let atOnce = 4
    /// So many wrong ones are answered at once, as those of somebody who mistypes.
    static let free = 3.0
    static let longestAnswer = 8
    /// From so many wrong ones on there is a pause between two looks.
    static let suspicious = 10.0
    static let pause = Duration.milliseconds(100)
    static let forgetting = Duration.seconds(10)
    /// How many networks and accounts are remembered.
    private static let memory = 4096

    private var lanes: [String: [Ticket]] = [:]
    /// The networks that have somebody waiting, whose turn is next first.
    private var turns: [String] = []
    private var waiting = 0
    private var underWay = 0
    private var tallies: [Key: Tally] = [:]
    private var refusals: [Refusal] = []

    private enum Key: Hashable, Sendable {
        case network(String)
        case account(String)
    }

    // MARK: - Waiting

    /// Returns false where too many wait already: then nothing is looked at, and nothing counts as wrong.
    mutating func enter(_ ticket: Ticket) -> Bool {
        guard waiting < Self.capacity, lanes[ticket.network, default: []].count < Self.perNetwork else { return false }
        if lanes[ticket.network] == nil { turns.append(ticket.network) }
        lanes[ticket.network, default: []].append(ticket)
        waiting += 1
        return true
    }

    /// The connection is gone.
    mutating func forget(_ id: ConnectionID, from network: String) {
        refusals.removeAll { $0.id == id }
        guard let index = lanes[network]?.firstIndex(where: { $0.id == id }) else { return }
        _ = take(index, from: network)
    }

    private mutating func take(_ index: Int, from network: String) -> Ticket? {
        let ticket = lanes[network]?.remove(at: index)
        waiting -= 1
        if lanes[network]?.isEmpty == true {
            lanes[network] = nil
            turns.removeAll { $0 == network }
        }
        return ticket
    }

    /// Whose turn it is; nil where nobody waits, or all have to wait on.
    mutating func next(at now: Duration) -> Ticket? {
        guard underWay < Self.atOnce else { return nil }
        for network in turns where isReady(.network(network), at: now) {
            guard let index = lanes[network]?.firstIndex(where: { isReady(.account($0.account), at: now) }) else {
                continue
            }
            // The others come first now.
            if let place = turns.firstIndex(of: network) { turns.append(turns.remove(at: place)) }
            guard let ticket = take(index, from: network) else { return nil }
            rest(.network(network), at: now)
            rest(.account(ticket.account), at: now)
            return ticket
        }
        return nil
    }

    private func isReady(_ key: Key, at now: Duration) -> Bool {
        tallies[key].map { $0.next <= now } ?? true
    }

    private mutating func rest(_ key: Key, at now: Duration) {
        guard let tally = tallies[key], tally.level(at: now) >= Self.suspicious else { return }
        tallies[key]?.next = now + Self.pause
    }

    /// A password is being computed, elsewhere; and it was.
    mutating func began() { underWay += 1 }
    mutating func finished() { underWay -= 1 }

    // MARK: - Wrong ones

    /// One was wrong: returns how long its answer is to take.
    mutating func failed(_ ticket: Ticket, at now: Duration) -> Duration {
        let keys = [Key.network(ticket.network), .account(ticket.account)]
        for key in keys { count(key, at: now) }
        let level = keys.compactMap { tallies[$0]?.level }.max() ?? 0
        guard level > Self.free else { return .zero }
        return .seconds(min(1 << Int(min(level - Self.free, 8).rounded(.up) - 1), Self.longestAnswer))
    }

    private mutating func count(_ key: Key, at now: Duration) {
        if tallies[key] == nil, tallies.count >= Self.memory { forgetOld(at: now) }
        var tally = tallies[key] ?? Tally(at: now)
        // More than this says nothing more, and would take longer to be forgotten.
        tally.level = min(tally.level(at: now) + 1, 2 * Self.suspicious)
        tally.at = now
        tallies[key] = tally
    }

    /// Makes room: those of whom the least is known go.
    private mutating func forgetOld(at now: Duration) {
        let levels = tallies.values.map { $0.level(at: now) }.sorted()
        let limit = levels[levels.count / 2]
        tallies = tallies.filter { $0.value.level(at: now) > limit }
    }

    mutating func answerLater(_ id: ConnectionID, at due: Duration) {
        refusals.append(Refusal(id: id, due: due))
    }

    /// Who is to be told now, each once.
    mutating func takeDue(at now: Duration) -> [ConnectionID] {
        let due = refusals.filter { $0.due <= now }
        refusals.removeAll { $0.due <= now }
        return due.map(\.id)
    }

    // MARK: - Time

    /// When there is next something to do that nothing else brings about.
    func nextMoment(after now: Duration) -> Duration? {
        var moments = refusals.map(\.due)
        // What is under way brings the next turn itself.
        if waiting > 0, underWay < Self.atOnce {
            for (network, tickets) in lanes {
                let pause = tallies[.network(network)]?.next ?? .zero
                moments += tickets.map { max(pause, tallies[.account($0.account)]?.next ?? .zero) }
            }
        }
        return moments.min().map { max($0, now) }
    }
}
