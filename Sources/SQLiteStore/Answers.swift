import Synchronization

/// Waits for the outcomes of several jobs and hands them over together, in the sequence of the jobs.
final class Answers: Sendable {
    private let outcomes: Mutex<[WriteJob.Outcome?]>
    private let waiter: CheckedContinuation<[WriteJob.Outcome], Never>

    /// - Parameter count: the number of jobs, at least one.
    init(_ count: Int, waiter: CheckedContinuation<[WriteJob.Outcome], Never>) {
        outcomes = Mutex(Array(repeating: nil, count: count))
        self.waiter = waiter
    }

    /// Takes the outcome of the job at `index`, once.
    func put(_ outcome: WriteJob.Outcome, at index: Int) {
        let complete: [WriteJob.Outcome]? = outcomes.withLock { outcomes in
            outcomes[index] = outcome
            let known = outcomes.compactMap(\.self)
            return known.count == outcomes.count ? known : nil
        }
        if let complete { waiter.resume(returning: complete) }
    }
}
