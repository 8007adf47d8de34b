/// Why the listener does not start. The description is a sentence for the operator that says what to do.
public enum IRCListenerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Others could read along on the way.
    case plaintextNotAllowed(host: String)
    case portInUse(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)
    case unusableCertificate(file: String, reason: String)
    /// The reason is a sentence already.
    case unusableAccounts(reason: String)
    case unusableRooms(path: String, reason: String)
    /// A name in the configuration that IRC does not allow.
    case invalidName(String, reason: String)

    public var description: String {
        switch self {
        case .plaintextNotAllowed(let host):
            "\(host) can be reached from other machines, and without TLS everybody on the way reads along: "
                + "configure a certificate, listen on 127.0.0.1, or set allow_plaintext."
        case .portInUse(let host, let port):
            "Port \(port) on \(host) is in use: end the program that listens there (is Lotse running already?), "
                + "or choose another port."
        case .cannotListen(let host, let port, let reason):
            "Cannot listen on \(host), port \(port): \(reason)."
        case .unusableCertificate(let file, let reason):
            "Cannot use \(file): \(reason)."
        case .unusableAccounts(let reason): reason
        case .unusableRooms(let path, let reason):
            "Cannot read \(path), which says what rooms are closed: \(reason). Mend it, or remove it to open them all."
        case .invalidName(let name, let reason):
            "\"\(name)\" cannot be used: \(reason)."
        }
    }
}
