import CEditLine
import Foundation

/// The line that is being edited at the terminal, by libedit; it lives on ``Console``'s thread.
final class LineEditor {
    /// What one key led to.
    enum Step {
        /// The line is not finished.
        case editing
        case finished(String)
        /// Ctrl-D in an empty line.
        case end
    }

    private let editor: OpaquePointer
    private let past: OpaquePointer
    private var prompt = strdup("> ")

    /// How many lines the arrow keys bring back.
    private static let historySize: Int32 = 200
    /// Keys as terminals send them that libedit does not bind by itself.
    private static let keys = [
        ("\\e[1~", "ed-move-to-beg"), ("\\e[H", "ed-move-to-beg"), ("\\e[7~", "ed-move-to-beg"),
        ("\\e[4~", "ed-move-to-end"), ("\\e[F", "ed-move-to-end"), ("\\e[8~", "ed-move-to-end"),
        ("\\e[3~", "ed-delete-next-char"), ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
        ("^R", "em-inc-search-prev"),
    ]

    /// Shows the prompt; nil where there is no terminal that libedit can work with.
    init?() {
        // Without a UTF-8 locale the editor would cut umlauts in two; C.UTF-8 is part of every Debian.
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        guard let editor = lotse_el_init("lotse") else { return nil }
        guard let past = history_init() else {
            el_end(editor)
            return nil
        }
        self.editor = editor
        self.past = past
        lotse_el_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
        lotse_el_set_prompt(editor) { editor in
            lotse_el_client_data(editor).flatMap { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue().prompt }
        }
        lotse_history_set_size(past, Self.historySize)
        lotse_el_set_history(editor, past)
        lotse_el_set_editor(editor, "emacs")
        for (key, command) in Self.keys { lotse_el_bind(editor, key, command) }
        lotse_el_set_unbuffered(editor, 1)
    }

    deinit {
        lotse_el_set_unbuffered(editor, 0)
        el_end(editor)
        history_end(past)
        free(prompt)
    }

    /// Takes one key, for which it waits.
    func readKey() -> Step {
        var count: Int32 = 0
        guard let bytes = el_gets(editor, &count), count > 0 else { return .editing }
        if count == 1, bytes[0] == Self.endOfInput { return .end }
        guard [Self.newline, Self.carriageReturn].contains(bytes[Int(count) - 1]) else { return .editing }
        let line = String(cString: bytes)
        let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
        if !text.isEmpty { lotse_history_enter(past, text) }
        beginLine()
        return .finished(text)
    }

    private static let endOfInput: CChar = 4
    private static let newline = CChar(UInt8(ascii: "\n"))
    private static let carriageReturn = CChar(UInt8(ascii: "\r"))

    /// The prompt with an empty line behind it: the editor begins one only where it was put away before.
    private func beginLine() {
        lotse_el_set_unbuffered(editor, 0)
        lotse_el_set_unbuffered(editor, 1)
    }

    func setPrompt(_ text: String, _ write: (String) -> Void) {
        write(clearing)
        free(prompt)
        prompt = strdup(text)
        lotse_el_refresh(editor)
    }

    /// Writes `text` where the line in the making stands, and that line again below it.
    func printAbove(_ text: String, _ write: (String) -> Void) {
        write(clearing + text + "\n")
        lotse_el_refresh(editor)
    }

    /// What takes the line in the making off the screen, all of its rows.
    private var clearing: String {
        let rows = rowsAboveCursor
        return (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\r\u{1B}[J"
    }

    private var rowsAboveCursor: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, let line = el_line(editor)?.pointee
        else { return 0 }
        let bytes = UnsafeRawBufferPointer(start: line.buffer, count: line.cursor - line.buffer)
        let shown = prompt.map { String(cString: $0) } ?? ""
        return Self.columns(of: shown + String(decoding: bytes, as: UTF8.self)) / Int(size.ws_col)
    }

    private static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + max(Int(wcwidth(wchar_t(bitPattern: $1.value))), 0) }
    }
}
