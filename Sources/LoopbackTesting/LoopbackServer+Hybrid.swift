import Foundation

extension LoopbackServer {
    /// Its package cannot be installed beside ngircd's; `.ci/run` unpacks it.
    package static let hybridPath = path(of: "ircd-hybrid")

    /// A server of the old school: no accounts, no tags, strict about floods, and it wants to be nobody important.
    package static func hybrid() async throws -> LoopbackServer {
        let isRoot = geteuid() == 0
        return try await LoopbackServer(isRoot ? path(of: "setpriv") : hybridPath, configuration: configuration) {
            file in
            let folder = URL(filePath: file).deletingLastPathComponent()
            let files = ["pid", "log", "kline", "dline", "xline", "resv"].flatMap { name in
                ["-\(name)file", folder.appending(path: name).path]
            }
            let nobody = ["--reuid=nobody", "--regid=nogroup", "--clear-groups", hybridPath ?? ""]
            return (isRoot ? nobody : []) + ["-foreground", "-configfile", file] + files
        }
    }

    private static func configuration(port: Int, folder: String) -> String {
        // The server writes there as somebody else.
        try? FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
        return """
            serverinfo { name = "irc.test.example"; sid = "0AB"; description = "Test"; network_name = "Test"; };
            admin { name = "test"; description = "test"; email = "test@test.example"; };
            class { name = "users"; number_per_ip_local = 100; number_per_ip_global = 100; max_number = 100; };
            listen { host = "127.0.0.1"; port = \(port); };
            auth { user = "*@*"; class = "users"; };
            general { throttle_count = 1000; };
            """
    }
}
