import Foundation
import Synchronization

/// Several groups that contribute at the same time, each as soon as its last answers are acknowledged.
struct Load {
    let groups: Int
    /// The number of answers of each group.
    let answers: Int
    /// How many answers of a group are under way at a time.
    let window: Int

    /// Lets all groups contribute on `port`; returns what went wrong.
    func put(on port: Int) -> Failure? {
        let failure = Failures()
        let threads = DispatchGroup()
        for number in 1...groups {
            threads.enter()
            Thread.detachNewThread {
                defer { threads.leave() }
                do {
                    var client = try Client(port: port)
                    try client.hold(Conversation(group: number, answers: answers), window: window)
                } catch {
                    failure.note(error as? Failure ?? Failure("\(error)"))
                }
            }
        }
        threads.wait()
        return failure.first
    }
}

/// The first failure of several threads.
private final class Failures: Sendable {
    private let noted = Mutex<Failure?>(nil)

    var first: Failure? { noted.withLock { $0 } }

    func note(_ failure: Failure) {
        noted.withLock { $0 = $0 ?? failure }
    }
}
