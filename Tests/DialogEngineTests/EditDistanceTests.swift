import SeededRandom
import Testing

@testable import DialogEngine

@Suite("How unlike two words are")
struct EditDistanceTests {
    @Test(
        "Letters may be inserted, dropped, changed and swapped",
        arguments: [
            ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "axc", 1), ("kitten", "sitting", 3),
            ("wieter", "weiter", 1),
        ])
    func distance(source: String, target: String, distance: Int) {
        #expect(source.editDistance(to: target) == distance)
        #expect(target.editDistance(to: source) == distance)
    }

    @Test("With a limit it is the same distance up to it, and none beyond", arguments: [1, 2, 3, 4] as [UInt64])
    func limited(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let words = (0..<2).map { _ in
                String(
                    (0..<Int.random(in: 0...7, using: &generator)).compactMap { _ in
                        "abcß".randomElement(using: &generator)
                    })
            }
            let distance = words[0].editDistance(to: words[1])
            for limit in 0...7 {
                let isWithin = words[0].editDistance(to: words[1], upTo: limit)
                #expect(isWithin == (distance <= limit ? distance : nil), "\(words), \(limit)")
            }
            let folded = words.map(FoldedWord.init)
            #expect(!folded[0].differs(from: folded[1], byMoreThan: distance), "\(words)")
        }
    }
}
