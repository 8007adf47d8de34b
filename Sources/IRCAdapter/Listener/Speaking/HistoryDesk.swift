import Facilitation
import NIOCore

/// Asks for what is kept of the rooms, one question at a time: whatever is asked meanwhile shares the next answer, so that
/// many who come back at once cost little more than one.
///
/// Bound to one event loop.
final class HistoryDesk {
    typealias Answer = ([Room: [PublicLine]]?) -> Void

    private let history: any RoomHistory
    private var waiting: [(rooms: [Room], answer: Answer)] = []
    private var isAsking = false

    init(_ history: any RoomHistory) {
        self.history = history
    }

    /// Calls `answer` on `eventLoop`, later; with nil where something cannot be read.
    func ask(_ rooms: [Room], on eventLoop: any EventLoop, _ answer: @escaping Answer) {
        waiting.append((rooms, answer))
        if !isAsking { askForAll(on: eventLoop) }
    }

    private func askForAll(on eventLoop: any EventLoop) {
        let asked = NIOLoopBound(waiting, eventLoop: eventLoop)
        let (rooms, history) = (Set(waiting.flatMap(\.rooms)), history)
        let me = NIOLoopBound(self, eventLoop: eventLoop)
        waiting = []
        isAsking = true
        eventLoop.makeFutureWithTask {
            var found: [Room: [PublicLine]] = [:]
            for room in rooms { found[room] = await history.lines(in: room) }
            return found
        }.whenSuccess { found in
            me.value.isAsking = false
            if !me.value.waiting.isEmpty { me.value.askForAll(on: eventLoop) }
            for (rooms, answer) in asked.value {
                answer(rooms.allSatisfy { found[$0] != nil } ? found : nil)
            }
        }
    }
}
