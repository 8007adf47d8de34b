import NIOCore
import Synchronization

/// Lets connections of all loops in, and closes those that have to make room.
final class Doorway: Sendable {
    private struct State {
        var admission: Admission
        var channels: [Admission.ID: any Channel] = [:]
        var nextID: Admission.ID = 0
    }

    private let state: Mutex<State>

    init(_ admission: Admission) {
        state = Mutex(State(admission: admission))
    }

    /// Nil where the connection is not let in.
    func enter(_ channel: any Channel) -> Admission.ID? {
        let address = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        let (id, victim) = state.withLock { state -> (Admission.ID?, (any Channel)?) in
            state.nextID += 1
            switch state.admission.enter(state.nextID, from: address) {
            case .refused: return (nil, nil)
            case .admitted(let victim):
                state.channels[state.nextID] = channel
                return (state.nextID, victim.flatMap { state.channels.removeValue(forKey: $0) })
            }
        }
        victim?.close(promise: nil)
        return id
    }

    func began(_ id: Admission.ID) { state.withLock { $0.admission.began(id) } }

    func waits(_ id: Admission.ID) { state.withLock { $0.admission.waits(id) } }

    func leave(_ id: Admission.ID) {
        state.withLock { state in
            state.channels[id] = nil
            state.admission.leave(id)
        }
    }
}
