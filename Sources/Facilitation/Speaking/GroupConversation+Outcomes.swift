import DialogEngine
import FoundationEssentials
import Logging
import Wording

// What was written of a session holds no more than the session does.
//
// withdraw the files ─▶ commit the erasure ─▶ write them anew
//
// A crash in between leaves too few files and never too much in them.

/// The files of a session that were taken away before something is erased from it.
struct WithdrawnOutcomes: Sendable {
    var names: [String] = []
    /// False where some could not be taken away.
    var areGone = true
}

extension GroupConversation.Services {
    /// Takes away what was written of a session. That this failed is logged, and does not keep anything from being erased.
    func withdrawOutcomes(of id: Session.ID) async -> WithdrawnOutcomes {
        do {
            return WithdrawnOutcomes(names: try await outcomes.withdraw(id))
        } catch {
            logger.error(
                "what was written of a session could not be deleted, and holds more than is kept",
                metadata: ["session": "\(id)", "error": "\(error)"])
            return WithdrawnOutcomes(areGone: false)
        }
    }
}

extension GroupConversation {
    /// Writes anew what was taken away, as far as the session is still there.
    func renew(_ files: WithdrawnOutcomes) async {
        guard !files.names.isEmpty, let session else { return }
        do {
            try await services.outcomes.renew(files.names, of: session, by: interpreter, at: now)
        } catch {
            services.logger.error(
                "the outcome was not written anew after something was erased",
                metadata: ["session": "\(session.id)", "error": "\(error)"])
        }
    }

    /// Tells those who may have copies that something was erased.
    mutating func tell(of files: WithdrawnOutcomes) async {
        if !files.areGone { await tellFacilitators(Line(.outcomesRemain)) }
        if !files.names.isEmpty { await tellFacilitators(Line(.outcomesRenewed)) }
    }
}

extension Change {
    /// Whether files that were written before hold more than they may afterwards.
    var takesBack: Bool {
        erasing != nil
            || events.contains { event in
                switch event.kind {
                case .withdrawn, .proposalWithdrawn: true
                default: false
                }
            }
    }
}
