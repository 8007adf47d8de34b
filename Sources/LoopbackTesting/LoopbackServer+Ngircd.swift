extension LoopbackServer {
    package static let ngircdPath = path(of: "ngircd")

    /// A small server with few capabilities.
    package static func ngircd(password: String? = nil) async throws -> LoopbackServer {
        try await LoopbackServer(
            ngircdPath,
            configuration: { port, _ in
                """
                [Global]
                Name = irc.test.example
                Info = Test
                Listen = 127.0.0.1
                Ports = \(port)
                \(password.map { "Password = \($0)" } ?? "")
                [Limits]
                MaxConnectionsIP = 0
                MaxNickLength = 20
                [Options]
                DNS = no
                Ident = no
                PAM = no
                """
            },
            arguments: { ["--nodaemon", "--config", $0] })
    }
}
