import CEditLine
import Foundation
import Synchronization

/// The line editor of libedit, which has one state for the whole process; only ``Console``'s thread calls it.
enum LineEditor {
    /// Lines that were finished; nil stands for the end of the input (Ctrl-D).
    private static let lines = Mutex<[String?]>([])
    private static let active = Mutex<Bool>(false)
    private static let prompt = Mutex<String>("> ")

    static var isActive: Bool { active.withLock { $0 } }

    /// libedit writes beyond its buffer in lines of more than about 2 KB with letters of several bytes; this many keys
    /// stay below that even where every letter takes four.
    static let longestLine = 500

    /// Drops the line in the making.
    static func discardLine() {
        // Only an editor that was put away begins with an empty line.
        rl_callback_handler_remove()
        beginLine()
    }

    static func begin() {
        // Without a UTF-8 locale the editor would cut umlauts in two; C.UTF-8 is part of every Debian.
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        active.withLock { $0 = true }
        beginLine()
    }

    /// Shows the prompt with an empty line behind it.
    private static func beginLine() {
        rl_callback_handler_install(prompt.withLock { $0 }) { line in LineEditor.take(line) }
    }

    static func end() {
        active.withLock { $0 = false }
        rl_callback_handler_remove()
    }

    static func readCharacter() {
        rl_callback_read_char()
        // The editor shows the finished line again at the next refresh unless it begins a new one now.
        if lines.withLock({ $0.last != nil && $0.last != .some(nil) }) { beginLine() }
    }

    static func takeLines() -> [String?] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    static func setPrompt(_ text: String, _ write: (String) -> Void) {
        prompt.withLock { $0 = text }
        guard isActive else { return }
        rl_set_prompt(text)
        write("\r\u{1B}[K")
        rl_forced_update_display()
    }

    /// Writes `text` where the line in the making stands, and that line again below it.
    static func printAbove(_ text: String, _ write: (String) -> Void) {
        write("\r\u{1B}[K" + text + "\n")
        rl_forced_update_display()
    }

    private static func take(_ line: UnsafeMutablePointer<CChar>?) {
        guard let line else { return lines.withLock { $0.append(nil) } }
        let text = String(cString: line).trimmingCharacters(in: .whitespaces)
        if !text.isEmpty { add_history(line) }
        free(line)
        lines.withLock { $0.append(text) }
    }
}
