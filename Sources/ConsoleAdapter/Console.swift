import CEditLine
import Foundation
import Synchronization

/// Standard input, line by line, and standard output, above the line that is being edited where there is a terminal.
///
/// One thread reads and, while a line is being edited, also writes: the line editor is its own. Other threads leave what
/// they want printed and wake that thread through a pipe.
package final class Console: Sendable {
    private enum Request: Sendable {
        case print(String)
        case prompt(String)
        case stop
    }

    package let isEditing: Bool
    private let requests = Mutex<[Request]>([])
    private let output = Mutex<Void>(())
    private let wakePipe: (read: Int32, write: Int32)
    private let hasEnded = Mutex<Bool>(false)

    /// - Parameter environment: looked at for `TERM`; without a terminal that can be edited at, lines come as they are.
    package init(environment: [String: String]) {
        isEditing = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        wakePipe = (ends[0], ends[1])
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(wakePipe.read)
        close(wakePipe.write)
    }

    package func print(_ text: String) {
        if isEditing, !hasEnded.withLock({ $0 }) { request(.print(text)) } else { write(text + "\n") }
    }

    package func setPrompt(_ prompt: String) {
        if isEditing { request(.prompt(prompt)) }
    }

    package func stop() {
        request(.stop)
    }

    private func request(_ request: Request) {
        requests.withLock { $0.append(request) }
        var byte: UInt8 = 1
        _ = Foundation.write(wakePipe.write, &byte, 1)
    }

    private func write(_ text: String) {
        output.withLock { _ in
            var rest = ArraySlice(text.utf8)
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
                if written < 0 && errno != EINTR { return }
                rest = rest.dropFirst(max(written, 0))
            }
        }
    }

    /// Reads until the input ends or ``stop()``; `take` is called on the loop's thread for each line with content.
    package func run(_ take: @escaping @Sendable (String) -> Void) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                if isEditing, let editor = LineEditor() { edit(editor, take) } else { readPlain(take) }
                hasEnded.withLock { $0 = true }
                carryOut()
                continuation.resume()
            }
        }
    }

    /// Waits for input or a request; goes on until it is told to stop or the terminal is gone.
    private func wait(_ editor: LineEditor? = nil) -> (hasInput: Bool, goesOn: Bool) {
        var descriptors = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakePipe.read, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, -1) >= 0 || errno == EINTR else { return (false, false) }
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(wakePipe.read, &bytes, bytes.count) > 0 {}
        let isGone = isEditing && Int32(descriptors[0].revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
        return (descriptors[0].revents != 0, carryOut(editor) && !isGone)
    }

    @discardableResult
    private func carryOut(_ editor: LineEditor? = nil) -> Bool {
        let taken = requests.withLock { requests in
            defer { requests = [] }
            return requests
        }
        var goesOn = true
        for request in taken {
            switch request {
            case .print(let text): editor.map { $0.printAbove(text, write) } ?? write(text + "\n")
            case .prompt(let prompt): editor?.setPrompt(prompt, write)
            case .stop: goesOn = false
            }
        }
        return goesOn
    }

    private func edit(_ editor: LineEditor, _ take: (String) -> Void) {
        while true {
            let (hasInput, goesOn) = wait(editor)
            guard goesOn else { return write("\n") }
            guard hasInput else { continue }
            switch editor.readKey() {
            case .editing: break
            case .finished(let text) where text.utf8.count > Self.longestLine:
                complain("a line of more than \(Self.longestLine) bytes")
            case .finished(let text): if !text.isEmpty { take(text) }
            case .end: return write("\n")
            }
        }
    }

    /// Longer lines are no chat; they are refused, not cut.
    private static let longestLine = 65_536

    private func readPlain(_ take: (String) -> Void) {
        var pending: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let (hasInput, goesOn) = wait()
            guard goesOn else { return }
            guard hasInput else { continue }
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return takeLine(pending, take) }
            for byte in chunk[..<count] {
                if byte == UInt8(ascii: "\n") {
                    takeLine(pending, take)
                    pending.removeAll(keepingCapacity: true)
                } else if pending.count <= Self.longestLine {
                    pending.append(byte)
                }
            }
        }
    }

    private func takeLine(_ bytes: [UInt8], _ take: (String) -> Void) {
        guard bytes.count <= Self.longestLine else { return complain("a line of more than \(Self.longestLine) bytes") }
        guard let line = String(validating: bytes, as: UTF8.self) else { return complain("a line that is not UTF-8") }
        // Few lines have any of these, and taking a text apart into characters costs more than all the rest here.
        let hasControls = bytes.contains { $0 == 0 || $0 == UInt8(ascii: "\r") }
        let clean = hasControls ? line.filter { $0 != "\0" && $0 != "\r" && $0 != "\r\n" } : line
        let text = clean.trimmingCharacters(in: .whitespaces)
        if !text.isEmpty { take(text) }
    }

    private func complain(_ what: String) {
        FileHandle.standardError.write(Data("lotse: not taken: \(what)\n".utf8))
    }
}
