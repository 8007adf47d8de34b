/// Which addresses a webhook may go to: those that are globally reachable, and what the operator allows besides.
///
/// It looks at the address that a socket is about to connect to, so a name that resolves differently the second time
/// gains nothing.
struct AddressGuard: Hashable, Sendable {
    var allowedNetworks: [IPNetwork] = []

    func allows(_ address: IPAddress) -> Bool {
        allowedNetworks.contains { $0.contains(address) } || Self.isGlobalUnicast(address)
    }

    /// Whether the address is for one host anywhere on the Internet, by the special-purpose registries of IANA
    /// (RFC 6890). IPv4 within IPv6 counts as the IPv4 address.
    static func isGlobalUnicast(_ address: IPAddress) -> Bool {
        switch address {
        case .v4: !special.contains { $0.contains(address) }
        case .v6(let bits):
            if embedding.contains(where: { $0.contains(address) }) {
                isGlobalUnicast(.v4(UInt32(truncatingIfNeeded: bits)))
            } else {
                global.contains(address) && !special.contains { $0.contains(address) }
            }
        }
    }

    /// IPv4 in the last 32 bits: mapped (RFC 4291) and translated (RFC 6052).
    private static let embedding = networks("::ffff:0:0/96", "64:ff9b::/96")

    /// What is assigned for global unicast (RFC 4291, section 2.4).
    private static let global = IPNetwork(.v6(UInt128(0x2000) << 112), 3)

    private static let special = networks(
        "0.0.0.0/8",  // this network
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  // private
        "100.64.0.0/10",  // behind a carrier's NAT
        "127.0.0.0/8",  // loopback
        "169.254.0.0/16",  // link-local, and the metadata of clouds
        "192.0.0.0/24",  // protocol assignments
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  // documentation
        "192.88.99.0/24",  // 6to4 relays, given up
        "198.18.0.0/15",  // benchmarks
        "224.0.0.0/4", "240.0.0.0/4",  // multicast, reserved, broadcast
        "2001::/23",  // protocol assignments, with Teredo
        "2001:db8::/32", "3fff::/20",  // documentation
        "2002::/16"  // 6to4
    )

    private static func networks(_ texts: String...) -> [IPNetwork] {
        texts.compactMap { IPNetwork($0) }
    }
}
