import DialogEngine
import FoundationEssentials
import Logging
import Synchronization

/// Erases what is kept no longer: whole sessions, and what was said about opponents in sessions that nobody leads any more.
///
/// A conversation erases the concerns of its own session itself, on the minute. Those that came before it, and those of
/// groups that there are no more, are looked through here.
///
/// What was written of the sessions goes with them; after concerns are erased it is written anew.
final class Retention: Sendable {
    private let services: GroupConversation.Services
    private var store: any SessionStore { services.store }
    private var logger: Logger { services.logger }
    /// When something has to go from a session that nobody leads; such a session changes no more, so it is read once.
    private let dates = Mutex<[Session.ID: Date]>([:])

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
            let sessions = try await store.sessions()
            let led = Self.led(of: sessions, by: groups)
            dates.withLock { dates in
                dates = dates.filter { id, _ in !led.contains(id) && !erased.contains(id) }
            }
            for session in sessions where !led.contains(session.id) {
                try await eraseConcerns(of: session, at: now)
            }
            return erased
        } catch {
            logger.error("what is kept no longer was not erased", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// The sessions that conversations have: of each group the one that runs, else the last one.
    private static func led(of sessions: [SessionSummary], by groups: Set<String>) -> Set<Session.ID> {
        var led: [String: SessionSummary] = [:]
        for session in sessions where groups.contains(session.group) {
            guard let known = led[session.group] else {
                led[session.group] = session
                continue
            }
            if known.endedAt != nil, session.endedAt == nil { led[session.group] = session }
        }
        return Set(led.values.map(\.id))
    }

    private func eraseConcerns(of summary: SessionSummary, at now: Date) async throws(StoreError) {
        if let due = dates.withLock({ $0[summary.id] }), due > now { return }
        let loaded: Session?
        do {
            loaded = try await store.load(summary.id)
        } catch .corrupt(let reason) {
            return logger.error(
                "a session cannot be read, its concerns stay",
                metadata: ["session": "\(summary.id)", "reason": "\(reason)"])
        }
        guard let before = loaded else { return }
        var after = before
        let events = after.eraseConcernsWhenDue(at: now)
        if !events.isEmpty {
            let files = await services.withdrawOutcomes(of: before.id)
            _ = try await store.append(
                Change(
                    session: before.id, group: summary.group, expectedSeq: before.seq, events: events, snapshot: after,
                    erasing: before.erasureOfConcerns))
            await renew(files, of: after, at: now)
            logger.info("concerns erased on their date", metadata: ["session": "\(summary.id)"])
        }
        let due = after.concernsDue
        dates.withLock { $0[summary.id] = due ?? .distantFuture }
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
