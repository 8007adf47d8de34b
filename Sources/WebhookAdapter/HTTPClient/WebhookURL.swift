import CCurl

/// A URL that webhooks go to, as libcurl itself reads it, so that both always mean the same.
package enum WebhookURL {
    package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        case malformed
        case badScheme(String)
        case plaintext
        case hasUser

        package var description: String {
            switch self {
            case .malformed: "is no URL; write it like https://hooks.example/lotse"
            case .badScheme(let scheme): "begins with \(scheme):, but only https: can be delivered to"
            case .plaintext: "would be sent in plain text; use https:, or set allow_plaintext: true if the way is safe"
            case .hasUser: "has a user in it; leave out what stands before the @"
            }
        }
    }

    /// What keeps webhooks from being sent there, or nil.
    package static func flaw(of text: String, allowsPlaintext: Bool) -> Flaw? {
        guard let url = curl_url() else { return .malformed }
        defer { curl_url_cleanup(url) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
        guard curl_url_set(url, CURLUPART_URL, text, flags) == CURLUE_OK, part(CURLUPART_HOST, of: url) != nil,
            let scheme = part(CURLUPART_SCHEME, of: url)
        else { return .malformed }
        guard scheme == "https" || scheme == "http" else { return .badScheme(scheme) }
        guard part(CURLUPART_USER, of: url) == nil else { return .hasUser }
        return scheme == "https" || allowsPlaintext ? nil : .plaintext
    }

    /// The host in a URL, for tables and logs; a path may be a secret.
    package static func host(of text: String) -> String? {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK else { return nil }
        return part(CURLUPART_HOST, of: url)
    }

    /// The host in a URL to which nothing is sent, as its text tells already: an address, or `localhost`, that is
    /// neither globally reachable nor in one of `networks`. What other names lead to shows only when they are resolved.
    package static func refusedHost(of text: String, allowing networks: [IPNetwork]) -> String? {
        guard let host = host(of: text) else { return nil }
        let addresses = addresses(of: host)
        let guarding = AddressGuard(allowedNetworks: networks)
        return addresses.isEmpty || addresses.contains(where: guarding.allows) ? nil : host
    }

    private static func addresses(of host: String) -> [IPAddress] {
        guard host.lowercased() != "localhost" else { return ["127.0.0.1", "::1"].compactMap { IPAddress($0) } }
        let literal = host.hasPrefix("[") ? host.dropFirst().dropLast() : host[...]
        return IPAddress(literal).map { [$0] } ?? []
    }

    /// Where a URL leads, however it is written.
    package struct Origin: Hashable, Sendable {
        let scheme: String
        let host: String
        let port: String
    }

    /// Nil where the text is no URL, or has a user in it.
    package static func origin(of text: String) -> Origin? {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK, part(CURLUPART_USER, of: url) == nil,
            let scheme = part(CURLUPART_SCHEME, of: url), let host = part(CURLUPART_HOST, of: url),
            let port = part(CURLUPART_PORT, of: url, flags: UInt32(CURLU_DEFAULT_PORT))
        else { return nil }
        return Origin(scheme: scheme, host: host.lowercased(), port: port)
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
