import DialogEngine
import Synchronization

/// What the operator wants of one session, on its way to the conversation that leads it. Answered once, whatever happens.
final class Errand: Sendable {
    enum Work: Sendable {
        case change(@Sendable (Session, _ group: String) throws -> Change?)
        case erase
    }

    let session: Session.ID
    /// The group that the session belongs to.
    let group: String
    let work: Work
    private let waiter: Mutex<CheckedContinuation<Void, any Error>?>

    init(_ work: Work, on session: Session.ID, of group: String, waiter: CheckedContinuation<Void, any Error>) {
        self.work = work
        self.session = session
        self.group = group
        self.waiter = Mutex(waiter)
    }

    deinit {
        finish(.failure(StoreError.busy))
    }

    func finish(_ result: Result<Void, any Error>) {
        let waiting = waiter.withLock { waiter in
            defer { waiter = nil }
            return waiter
        }
        waiting?.resume(with: result)
    }

    /// Does it where no conversation has the session.
    func perform(in store: any SessionStore) async {
        let desk = StoreDesk(store)
        do {
            switch work {
            case .change(let decide): try await desk.change(session, decide)
            case .erase: try await desk.erase(session)
            }
            finish(.success(()))
        } catch {
            finish(.failure(error))
        }
    }
}
