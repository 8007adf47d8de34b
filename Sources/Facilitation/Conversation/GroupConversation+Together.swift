import DialogEngine

// What waited together is stored together, where that cannot be told from storing it one by one.

extension GroupConversation {
    /// Deals with what waits, in sequence. Lines behind each other that can do no more than add something are stored
    /// together: one change, one sync, one entry of the outbox for all of them.
    ///
    /// - Parameter isStopped: whether the rest is not to be begun; asked before each of them.
    /// - Returns: how many were dealt with.
    @discardableResult
    mutating func take(
        _ deliveries: [Delivery], until isStopped: () -> Bool = { false }
    ) async throws(StoreError) -> Int {
        var additions: [Asked] = []
        var count = 0
        for delivery in deliveries where !isStopped() {
            services.busy.begin(group.name)
            if let addition = await addition(delivery) {
                additions.append(addition)
            } else {
                try await decide(additions)
                additions = []
                try await take(delivery)
            }
            count += 1
        }
        try await decide(additions)
        return count
    }

    /// A line that can do no more than add something to what the group has; nil for everything else.
    private mutating func addition(_ delivery: Delivery) async -> Asked? {
        guard hasLookedAround, session?.state == .running, case .message(let said, let isMember) = delivery else {
            return nil
        }
        let (message, command) = understand(said)
        guard command.onlyAdds, said.continues == nil else { return nil }
        _ = beginnings.follow(command, by: message)
        meet(message)
        await greet(message.sender, before: command, at: message.place)
        return asked(command, message, isMember: isMember)
    }
}

extension Command {
    /// Whether the line can do no more than add something to the present question, or is talk.
    fileprivate var onlyAdds: Bool {
        switch self {
        case .plain, .aside, .contribute, .raise: true
        case .copy(let line): line.mark != .proposal
        default: false
        }
    }
}
