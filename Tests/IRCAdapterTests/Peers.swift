import Foundation
import NIOCore
import NIOPosix

/// Debian's ngircd on a free loopback port, for one test.
final class Ngircd {
    static let path = ["/usr/sbin/ngircd", "/usr/local/sbin/ngircd", "/usr/bin/ngircd"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    let port: Int
    private let process: Process
    private let folder: URL

    init(password: String? = nil) async throws {
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
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}

enum FreePort {
    /// A port that nobody listens on at the moment.
    static func find() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        defer { channel.close(promise: nil) }
        return channel.localAddress?.port ?? 0
    }
}

/// A certificate for 127.0.0.1, made by the `openssl` command.
struct TestCertificate {
    static let path = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    let folder: URL
    var certificate: String { folder.appending(path: "cert.pem").path }
    var key: String { folder.appending(path: "key.pem").path }
    let sha256: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "lotse-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (certificate, key) = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
        _ = try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ])
        let line = try Self.openssl(["x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"])
        sha256 = String(line.split(separator: "=").last ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    private static func openssl(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = path.map { URL(filePath: $0) }
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
