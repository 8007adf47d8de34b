import SeededRandom
import Testing

@testable import Facilitation

@Suite("What waits in a row")
struct WaitingRowTests {
    @Test("It comes out in the sequence in which it went in, however it is taken", arguments: [1, 2, 3] as [UInt64])
    func inSequence(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var row = WaitingRow<Int>()
        var plain: [Int] = []
        for number in 0..<2000 {
            if Int.random(in: 0..<3, using: &generator) > 0 {
                row.append(number)
                plain.append(number)
            } else {
                let count = Int.random(in: 0...5, using: &generator)
                #expect(row.take(count) == Array(plain.prefix(count)), "seed \(seed)")
                plain.removeFirst(min(count, plain.count))
            }
            #expect(row.count == plain.count && row.first == plain.first && row.last == plain.last)
        }
        #expect(Array(row) == plain)
    }
}
