/// Reads the configuration, the guides and the wording again.
struct ReloadOperation: Operation {
    static let name = "reload"
    static let need = OperationNeed.running

    func perform(by steward: Steward) async throws -> Answer {
        guard let reload = steward.reload else { throw CommandError("this Lotse reads nothing again") }
        return await reload()
    }
}
