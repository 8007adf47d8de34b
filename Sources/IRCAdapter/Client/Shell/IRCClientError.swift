/// Why the client cannot run at all; a network that cannot be reached is tried again instead.
public enum IRCClientError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidPin(String)
    case unusableAuthorities(file: String, reason: String)
    case unusableCertificate(file: String, reason: String)
    case invalidName(String, reason: String)

    public var description: String {
        switch self {
        case .invalidPin(let pin): "\"\(pin)\" is no SHA-256 fingerprint: 64 hexadecimal digits are needed."
        case .unusableAuthorities(let file, let reason), .unusableCertificate(let file, let reason):
            "Cannot use \(file): \(reason)."
        case .invalidName(let name, let reason): "\"\(name)\" cannot be used: \(reason)."
        }
    }
}
