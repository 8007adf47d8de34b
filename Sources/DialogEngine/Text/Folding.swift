extension StringProtocol {
    /// The text as it is compared: lower case, umlauts written out, accents dropped, only letters and digits.
    ///
    /// `Gespräch`, `gespraech` and `GESPRÄCH` fold to the same text; so do `Für wen` and `fuer-wen`, `Café` and `cafe`.
    package var folded: String {
        if let ascii = asciiFolded { return ascii }
        var result = ""
        for character in lowercased() {
            switch character {
            case "ä": result += "ae"
            case "ö": result += "oe"
            case "ü": result += "ue"
            case "ß": result += "ss"
            default:
                guard character.isLetter || character.isNumber else { continue }
                for scalar in character.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
                    result.unicodeScalars.append(scalar.isASCII ? scalar : scalar.plainLetter)
                }
            }
        }
        return result
    }

    /// The same for a text of ASCII alone, where a character is a byte; nil for any other. Most words are such texts.
    private var asciiFolded: String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            case 0x80...: return nil
            default: break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// The letter without its accent, read off its Unicode name (`LATIN SMALL LETTER E WITH ACUTE`).
    fileprivate var plainLetter: Unicode.Scalar {
        let beginning = "LATIN SMALL LETTER "
        guard let name = properties.name, name.hasPrefix(beginning) else { return self }
        let words = name.dropFirst(beginning.count).split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[1] == "WITH", words[0].count == 1,
            let letter = words[0].lowercased().unicodeScalars.first
        else { return self }
        return letter
    }
}
