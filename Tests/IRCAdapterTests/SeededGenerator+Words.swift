import SeededRandom

extension SeededGenerator {
    mutating func pick(_ words: [String]) -> String {
        words[Int.random(in: words.indices, using: &self)]
    }
}
