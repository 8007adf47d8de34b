extension LoopbackServer {
    package static let inspircdPath = path(of: "inspircd")

    /// A server with most of what IRCv3 has.
    package static func inspircd() async throws -> LoopbackServer {
        try await LoopbackServer(inspircdPath, configuration: configuration) {
            ["--nofork", "--runasroot", "--config", $0]
        }
    }

    private static func configuration(port: Int, folder: String) -> String {
        let modules = [
            "ircv3", "cap", "botmode", "ircv3_batch", "ircv3_capnotify", "ircv3_chghost", "ircv3_ctctags",
            "ircv3_echomessage", "ircv3_invitenotify", "ircv3_labeledresponse", "ircv3_msgid", "ircv3_servertime",
            "monitor", "namesx", "uhnames",
        ]
        return """
            <config format="xml">
            <server name="irc.test.example" description="Test" network="Test" id="1AB">
            <admin name="test" nick="test" email="test@test.example">
            <bind address="127.0.0.1" port="\(port)" type="clients">
            <connect allow="*" resolvehostnames="no" useident="no" localmax="100" globalmax="100">
            <options defaultmodes="nt">
            <pid file="\(folder)/pid">
            <log method="file" type="*" level="default" target="\(folder)/log">
            \(modules.map { "<module name=\"\($0)\">" }.joined(separator: "\n"))
            """
    }
}
