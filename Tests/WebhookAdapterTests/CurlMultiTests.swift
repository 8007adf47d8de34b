import Foundation
import LoopbackTesting
import Testing

@testable import WebhookAdapter

/// Requests over loopback, to peers of every kind.
@Suite(.timeLimit(.minutes(5))) struct CurlMultiTests {
    private static let loopback = [IPNetwork("127.0.0.1")].compactMap { $0 }

    private func request(_ url: String, plaintext: Bool = true) -> HTTPRequest {
        HTTPRequest(
            url: url, headers: [("content-type", "application/json"), ("webhook-id", "msg_1")],
            body: Array(#"{"text":"Grüße"}"#.utf8), allowsPlaintext: plaintext)
    }

    private func failure(_ http: CurlMulti, _ url: String, plaintext: Bool = true) async -> HTTPFailure? {
        do throws(HTTPFailure) {
            _ = try await http.send(request(url, plaintext: plaintext))
            return nil
        } catch {
            return error
        }
    }

    @Test("A request arrives as it was meant, and the answer comes back")
    func sends() async throws {
        let peer = try await HTTPPeer { _, _ in .answer(202, headers: [("retry-after", "7")], body: "fine") }
        let http = CurlMulti(allowedNetworks: Self.loopback)
        let response = try await http.send(request(peer.url))
        #expect(response.status == 202)
        #expect(response.retryAfter == .seconds(7))
        #expect(response.body == Array("fine".utf8))
        let received = try #require(peer.requests.first)
        #expect(received.path == "/hook")
        #expect(received.body == #"{"text":"Grüße"}"#)
        #expect(received.headers["content-type"] == "application/json")
        #expect(received.headers["webhook-id"] == "msg_1")
        #expect(received.headers["expect"] == nil)
        http.close()
        await peer.close()
    }

    @Test("One after the other go over one connection; several hundred are under way at once")
    func reusesConnections() async throws {
        let peer = try await HTTPPeer()
        let http = CurlMulti(allowedNetworks: Self.loopback)
        for _ in 1...20 { _ = try await http.send(request(peer.url)) }
        #expect(peer.connectionCount == 1)
        let succeeded = await withTaskGroup(of: Bool.self) { group in
            for _ in 1...300 { group.addTask { await failure(http, peer.url) == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(succeeded == 300)
        #expect(peer.requests.count == 320)
        http.close()
        await peer.close()
    }

    @Test(
        "No address of this machine or its network is connected to, however it is written",
        arguments: [
            "http://127.0.0.1:9/", "http://localhost:9/", "http://0x7f000001:9/", "http://2130706433:9/",
            "http://0177.0.0.1:9/", "http://127.1:9/", "http://[::1]:9/", "http://[::ffff:127.0.0.1]:9/",
            "http://[64:ff9b::7f00:1]:9/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0:9/",
            "http://[fe80::1]:9/", "http://[fd00::1]:9/", "https://127.0.0.1:9/",
        ])
    func refusesAddresses(_ url: String) async throws {
        let http = CurlMulti()
        let failure = await failure(http, url)
        let refusal = HTTPFailure.refusedAddress(host: try #require(WebhookURL.host(of: url)))
        #expect(failure == refusal || failure == .unknownHost, "\(url): \(String(describing: failure))")
        http.close()
    }

    @Test("Who reads that an address is not allowed reads which host and which setting, and nothing that may be secret")
    func explainsRefusal() async {
        let http = CurlMulti()
        let failure = await failure(http, "http://127.0.0.1:9/services/T0k3n?key=t0k3n")
        #expect(
            failure.map { "\($0)" } == "address of 127.0.0.1 not allowed; name its network in webhooks.allow_networks")
        http.close()
    }

    @Test(
        "Other schemes and users in the URL are refused",
        arguments: [
            "file:///etc/passwd", "gopher://127.0.0.1:9/_", "dict://127.0.0.1:9/d", "ftp://127.0.0.1/",
            "http://partner.example@127.0.0.1:9/", "http://127.0.0.1:9@partner.example/", "no url",
        ])
    func refusesURLs(_ url: String) async {
        let http = CurlMulti(allowedNetworks: Self.loopback)
        let failure = await failure(http, url)
        #expect(failure == .refusedURL || failure == .unknownHost, "\(url): \(String(describing: failure))")
        http.close()
    }

    @Test("Plain text goes only where it is allowed")
    func refusesPlaintext() async throws {
        let peer = try await HTTPPeer()
        let http = CurlMulti(allowedNetworks: Self.loopback)
        #expect(await failure(http, peer.url, plaintext: false) == .refusedURL)
        #expect(peer.connectionCount == 0)
        http.close()
        await peer.close()
    }

    @Test("A name that resolves to another address the second time is looked at again")
    func looksAtEachConnection() async throws {
        let peer = try await HTTPPeer { _, _ in .reset }
        let name = "http://partner.example:\(peer.port)/"
        let first = CurlMulti(allowedNetworks: Self.loopback, resolved: ["partner.example:\(peer.port):127.0.0.1"])
        #expect(await failure(first, name) == .badAnswer)
        let second = CurlMulti(allowedNetworks: Self.loopback, resolved: ["partner.example:\(peer.port):127.0.0.2"])
        #expect(await failure(second, name) == .refusedAddress(host: "partner.example"))
        #expect(peer.connectionCount == 1)
        first.close()
        second.close()
        await peer.close()
    }

    @Test("A redirect is an answer, and is not followed", arguments: [301, 302, 307, 308])
    func followsNoRedirect(_ status: Int) async throws {
        let target = try await HTTPPeer()
        let peer = try await HTTPPeer { _, _ in .answer(status, headers: [("location", target.url)]) }
        let http = CurlMulti(allowedNetworks: Self.loopback)
        #expect(try await http.send(request(peer.url)).status == status)
        #expect(target.connectionCount == 0)
        http.close()
        await peer.close()
        await target.close()
    }

    @Test("A proxy of the environment plays no part")
    func usesNoProxy() async throws {
        let proxy = try await HTTPPeer()
        let peer = try await HTTPPeer()
        setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
        defer { unsetenv("http_proxy") }
        let http = CurlMulti(allowedNetworks: Self.loopback)
        #expect(try await http.send(request(peer.url)).status == 204)
        #expect(proxy.connectionCount == 0)
        http.close()
        await peer.close()
        await proxy.close()
    }

    @Test("Who hangs is given up after the time limit; who is done is not kept waiting")
    func givesUp() async throws {
        let hanging = try await HTTPPeer { _, _ in .hang }
        let peer = try await HTTPPeer()
        var limits = CurlMulti.Limits()
        limits.whole = .seconds(2)
        let http = CurlMulti(allowedNetworks: Self.loopback, limits: limits)
        async let hung = failure(http, hanging.url)
        #expect(try await http.send(request(peer.url)).status == 204)
        #expect(await hung == .timedOut)
        http.close()
        await peer.close()
        await hanging.close()
    }

    @Test("An answer without end is cut off, and was an answer all the same")
    func cutsOff() async throws {
        let peer = try await HTTPPeer { _, _ in .flood }
        let http = CurlMulti(allowedNetworks: Self.loopback)
        let response = try await http.send(request(peer.url))
        #expect(response.status == 200)
        #expect(response.body.count == 16 * 1024)
        http.close()
        await peer.close()
    }

    @Test("A connection that is closed without an answer, or refused, is a failure with its cause")
    func reportsFailures() async throws {
        let peer = try await HTTPPeer { _, _ in .reset }
        let http = CurlMulti(allowedNetworks: Self.loopback)
        #expect(await failure(http, peer.url) == .badAnswer)
        await peer.close()
        #expect(await failure(http, peer.url) == .noConnection)
        http.close()
    }

    @Test("TLS is checked: a certificate of nobody known is refused, that of a trusted authority is taken")
    func checksCertificates() async throws {
        let certificate = try TestCertificate()
        defer { certificate.remove() }
        let peer = try await HTTPPeer(certificate: certificate)
        let strange = CurlMulti(allowedNetworks: Self.loopback)
        #expect(await failure(strange, peer.url, plaintext: false) == .tls)
        let trusting = CurlMulti(allowedNetworks: Self.loopback, authorities: certificate.certificate)
        #expect(try await trusting.send(request(peer.url, plaintext: false)).status == 204)
        #expect(peer.requests.count == 1)
        strange.close()
        trusting.close()
        await peer.close()
    }

    @Test("What is under way when it closes is broken off, and nothing is taken afterwards")
    func closes() async throws {
        let peer = try await HTTPPeer { _, _ in .hang }
        let http = CurlMulti(allowedNetworks: Self.loopback)
        async let hung = failure(http, peer.url)
        _ = await peer.next()
        http.close()
        #expect(await hung == .cancelled)
        #expect(await failure(http, peer.url) == .cancelled)
        await peer.close()
    }
}
