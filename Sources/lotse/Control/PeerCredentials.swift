import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Who is at the other end of a Unix domain socket, as the kernel says (`SO_PEERCRED` of `unix(7)`): `struct ucred`.
struct PeerCredentials: Hashable, Sendable {
    var process: Int32 = 0
    var user: UInt32 = .max
    var group: UInt32 = .max

    /// Nil where the kernel does not say.
    static func of(_ channel: any Channel) async -> PeerCredentials? {
        guard let provider = channel as? any SocketOptionProvider else { return nil }
        let level = NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET)
        return try? await provider.unsafeGetSocketOption(
            level: level, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
    }

    /// Whether the peer may command a Lotse of the user `owner`: that user herself and root, nobody else.
    func mayCommand(ownedBy owner: UInt32) -> Bool {
        user == owner || user == 0
    }
}
