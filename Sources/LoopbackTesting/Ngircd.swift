import Foundation
import NIOCore
import NIOPosix

/// Debian's ngircd on a free loopback port, for one test.
package final class Ngircd {
    package static let path = ["/usr/sbin/ngircd", "/usr/local/sbin/ngircd", "/usr/bin/ngircd"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    package let port: Int
    private let process: Process
    private let folder: URL

    package init(password: String? = nil) async throws {
        port = try await FreePort.find()
        folder = FileManager.default.temporaryDirectory.appending(path: "lotse-ngircd-\(port)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "ngircd.conf")
        let configuration = """
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
        try configuration.write(to: file, atomically: true, encoding: .utf8)
        process = Process()
        process.executableURL = Ngircd.path.map { URL(filePath: $0) }
        process.arguments = ["--nodaemon", "--config", file.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It accepts as soon as it has bound the port; until then a connection is refused at once.
        for _ in 0..<10_000 {
            if let probe = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            {
                try await probe.close().get()
                return
            }
            await Task.yield()
        }
    }

    /// Ends the server as a crash would.
    package func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
