package import FoundationEssentials

extension Partner {
    /// How a test ended.
    package enum TestResult: Hashable, Sendable {
        case answered(status: Int, milliseconds: Int)
        case failed(reason: String)
    }

    /// Sends an event of the type `partner.test` at once; it belongs to no session and is stored nowhere.
    package func test(text: String, by http: CurlMulti, at moment: Date) async -> TestResult {
        let body = WebhookBody(
            type: "partner.test", timestamp: moment, text: text, data: PartnerData())
        let request: HTTPRequest
        do {
            request = self.request(id: WebhookBody.makeID(), body: body.bytes, at: moment, signedBy: try keys())
        } catch {
            return .failed(reason: "\(error)")
        }
        do throws(HTTPFailure) {
            let response = try await http.send(request)
            return .answered(status: response.status, milliseconds: Int(response.duration / .milliseconds(1)))
        } catch {
            return .failed(reason: "\(error)")
        }
    }
}
