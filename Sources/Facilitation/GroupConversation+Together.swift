import DialogEngine
import FoundationEssentials
import Wording

// Lines that came while others were being stored are decided one after the other and stored together: one sync for all.

extension GroupConversation {
    /// A line that is decided, and applied to the session, but not yet stored.
    private struct Draft {
        let message: IncomingMessage
        let isMember: Bool
        let origin: Origin
        let outputs: [Output]
        /// Nil where the line changes nothing.
        let change: Change?
    }

    /// Deals with what waits, in sequence.
    mutating func take(_ deliveries: [Delivery]) async throws(StoreError) {
        var rest = deliveries[...]
        while let first = rest.first {
            let count = rest.count > 1 ? try await takeTogether(rest) : 0
            if count == 0 { try await take(first) }
            rest = rest.dropFirst(max(count, 1))
        }
    }

    /// Deals with the lines at the beginning of `deliveries` that only add something; returns how many these are.
    private mutating func takeTogether(_ deliveries: ArraySlice<Delivery>) async throws(StoreError) -> Int {
        guard let before = session, before.state == .running else { return 0 }
        var drafts: [Draft] = []
        for delivery in deliveries {
            guard case .message(let message, let isMember) = delivery, let draft = draft(message, isMember) else {
                break
            }
            drafts.append(draft)
        }
        var results = await services.store.append(inSequence: drafts.compactMap(\.change)).makeIterator()
        for (number, draft) in drafts.enumerated() {
            let result = draft.change.flatMap { _ in results.next() } ?? .success(nil)
            guard case .success(let entry) = result else {
                try await takeApart(drafts, from: number, before)
                break
            }
            await speak(draft.outputs, draft.origin, entry: entry)
        }
        return drafts.count
    }

    /// Decides on a line and goes on with the session after it; nil for one that may do more than add something.
    private mutating func draft(_ message: IncomingMessage, _ isMember: Bool) -> Draft? {
        let command = read(message)
        guard command.onlyAdds else { return nil }
        meet(message)
        let origin = Origin(message)
        let known = session?.seq ?? 0
        let input = input(command, message, isMember: isMember)
        let decision = session?.advance(by: input)
        let outputs = (decision?.outputs ?? []).map { resolved($0, origin) }
        var change: Change?
        if let session, let events = decision?.events, !events.isEmpty {
            change = Change(
                session: session.id, group: group.name, expectedSeq: known, events: events, outputs: outputs,
                messageID: message.id)
            if Change.isSnapshotDue(from: known, to: session.seq) { change?.snapshot = session }
        }
        return Draft(message: message, isMember: isMember, origin: origin, outputs: outputs, change: change)
    }

    /// One line of them was not stored, and so neither were those behind it: from there on each is dealt with by itself.
    private mutating func takeApart(
        _ drafts: [Draft], from number: Int, _ before: Session
    ) async throws(StoreError) {
        session = before
        for event in drafts[..<number].flatMap({ $0.change?.events ?? [] }) { session?.apply(event) }
        for draft in drafts[number...] {
            let input = input(read(draft.message), draft.message, isMember: draft.isMember)
            try await decide(input, draft.origin)
        }
    }
}

extension Command {
    /// Whether the line can do no more than add something to the present question, or is talk.
    fileprivate var onlyAdds: Bool {
        switch self {
        case .plain, .aside, .contribute, .raise: true
        default: false
        }
    }
}
