// The terminal's size is declared among the headers of the line editor.
import CEditLine
import Foundation

/// How lines look at a terminal: names set off, long lines broken between words.
package struct ConsoleStyle: Sendable {
    private let hasColour: Bool
    private let wraps: Bool

    /// Plain wherever standard output is no terminal; without colour where `NO_COLOR` is set to anything.
    package init(environment: [String: String]) {
        wraps = isatty(STDOUT_FILENO) == 1
        hasColour = wraps && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    package func line(_ text: String, by name: String, isQuiet: Bool) -> String {
        let prefix = isQuiet ? "-\(name)- " : "<\(name)> "
        return (wraps ? wrapped(prefix + text, indent: prefix.count) : prefix + text)
            .coloured(isQuiet ? .dim : .cyan, length: prefix.count, if: hasColour)
    }

    /// What only the person at the terminal is told.
    package func privateLine(_ text: String, by name: String) -> String {
        let prefix = "[\(name)] "
        return (wraps ? wrapped(prefix + text, indent: prefix.count) : prefix + text)
            .coloured(.dim, length: prefix.count, if: hasColour)
    }

    package func relayed(_ text: String, by name: String) -> String {
        let prefix = "<\(name)> "
        return wraps ? wrapped(prefix + text, indent: prefix.count) : prefix + text
    }

    /// Breaks between words at the terminal's width; a word longer than that stays whole.
    private func wrapped(_ text: String, indent: Int) -> String {
        let width = max(terminalWidth - 1, 20)
        guard text.count > width else { return text }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(repeating: " ", count: indent) + word
            } else {
                line += (line.isEmpty ? "" : " ") + word
            }
        }
        lines.append(line)
        return lines.joined(separator: "\n")
    }

    private var terminalWidth: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

private enum Colour: String {
    case cyan = "\u{1B}[36m"
    case dim = "\u{1B}[2m"
}

extension String {
    /// The first `length` characters in a colour, the rest as it is.
    fileprivate func coloured(_ colour: Colour, length: Int, if hasColour: Bool) -> String {
        guard hasColour else { return self }
        return colour.rawValue + prefix(length) + "\u{1B}[0m" + dropFirst(length)
    }
}
