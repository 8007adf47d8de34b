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

    /// Takes away what was written of a session; asked for before something is erased from it, so that after a crash
    /// nothing lies there that the store does not hold any more.
    ///
    /// Returns the names of what was there. When it returns, that it is gone is on disk.
    func withdraw(_ id: Session.ID) async throws -> [String]

    /// Writes anew, of the `names` that ``withdraw(_:)`` returned, what can be told from its name: as the session is now.
    func renew(_ names: [String], of session: Session, by interpreter: Interpreter, at now: Date) async throws

    /// Takes away what belongs to none of `sessions`, as a crash or an earlier version left it behind, and returns the
    /// sessions that it was written of.
    func withdrawAll(but sessions: Set<Session.ID>) async throws -> [Session.ID]
}
