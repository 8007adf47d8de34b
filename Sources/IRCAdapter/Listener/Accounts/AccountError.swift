/// Why an account cannot be used. The description is a sentence for the operator that says what to do.
package enum AccountError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidName(String)
    case unusablePassword
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case readableByOthers(path: String)
    case malformed(path: String, line: Int)

    package var description: String {
        switch self {
        case .invalidName(let name):
            "\"\(name)\" is no name for an account: take letters, digits and -_. and begin with a letter or digit; "
                + "at most 32."
        case .unusablePassword: "The password is empty or has control characters in it: choose another one."
        case .unreadable(let path, let reason): "Cannot read \(path): \(reason)."
        case .unwritable(let path, let reason): "Cannot write \(path): \(reason)."
        case .readableByOthers(let path): "\(path) can be read by others; run: chmod 600 \(path)"
        case .malformed(let path, let line):
            "\(path), line \(line), is no account: remove the line, then run: lotse account add NAME"
        }
    }
}
