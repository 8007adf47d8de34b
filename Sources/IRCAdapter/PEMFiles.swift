import NIOSSL

/// Looks into the files that TLS needs, before anything listens or connects.
package enum PEMFiles {
    /// Which file is at fault, and a sentence that names it.
    package enum Flaw: Hashable, Sendable {
        case certificate(String)
        case key(String)
    }

    /// What is wrong with a certificate and its key; nil where they fit.
    package static func flaw(ofCertificate certificate: String, key: String) -> Flaw? {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(certificate), !chain.isEmpty else {
            return .certificate("\(certificate) holds no certificate in PEM form")
        }
        guard let privateKey = try? NIOSSLPrivateKey(file: key, format: .pem) else {
            return .key("\(key) holds no private key in PEM form that can be read without a passphrase")
        }
        let settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        guard (try? NIOSSLContext(configuration: settings)) != nil else {
            return .key("\(key) is not the key of the certificate in \(certificate)")
        }
        return nil
    }

    /// What is wrong with a file of authorities; nil where there is at least one.
    package static func flaw(ofAuthorities path: String) -> String? {
        guard let chain = try? NIOSSLCertificate.fromPEMFile(path), !chain.isEmpty else {
            return "\(path) holds no certificate in PEM form"
        }
        return nil
    }
}
