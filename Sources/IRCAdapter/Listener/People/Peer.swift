#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension ServerInput {
    /// Where a connection comes from.
    package struct Peer: Hashable, Sendable {
        /// The numeric IP address; an IPv4 address as such, also where the socket writes it as an IPv6 one.
        package let address: String
        /// What one peer has: an IPv4 address, or the 64 bits in front of an IPv6 address, behind which anybody has as
        /// many addresses as he likes.
        package let network: String
        package let isLoopback: Bool
        package let isSecure: Bool

        package init(address: String, isLoopback: Bool, isSecure: Bool) {
            (self.address, network) = Self.normal(address)
            self.isLoopback = isLoopback
            self.isSecure = isSecure
        }

        /// Whether nobody on the way can read a password.
        var isConfidential: Bool { isSecure || isLoopback }

        private static func normal(_ address: String) -> (address: String, network: String) {
            var parsed = in6_addr()
            // An address of one link names that link behind `%`.
            let numeric = String(address.prefix { $0 != "%" })
            guard inet_pton(AF_INET6, numeric, &parsed) == 1 else { return (address, address) }
            let bytes = withUnsafeBytes(of: parsed) { Array($0) }
            if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10...11].allSatisfy({ $0 == 0xFF }) {
                let address = bytes[12...].map { String($0) }.joined(separator: ".")
                return (address, address)
            }
            let words = stride(from: 0, to: 8, by: 2).map {
                String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
            }
            return (address, words.joined(separator: ":") + "::/64")
        }
    }
}
