import Testing

@testable import WebhookAdapter

/// Which addresses are for one host anywhere on the Internet.
@Suite struct AddressGuardTests {
    @Test(
        "Addresses of this machine, of this network and of nobody are refused",
        arguments: [
            "127.0.0.1", "127.255.255.255", "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7",
            "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
            "64:ff9b::7f00:1", "64:ff9b::a00:1", "fe80::1", "fd00::1", "fc00::1", "ff02::1", "2001:db8::1",
            "2002:7f00:1::", "2001::1", "3fff::1", "4000::1", "::7f00:1",
        ])
    func refuses(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!AddressGuard().allows(address))
    }

    @Test(
        "Addresses of hosts on the Internet are allowed",
        arguments: [
            "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.1", "198.17.255.255",
            "2a00:1450:4001::1", "2001:4860:4860::8888", "::ffff:1.1.1.1", "64:ff9b::101:101",
        ])
    func allows(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressGuard().allows(address))
    }

    @Test("What the operator allows is allowed, and its neighbours are not")
    func allowsNetworks() throws {
        let networks = try ["10.20.0.0/16", "fd00:1::/32", "127.0.0.1"].map { try #require(IPNetwork($0)) }
        let guarding = AddressGuard(allowedNetworks: networks)
        for text in ["10.20.255.1", "fd00:1:ffff::1", "127.0.0.1"] {
            #expect(guarding.allows(try #require(IPAddress(text))), "\(text)")
        }
        for text in ["10.21.0.1", "fd00:2::1", "127.0.0.2", "::1"] {
            #expect(!guarding.allows(try #require(IPAddress(text))), "\(text)")
        }
    }

    @Test(
        "A URL tells by itself that nothing is sent to its host, where that is an address or this machine",
        arguments: [
            ("http://127.0.0.1:8080/x", "127.0.0.1"), ("https://LocalHost/", "LocalHost"),
            ("https://[fd00:2::1]:8443/", "[fd00:2::1]"), ("https://10.21.0.1/", "10.21.0.1"),
            ("https://10.20.0.1/", nil), ("https://[fd00:1::1]/", nil), ("https://1.1.1.1/", nil),
            ("https://intern.example/", nil), ("no url", nil),
        ])
    func refusesHosts(_ url: String, _ host: String?) throws {
        let networks = try ["10.20.0.0/16", "fd00:1::/32"].map { try #require(IPNetwork($0)) }
        #expect(WebhookURL.refusedHost(of: url, allowing: networks) == host)
    }

    @Test("This machine by its name is allowed by either of its addresses", arguments: ["127.0.0.0/8", "::1"])
    func allowsLocalhost(_ network: String) throws {
        let network = try #require(IPNetwork(network))
        #expect(WebhookURL.refusedHost(of: "http://localhost:8080/", allowing: [network]) == nil)
    }

    @Test(
        "What is no network is not read as one",
        arguments: ["", "10.0.0.0/33", "fd00::/129", "10.0.0/8", "0x7f000001", "localhost", "10.0.0.0/-1", "1.2.3.4/"])
    func refusesNetworks(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
