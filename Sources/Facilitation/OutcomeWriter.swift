public import DialogEngine

/// Writes what a session came to where its facilitator finds it.
public protocol OutcomeWriter: Sendable {
    /// Returns the place, as it is told to the facilitator: a path.
    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, in language: Language
    ) async throws -> String
}
