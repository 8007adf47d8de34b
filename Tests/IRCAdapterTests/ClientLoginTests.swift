import IRCAdapter
import IRCProtocol
import Testing

@Suite("The client's login")
struct ClientLoginTests {
    private typealias Harness = ClientHarness

    /// The exchange of RFC 7677 section 3: user and pencil.
    private static let challenge =
        "AUTHENTICATE cj1yT3ByTkdmd0ViZVJXZ2JORWtxTyVodllEcFdVYTJSYVRDQWZ1eEZJbGopaE5sRiRrMCxzPVcyMlphSjBTTlk3c29Fc1VFamI2Z1E9PSxpPTQwOTY="
    private static let proof = "AUTHENTICATE dj02cnJpVFJCaTIzV3BSUi93dHVwK21NaFVaVW4vZEI1bkxUSlJzamw5NUc0PQ=="

    private func client(
        _ mechanisms: [SASLMechanism] = SASLMechanism.allCases, certificate: Bool = false, isRequired: Bool = true
    ) -> Harness {
        Harness {
            $0.sasl = SASLAccount(
                name: "user", password: "pencil", hasCertificate: certificate, mechanisms: mechanisms,
                isRequired: isRequired)
        }
    }

    @Test(
        "takes the best mechanism that both sides have and the link allows",
        arguments: [
            ("sasl", true, ClientLink.secure, "AUTHENTICATE EXTERNAL"),
            ("sasl", false, .secure, "AUTHENTICATE SCRAM-SHA-256"), ("sasl=PLAIN", true, .secure, "AUTHENTICATE PLAIN"),
            ("sasl=PLAIN,SCRAM-SHA-256", false, .plain, "AUTHENTICATE SCRAM-SHA-256"),
            ("sasl=PLAIN", false, .plain, "QUIT"), ("sasl=EXTERNAL", false, .secure, "QUIT"),
            ("multi-prefix", false, .secure, "QUIT"),
        ])
    func choice(offered: String, certificate: Bool, link: ClientLink, line: String) {
        var client = client(certificate: certificate)
        client.handle(.connected(link))
        client.line(":s.x CAP * LS :\(offered)")
        let name = String(offered.prefix { $0 != "=" })
        #expect(client.line(":s.x CAP * ACK :\(name)") == [line])
        #expect(client.others.contains(.close) == (line == "QUIT"))
    }

    @Test("is proved from both sides by SCRAM-SHA-256")
    func scram() {
        var client = client([.scramSHA256])
        client.handle(.connected(.secure))
        client.line(":s.x CAP * LS :sasl", ":s.x CAP * ACK :sasl")
        #expect(client.line("AUTHENTICATE +") == ["AUTHENTICATE biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8="])
        let proof = client.line(Self.challenge)
        #expect(
            proof == [
                "AUTHENTICATE "
                    + "Yz1iaXdzLHI9ck9wck5HZndFYmVSV2diTkVrcU8laHZZRHBXVWEyUmFUQ0FmdXhGSWxqKWhObEYkazAscD1kSHpiWmFwV0lrNGpVaE4rVXRlOXl0YWc5empmTUhnc3FtbWl6N0FuZFZRPQ=="
            ])
        #expect(client.line(Self.proof) == ["AUTHENTICATE +"])
        #expect(client.line(":s.x 903 * :ok") == ["CAP END"])
    }

    @Test(
        "is broken off where the server does not prove that it knows the account",
        arguments: [
            "AUTHENTICATE dj1ubU1mM1FIV2NKUWk5cE1ndHFLU0tQclZueUk2c3FOTzZJN3BFLzBveUdjPQ==", "AUTHENTICATE :",
            "AUTHENTICATE not-base64", ":s.x 903 * :trust me", ":s.x 907 * :trust me",
        ])
    func impostor(line: String) {
        var client = client(isRequired: false)
        client.handle(.connected(.secure))
        client.line(":s.x CAP * LS :sasl", ":s.x CAP * ACK :sasl", "AUTHENTICATE +", Self.challenge)
        client.forget()
        #expect(client.line(line) == ["AUTHENTICATE *"])
        #expect(client.others == [.report(.saslImpostor), .close])
        #expect(client.line(":s.x 001 user :Welcome") == [])
    }

    @Test("falls back where the server does not take a mechanism, but not where it refuses the password")
    func fallback() {
        var client = client()
        client.handle(.connected(.secure))
        client.line(":s.x CAP * LS :sasl", ":s.x CAP * ACK :sasl")
        #expect(client.line(":s.x 908 * PLAIN,EXTERNAL :are available", ":s.x 904 * :no") == ["AUTHENTICATE PLAIN"])
        client.line("AUTHENTICATE +")
        client.forget()
        #expect(client.line(":s.x 904 * :no") == ["QUIT"])
        #expect(client.others == [.report(.saslFailed), .close])
    }

    @Test("is not insisted on where the operator says so, and made up for later")
    func optional() {
        var client = client([.plain], isRequired: false)
        client.handle(.connected(.secure))
        #expect(client.line(":s.x CAP * LS :cap-notify") == ["CAP REQ cap-notify"])
        #expect(client.line(":s.x CAP * ACK :cap-notify") == ["CAP END"])
        #expect(client.others.contains(.report(.saslNotOffered)))
        client.line(":s.x 001 lotse :Welcome")
        #expect(client.line(":s.x CAP lotse NEW :sasl=PLAIN") == ["CAP REQ sasl"])
        #expect(client.line(":s.x CAP lotse ACK :sasl") == ["AUTHENTICATE PLAIN"])
        client.line("AUTHENTICATE +")
        #expect(client.line(":s.x 903 lotse :ok") == [])
    }

    @Test("does not happen on a link that is to become secure first")
    func sts() {
        var client = client()
        client.handle(.connected(.plain))
        client.forget()
        #expect(client.line(":s.x CAP * LS :sasl sts=port=6697,duration=300") == [])
        #expect(client.others == [.upgrade(port: 6697), .report(.upgrading(port: 6697)), .close])
        client.forget()
        client.handle(.disconnected(jitter: 0.5))
        #expect(client.others == [.reconnect(after: .zero)])
        client.handle(.connected(.secure))
        client.forget()
        #expect(client.line(":s.x CAP * LS :sasl sts=port=1,duration=300") == ["CAP REQ sasl"])
        #expect(client.others == [.keepSTS(for: .seconds(300))])
    }

    @Test("never shows the password in a description")
    func secrecy() {
        let account = SASLAccount(name: "user", password: "pencil")
        #expect("\(account)" == "***")
        #expect(String(reflecting: account) == "***")
    }
}
