import NIOCore
import NIOSSL

/// How the client checks the server's certificate and shows its own, made ready from its configuration once.
struct ClientTrust: Sendable {
    private let context: NIOSSLContext
    private let pin: [UInt8]?
    private let host: String

    init(_ tls: IRCClient.Configuration.TLS, host: String) throws(IRCClientError) {
        self.host = host
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        if let certificate = tls.certificate { try Self.show(certificate, in: &settings) }
        var file = "the system's certificates"
        switch tls.trust {
        case .system: pin = nil
        case .authorities(let path):
            pin = nil
            file = path
            settings.trustRoots = .file(path)
        case .pinned(let fingerprint):
            guard let bytes = Self.bytes(ofHex: fingerprint) else { throw .invalidPin(fingerprint) }
            pin = bytes
            // The whole check is ``TLSHandshake``'s.
            settings.certificateVerification = .none
        }
        do {
            context = try NIOSSLContext(configuration: settings)
        } catch {
            throw .unusableAuthorities(file: file, reason: "\(error)")
        }
    }

    private static func show(
        _ certificate: IRCClient.Configuration.TLS.Certificate, in settings: inout TLSConfiguration
    ) throws(IRCClientError) {
        do {
            settings.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate.chainFile).map {
                .certificate($0)
            }
            settings.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificate.keyFile, format: .pem))
        } catch {
            throw .unusableCertificate(file: certificate.chainFile, reason: "\(error)")
        }
    }

    /// Puts TLS at the head of a connection.
    ///
    /// - Returns: kept when the link can be used.
    func secure(_ channel: any Channel) throws -> EventLoopFuture<Void> {
        // SNI and the check of the name are for names; an address has to stand in the certificate itself.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        let completed = channel.eventLoop.makePromise(of: Void.self)
        let patience = channel.eventLoop.scheduleTask(in: Self.patience) {
            completed.fail(TLSHandshake.Failure.tookTooLong)
        }
        completed.futureResult.whenComplete { _ in patience.cancel() }
        try channel.pipeline.syncOperations.addHandlers([
            NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host),
            TLSHandshake(pin: pin, completed: completed),
        ])
        return completed.futureResult
    }

    private static let patience = TimeAmount.seconds(15)

    private static func bytes(ofHex text: String) -> [UInt8]? {
        let digits = text.filter { $0 != ":" }.compactMap(\.hexDigitValue).map(UInt8.init)
        guard digits.count == 64, digits.count == text.count(where: { $0 != ":" }) else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
