import Foundation
import NIOCore
import NIOPosix

/// An IRC server of Debian's on a free loopback port, for one test.
package final class LoopbackServer {
    package let port: Int
    private let process = Process()
    private let folder: URL

    /// Where `name` is installed; nil where it is not.
    package static func path(of name: String) -> String? {
        ["/usr/sbin/", "/usr/local/sbin/", "/usr/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Returns when the server accepts connections.
    ///
    /// - Parameters:
    ///   - path: the program.
    ///   - configuration: what its configuration file says, for a port and a folder to write into.
    ///   - arguments: for the path of that file.
    init(
        _ path: String?, configuration: (_ port: Int, _ folder: String) -> String, arguments: (String) -> [String]
    ) async throws {
        port = try await FreePort.find()
        folder = FileManager.default.temporaryDirectory.appending(path: "lotse-server-\(port)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "server.conf")
        try configuration(port, folder.path).write(to: file, atomically: true, encoding: .utf8)
        process.executableURL = path.map { URL(filePath: $0) }
        process.arguments = arguments(file.path)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try await waitUntilOpen()
    }

    /// It accepts as soon as it has bound the port; until then a connection is refused at once.
    private func waitUntilOpen() async throws {
        for _ in 0..<100_000 where process.isRunning {
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
