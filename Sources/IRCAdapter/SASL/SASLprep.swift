import Foundation

/// Brings names and passwords into the one form in which they are compared (RFC 4013).
///
/// Without the rule on mixed writing directions (RFC 3454 section 6): it keeps no two passwords apart.
enum SASLprep {
    /// The prepared text, or nil where it has characters that must not be in it.
    static func prepare(_ text: String) -> String? {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var mapped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isMappedToNothing(scalar) {
            mapped.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        let prepared = String(mapped).precomposedStringWithCompatibilityMapping
        return prepared.unicodeScalars.contains(where: isProhibited) ? nil : prepared
    }

    /// RFC 3454 table B.1.
    private static func isMappedToNothing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x1806, 0x180B...0x180D, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    /// RFC 3454 tables C.2 to C.9 and A.1, as far as they are left after the mapping.
    private static func isProhibited(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: return true
        default: break
        }
        switch scalar.value {
        case 0x0340...0x0341, 0x06DD, 0x070F, 0x180E, 0x200E...0x200F, 0x202A...0x202E, 0x2061...0x2063,
            0x206A...0x206F, 0x2FF0...0x2FFB, 0xFFF9...0xFFFD, 0x1D173...0x1D17A, 0xE0001, 0xE0020...0xE007F:
            return true
        default: return false
        }
    }
}
