import DialogEngine
import FoundationEssentials
import Logging

/// Erases what is kept no longer: whole sessions, and what was said about opponents in sessions that nobody leads any more.
///
/// A conversation erases the concerns of its own session itself, on the minute. Those that came before it, and those of
/// groups that there are no more, are looked through here: each once, when its date has come.
struct Retention: Sendable {
    let store: any SessionStore
    let logger: Logger
    /// Whether Lotse is about to end, so that the next one is left for the next start.
    var isStopped: @Sendable () -> Bool = { false }

    /// Erases what is due, and returns the sessions that are gone.
    ///
    /// - Parameter groups: those that have a conversation.
    func enforce(at now: Date, groups: Set<String>) async -> [Session.ID] {
        do {
            let erased = try await store.eraseExpired(at: now)
            for id in erased { logger.info("retention ended, session erased", metadata: ["session": "\(id)"]) }
            for session in try await store.concernsDue(at: now) where !isStopped() {
                guard try await !isLed(session, by: groups), try await eraseConcerns(of: session, at: now) else {
                    continue
                }
                try await store.settleConcerns(of: [session.id])
            }
            return erased
        } catch {
            logger.error("what is kept no longer was not erased", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// Whether a conversation has the session: of each group the one that runs, else the last one.
    private func isLed(_ session: SessionSummary, by groups: Set<String>) async throws(StoreError) -> Bool {
        guard groups.contains(session.group) else { return false }
        return try await store.present(in: session.group) == session.id
    }

    /// Returns false where the session cannot be read.
    private func eraseConcerns(of summary: SessionSummary, at now: Date) async throws(StoreError) -> Bool {
        let loaded: Session?
        do {
            loaded = try await store.load(summary.id)
        } catch .corrupt(let reason) {
            logger.error(
                "a session cannot be read, its concerns stay",
                metadata: ["session": "\(summary.id)", "reason": "\(reason)"])
            return false
        }
        guard let before = loaded else { return true }
        var after = before
        let events = after.eraseConcernsWhenDue(at: now)
        guard !events.isEmpty else { return true }
        _ = try await store.append(
            Change(
                session: before.id, group: summary.group, expectedSeq: before.seq, events: events, snapshot: after,
                erasing: before.erasureOfConcerns))
        logger.info("concerns erased on their date", metadata: ["session": "\(summary.id)"])
        return true
    }
}
