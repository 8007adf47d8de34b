import Facilitation
import FoundationEssentials

/// A history of one line that is told when the test says so.
actor HeldHistory: RoomHistory {
    private(set) var looks = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func lines(in room: Room) async -> [PublicLine]? {
        looks += 1
        await withCheckedContinuation { waiting.append($0) }
        return [PublicLine(id: "m1", at: Date(timeIntervalSince1970: 0), name: "dirk", text: "+ eins")]
    }

    /// Answers the next look, which may still have to come.
    func answer() async {
        while waiting.isEmpty { await Task.yield() }
        waiting.removeFirst().resume()
    }
}
