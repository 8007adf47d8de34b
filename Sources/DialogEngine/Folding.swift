extension StringProtocol {
    /// The text as it is compared: lower case, umlauts written out, accents dropped, only letters and digits.
    ///
    /// `Gespräch`, `gespraech` and `GESPRÄCH` fold to the same text; so do `Für wen` and `fuer-wen`.
    package var folded: String {
        var result = ""
        for character in lowercased() {
            switch character {
            case "ä": result += "ae"
            case "ö": result += "oe"
            case "ü": result += "ue"
            case "ß": result += "ss"
            default:
                guard character.isLetter || character.isNumber else { continue }
                result.unicodeScalars.append(
                    contentsOf: String(character).unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark })
            }
        }
        return result
    }
}
