#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An address of IPv4 or IPv6.
enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    /// Reads four decimal numbers, or the forms of RFC 4291, section 2.2; nothing shorter and nothing in other bases.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self = .v4(UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    /// The address in a socket address; nil for anything but IPv4 and IPv6.
    init?(socketAddress address: UnsafeRawPointer, family: CInt) {
        switch family {
        case AF_INET: self = .v4(UInt32(bigEndian: address.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6: self.init(address.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }

    private init(_ address: in6_addr) {
        self = .v6(withUnsafeBytes(of: address) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) })
    }

    /// The number of bits of an address of this version.
    var width: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }
}

/// The addresses that begin with the same bits: `10.0.0.0/8`, or one address alone.
package struct IPNetwork: Hashable, Sendable {
    let address: IPAddress
    let prefixLength: Int

    init(_ address: IPAddress, _ prefixLength: Int) {
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Reads `10.0.0.0/8`, `fd00::/8`, or an address alone; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else { return nil }
        let length = parts.count == 1 ? address.width : Int(parts[1])
        guard let length, (0...address.width).contains(length) else { return nil }
        self.init(address, length)
    }

    func contains(_ other: IPAddress) -> Bool {
        let unused = address.width - prefixLength
        return switch (address, other) {
        // A smart shift by the whole width gives 0.
        case (.v4(let own), .v4(let other)): own >> unused == other >> unused
        case (.v6(let own), .v6(let other)): own >> unused == other >> unused
        case (.v4, .v6), (.v6, .v4): false
        }
    }
}
