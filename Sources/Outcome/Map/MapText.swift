/// Measures and breaks text for a picture, without asking a font.
///
/// The widths are near those of DejaVu Sans, among the widest of the fonts that a system falls back to; in a narrower one
/// (Arial, Liberation Sans, Lato) the text leaves more air.
enum MapText {
    /// The width of `text` in pixels at a font size of `size` pixels.
    static func width(_ text: String, size: Double, isBold: Bool) -> Double {
        let ems = text.reduce(0) { $0 + advance($1) }
        return ems * size * (isBold ? 1 : 0.89)
    }

    /// The advance of a character of the bold font, in ems.
    private static func advance(_ character: Character) -> Double {
        switch character {
        case "i", "l", "j", "I", "J", "'", "’", "|", " ": 0.37
        case ".", ",", ":", ";", "·", "/": 0.4
        case "f", "t", "r", "-", "(", ")", "[", "]", "!": 0.49
        case "s", "c", "z", "L", "“", "”", "?": 0.62
        case "a", "e", "k", "v", "x", "y", "ä", "E", "F", "T", "»", "«": 0.68
        case "m", "w", "M", "W", "…", "@", "%": 1.08
        case "A", "C", "D", "G", "H", "K", "N", "O", "Q", "R", "U", "V", "X", "Ä", "Ö", "Ü", "&": 0.84
        default: character.unicodeScalars.first.map { $0.value > 0x2E7F ? 1.2 : 0.72 } ?? 0
        }
    }

    /// The lines that `text` takes at most `width` pixels wide; the last of `limit` lines ends in an ellipsis where there
    /// would be more.
    static func lines(_ text: String, size: Double, isBold: Bool, width: Double, limit: Int) -> [String] {
        func fits(_ text: String) -> Bool { self.width(text, size: size, isBold: isBold) <= width }
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace).flatMap({ pieces(String($0), fits) }) {
            if let last = lines.last, fits("\(last) \(word)") {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(word)
            }
        }
        guard lines.count > limit else { return lines }
        var last = lines[limit - 1]
        while !last.isEmpty, !fits(last + "…") { last.removeLast() }
        return lines.prefix(limit - 1) + [last.trimmingEnd + "…"]
    }

    /// Whether `text` has room in so many lines without breaking a word.
    static func fits(_ text: String, size: Double, isBold: Bool, width: Double, limit: Int) -> Bool {
        text.split(whereSeparator: \.isWhitespace).allSatisfy {
            self.width(String($0), size: size, isBold: isBold) <= width
        } && lines(text, size: size, isBold: isBold, width: width, limit: limit + 1).count <= limit
    }

    /// A word as it is, or in pieces that fit, each but the last with a hyphen.
    private static func pieces(_ word: String, _ fits: (String) -> Bool) -> [String] {
        var pieces: [String] = []
        var rest = word
        while !fits(rest), rest.count > 2 {
            let letters = Array(rest)
            let longest = (1..<letters.count).last { fits(String(letters[..<$0]) + "-") } ?? 1
            let cut = syllable(in: letters, upTo: longest) ?? longest
            let piece = String(letters[..<cut])
            pieces.append(piece.hasSuffix("-") ? piece : piece + "-")
            rest = String(letters[cut...])
        }
        return pieces + [rest]
    }

    /// A word in pieces of at most `length` letters that end where a syllable may.
    static func syllables(of word: String, each length: Int) -> [String] {
        var pieces: [String] = []
        var letters = Array(word)
        while letters.count > length {
            let cut = syllable(in: letters, upTo: length) ?? length
            pieces.append(String(letters[..<cut]))
            letters.removeFirst(cut)
        }
        return pieces + [String(letters)]
    }

    /// The last place up to `limit` where a syllable may begin: behind a hyphen, else at a consonant before a vowel.
    private static func syllable(in letters: [Character], upTo limit: Int) -> Int? {
        let places = (4..<max(letters.count - 3, 4)).filter { $0 <= limit }
        if let hyphen = places.last(where: { letters[$0 - 1] == "-" }) { return hyphen }
        let whole = places.filter { !isPair(letters[$0 - 1], letters[$0]) }
        return whole.last { isVowel(letters[$0 + 1]) && !isVowel(letters[$0]) && isVowel(letters[$0 - 1]) }
            ?? whole.last { isVowel(letters[$0 + 1]) && !isVowel(letters[$0]) }
    }

    /// Letters that stand for one sound and stay together.
    private static func isPair(_ first: Character, _ second: Character) -> Bool {
        ["ch", "ck", "ph", "th", "qu"].contains("\(first)\(second)".lowercased())
    }

    private static func isVowel(_ letter: Character) -> Bool {
        "aeiouyäöüAEIOUYÄÖÜ".contains(letter)
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }
}
