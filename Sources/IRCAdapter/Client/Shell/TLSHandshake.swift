import Crypto
import NIOCore
import NIOSSL
import NIOTLS

/// Lets nothing be said before the TLS handshake is over, and a pinned certificate has turned out to be the one.
final class TLSHandshake: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Why a link over TLS did not come about.
    enum Failure: Error, CustomStringConvertible {
        case otherCertificate(sha256: String)
        case closed
        case tookTooLong

        var description: String {
            switch self {
            case .otherCertificate(let fingerprint):
                "the server's certificate is not the pinned one; its SHA-256 is \(fingerprint)"
            case .closed: "the server ended the connection during the TLS handshake"
            case .tookTooLong: "the server does not finish the TLS handshake"
            }
        }
    }

    private let pin: [UInt8]?
    private let completed: EventLoopPromise<Void>

    /// - Parameters:
    ///   - pin: the SHA-256 of the certificate to accept; nil where the handshake itself has checked it.
    ///   - completed: kept when the link can be used.
    init(pin: [UInt8]?, completed: EventLoopPromise<Void>) {
        self.pin = pin
        self.completed = completed
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event { check(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// A pin stands for itself: neither issuer nor name nor date matter. The handshake has shown that the other side has
    /// the certificate's key.
    private func check(_ context: ChannelHandlerContext) {
        guard let pin else { return completed.succeed() }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()?.toDERBytes()
        let fingerprint = certificate.map { Array(SHA256.hash(data: $0)) } ?? []
        if fingerprint == pin {
            completed.succeed()
        } else {
            completed.fail(Failure.otherCertificate(sha256: fingerprint.map(Self.hex).joined()))
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        completed.fail(error)
        context.fireErrorCaught(error)
    }

    /// Comes with the end of every channel, also of one that was never connected.
    func handlerRemoved(context: ChannelHandlerContext) {
        completed.fail(Failure.closed)
    }
}
