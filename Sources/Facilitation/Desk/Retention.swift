import DialogEngine
import FoundationEssentials
import Logging

/// Erases what is kept no longer: whole sessions, and what was said about opponents in sessions that nobody leads any more.
///
/// A conversation erases the concerns of its own session itself, on the minute. Those that came before it, and those of
/// groups that there are no more, are looked through here: each once, when its date has come.
///
/// What was written of the sessions goes with them; after concerns are erased it is written anew.
struct Retention: Sendable {
    private let services: GroupConversation.Services
    private var store: any SessionStore { services.store }
    private var logger: Logger { services.logger }

    init(_ services: GroupConversation.Services) {
        self.services = services
    }

    /// Erases what is due, and returns the sessions that are gone.
    ///
    /// - Parameter groups: those that have a conversation.
    func enforce(at now: Date, groups: Set<String>) async -> [Session.ID] {
        do {
            for session in try await store.sessions() where session.retainedUntil < now {
                _ = await services.withdrawOutcomes(of: session.id)
            }
            let erased = try await store.eraseExpired(at: now)
            for id in erased { logger.info("retention ended, session erased", metadata: ["session": "\(id)"]) }
            for session in try await store.concernsDue(at: now) where !services.isStopped() {
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
        let files = await services.withdrawOutcomes(of: before.id)
        _ = try await store.append(
            Change(
                session: before.id, group: summary.group, expectedSeq: before.seq, events: events, snapshot: after,
                erasing: before.erasureOfConcerns))
        await renew(files, of: after, at: now)
        logger.info("concerns erased on their date", metadata: ["session": "\(summary.id)"])
        return true
    }

    private func renew(_ files: WithdrawnOutcomes, of session: Session, at now: Date) async {
        guard !files.names.isEmpty else { return }
        do {
            try await services.outcomes.renew(files.names, of: session, by: services.interpreter(), at: now)
        } catch {
            logger.error(
                "the outcome was not written anew after concerns were erased",
                metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
    }
}
