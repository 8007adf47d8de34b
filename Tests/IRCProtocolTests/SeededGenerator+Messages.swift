import IRCProtocol
import SeededRandom

extension SeededGenerator {
    /// Any message that fits into a line.
    mutating func message() -> IRCMessage {
        let middle = (0..<Int.random(in: 0...3, using: &self)).map { _ in word(without: " ", notFirst: ":") }
        let last = Bool.random(using: &self) ? [word(without: "")] : []
        let source = Bool.random(using: &self) ? IRCMessage.Source(rawValue: word(without: " ", notFirst: ":")) : nil
        var tags: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...3, using: &self) {
            tags[String(Int.random(in: 0...99, using: &self))] = word(without: "", extra: ["\r", "\n"])
        }
        return IRCMessage(word(without: " @", notFirst: ":"), middle + last, source: source, tags: tags)
    }

    private mutating func word(
        without excluded: String, notFirst: Character? = nil, extra: [Unicode.Scalar] = []
    ) -> String {
        let letters = Array("ab1:;=\\ @,#\u{03}\u{01}ä€👩‍🌾\t".unicodeScalars) + extra
        let allowed = letters.filter { !excluded.unicodeScalars.contains($0) }
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...12, using: &self) { scalars.append(allowed.randomElement(using: &self)!) }
        let word = String(scalars)
        return word.unicodeScalars.first == notFirst?.unicodeScalars.first ? "x" + word : word
    }
}
