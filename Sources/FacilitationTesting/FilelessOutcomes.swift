package import DialogEngine
package import Facilitation
package import FoundationEssentials
package import Wording

/// Outcomes of a test or a measurement that leave no files behind, so that nothing is to be taken away again.
package protocol FilelessOutcomes: OutcomeWriter {}

extension FilelessOutcomes {
    package func withdraw(_ id: Session.ID) async throws -> [String] { [] }

    package func renew(
        _ names: [String], of session: Session, by interpreter: Interpreter, at now: Date
    ) async throws {}

    package func withdrawAll(but sessions: Set<Session.ID>) async throws -> [Session.ID] { [] }
}
