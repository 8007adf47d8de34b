/// A folded word with what tells it from others without comparing letters.
package struct FoldedWord: Hashable, Sendable {
    package let text: String
    /// The number of characters.
    package let count: Int
    /// A bit for each character that is in it; two characters may share one. One that is dropped, added or changed makes a
    /// difference of two bits at most.
    let letters: UInt64
    let isNumber: Bool
    let hasNumber: Bool
    let isLetters: Bool
    /// Told from the bytes (FNV-1a): the same in every process.
    let hash: UInt64

    package init(_ text: String) {
        self.text = text
        var (count, letters, isNumber, hasNumber, isLetters) = (0, UInt64(0), true, false, true)
        for character in text {
            count += 1
            letters |= 1 << UInt64((character.unicodeScalars.first?.value ?? 0) % 64)
            if character.isNumber { hasNumber = true } else { isNumber = false }
            if !character.isLetter { isLetters = false }
        }
        (self.count, self.letters) = (count, letters)
        (self.isNumber, self.hasNumber, self.isLetters) = (isNumber, hasNumber, isLetters)
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        self.hash = hash
    }

    /// Whether the letters of the two differ too much for so many to be dropped, added or changed.
    package func differs(from other: FoldedWord, byMoreThan edits: Int) -> Bool {
        abs(count - other.count) > edits || (letters ^ other.letters).nonzeroBitCount > 2 * edits
    }
}
