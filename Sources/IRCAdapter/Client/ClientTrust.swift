import Crypto
import FoundationEssentials
import NIOCore
import NIOSSL

/// How the client checks the server's certificate, made ready from its configuration once.
struct ClientTrust: Sendable {
    private let context: NIOSSLContext
    private let pin: [UInt8]?
    private let host: String

    init(_ tls: IRCClient.Configuration.TLS, host: String) throws(IRCClientError) {
        self.host = host
        var settings = TLSConfiguration.makeClientConfiguration()
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
        }
        do {
            context = try NIOSSLContext(configuration: settings)
        } catch {
            throw .unusableAuthorities(file: file, reason: "\(error)")
        }
    }

    /// The TLS handler of one connection.
    func handler() throws -> NIOSSLClientHandler {
        // SNI and the check of the name are for names; an address has to stand in the certificate itself.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        let name = isAddress ? nil : host
        guard let pin else { return try NIOSSLClientHandler(context: context, serverHostname: name) }
        return try NIOSSLClientHandler(context: context, serverHostname: name) { certificates, promise in
            // A pin stands for itself: neither issuer nor name nor date matter, only that it is this certificate.
            let presented = certificates.first.flatMap { try? $0.toDERBytes() }.map { Array(SHA256.hash(data: $0)) }
            promise.succeed(presented == pin ? .certificateVerified : .failed)
        }
    }

    private static func bytes(ofHex text: String) -> [UInt8]? {
        let digits = text.filter { $0 != ":" }.compactMap(\.hexDigitValue).map(UInt8.init)
        guard digits.count == 64, digits.count == text.count(where: { $0 != ":" }) else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
