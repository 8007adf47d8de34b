public import DialogEngine
public import FoundationEssentials
public import Wording

/// Writes what a session came to where its facilitator finds it.
public protocol OutcomeWriter: Sendable {
    /// Writes `session` as of `now` and returns the place, as it is told to the facilitator: a path.
    ///
    /// An error is logged, so it must not carry what people said; the facilitator is told that nothing was written.
    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String

    /// Writes a sheet of the guide of `session` to write on by hand, and returns the place in the same way.
    func writeWorksheet(
        of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
    ) async throws -> String
}
