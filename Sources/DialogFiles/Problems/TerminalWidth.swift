extension Character {
    /// The number of terminal cells it takes: 0, 1 or 2.
    ///
    /// Wide are the scripts and signs of East Asia (Unicode Standard Annex 11) and emoji.
    var terminalWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if isControl { return 1 }
        if unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return first.isWide ? 2 : 1
        }
    }

    /// Whether it would steer a terminal instead of being shown: controls, line separators, changes of direction.
    var isControl: Bool {
        if let ascii = asciiValue { return ascii < 0x20 || ascii == 0x7F }
        guard let first = unicodeScalars.first else { return false }
        switch first.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        default: return (0x202A...0x202E).contains(first.value) || (0x2066...0x2069).contains(first.value)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: properties.isEmojiPresentation
        }
    }
}
