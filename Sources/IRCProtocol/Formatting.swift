/// The codes by which IRC clients mark bold, colour and the like inside a text.
///
///     02 bold  1D italic  1F underline  1E strikethrough  11 monospace  16 reverse  0F reset
///     03[N[N][,N[N]]] colour          04[RRGGBB[,RRGGBB]] colour by hexadecimal value
package enum Formatting {
    private static let colour: Unicode.Scalar = "\u{03}"
    private static let hexColour: Unicode.Scalar = "\u{04}"

    /// `text` without codes and without any other control character; a tab becomes a space.
    ///
    /// What is left can be shown on a terminal: no escape sequence of a stranger reaches one.
    package static func stripped(_ text: String) -> String {
        // Most lines have nothing to strip; finding that out needs no copy.
        guard hasControls(text) else { return text }
        var result = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.first {
            let length = codeLength(at: rest)
            if length > 0 {
                rest = rest.dropFirst(length)
                continue
            }
            rest = rest.dropFirst()
            if scalar == "\t" {
                result.append(" ")
            } else if scalar.properties.generalCategory != .control {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether one of the control characters is there: U+0000 to U+001F, U+007F, and U+0080 to U+009F, which are `C2 80` to
    /// `C2 9F` in UTF-8.
    private static func hasControls(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F || last == 0xC2 && byte < 0xA0 { return true }
            last = byte
        }
        return false
    }

    /// How many scalars the code at the start of `text` has; 0 if there is none.
    static func codeLength(at text: Substring.UnicodeScalarView) -> Int {
        switch text.first {
        case colour: 1 + colourLength(text.dropFirst(), digits: 1...2) { ("0"..."9").contains($0) }
        case hexColour: 1 + colourLength(text.dropFirst(), digits: 6...6) { $0.isASCII && $0.properties.isHexDigit }
        case "\u{02}", "\u{0F}", "\u{11}", "\u{16}", "\u{1D}", "\u{1E}", "\u{1F}": 1
        case .some, .none: 0
        }
    }

    /// The length of `N` or `N,N`, where N has as many digits as `digits` says.
    private static func colourLength(
        _ text: Substring.UnicodeScalarView, digits: ClosedRange<Int>, isDigit: (Unicode.Scalar) -> Bool
    ) -> Int {
        func number(_ text: Substring.UnicodeScalarView) -> Int {
            let length = text.prefix(digits.upperBound).prefix(while: isDigit).count
            return digits.contains(length) ? length : 0
        }
        let foreground = number(text)
        guard foreground > 0, text.dropFirst(foreground).first == "," else { return foreground }
        let background = number(text.dropFirst(foreground + 1))
        return background > 0 ? foreground + 1 + background : foreground
    }
}
