/// Why nobody can be heard over HTTP. The description is a sentence for the operator that says what to do.
package enum HTTPListenerError: Error, Hashable, Sendable, CustomStringConvertible {
    case portInUse(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .portInUse(let host, let port):
            "Port \(port) on \(host) is in use: end the program that listens there (is Lotse running already?), "
                + "or choose another port under receiver or monitoring."
        case .cannotListen(let host, let port, let reason):
            "Cannot listen for HTTP on \(host), port \(port): \(reason)."
        }
    }
}
