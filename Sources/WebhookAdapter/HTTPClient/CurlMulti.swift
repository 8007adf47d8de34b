import CCurl
import Foundation
import Synchronization

/// Sends HTTP requests, several hundred at a time on one thread of its own; the only place that holds handles of libcurl.
///
/// ```
///  send ──▶ queue ──wakeup──▶ the thread: add, perform, poll, until a transfer is done ──▶ send returns
/// ```
///
/// Connections are kept and shared (HTTP/2 where offered). An address is looked at between resolving it and connecting to
/// it, see ``AddressGuard``; redirects, proxies and `.netrc` play no part.
package final class CurlMulti: Sendable {
    package struct Limits: Sendable {
        var connect = Duration.seconds(5)
        var whole = Duration.seconds(15)
        /// How much of an answer is read, in bytes.
        var answer = 16 * 1024
        /// How many connections are kept open for later.
        var keptConnections = 512

        package init() {}
    }

    private struct State {
        var waiting: [Transfer] = []
        var isEnding = false
    }

    fileprivate let addresses: AddressGuard
    fileprivate let limits: Limits
    fileprivate let authorities: String?
    private let resolved: [String]
    private let state = Mutex(State())
    private let handle: Handle

    /// libcurl lets other threads do nothing but wake it up.
    private struct Handle: @unchecked Sendable {
        let multi: UnsafeMutableRawPointer
    }

    /// - Parameters:
    ///   - allowedNetworks: addresses that a webhook may go to although they are not globally reachable.
    ///   - authorities: a PEM file with the authorities to trust; nil for those of the system.
    ///   - resolved: `host:port:address`, for names that no resolver is asked for.
    package init(
        allowedNetworks: [IPNetwork] = [], limits: Limits = Limits(), authorities: String? = nil,
        resolved: [String] = []
    ) {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        addresses = AddressGuard(allowedNetworks: allowedNetworks)
        self.limits = limits
        self.authorities = authorities
        self.resolved = resolved
        // Fails only without memory.
        handle = Handle(multi: curl_multi_init()!)
        _ = lotse_curl_multi_set_number(handle.multi, CURLMOPT_MAXCONNECTS, limits.keptConnections)
        _ = lotse_curl_multi_set_number(handle.multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        let thread = Thread { self.work() }
        thread.name = "webhooks"
        thread.start()
    }

    /// Sends `request` and waits for the answer, for as long as the limits allow.
    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        try await withCheckedContinuation { continuation in
            let transfer = Transfer(request, by: self, waiter: continuation)
            // The handle is there as long as the end has not begun.
            let isTaken = state.withLock { state in
                guard !state.isEnding else { return false }
                state.waiting.append(transfer)
                // Whoever came before has woken it already.
                if state.waiting.count == 1 { curl_multi_wakeup(handle.multi) }
                return true
            }
            if !isTaken { transfer.cancel() }
        }.get()
    }

    /// Breaks off what is under way and takes nothing more.
    package func close() {
        state.withLock { state in
            guard !state.isEnding else { return }
            state.isEnding = true
            curl_multi_wakeup(handle.multi)
        }
    }

    // MARK: On the thread

    private func work() {
        var underWay: [UnsafeMutableRawPointer: Transfer] = [:]
        var spare: [UnsafeMutableRawPointer] = []
        let names = list(resolved)
        while true {
            let (waiting, isEnding) = state.withLock { state in
                defer { state.waiting = [] }
                return (state.waiting, state.isEnding)
            }
            if isEnding { return end(Array(underWay), waiting, spare, names) }
            for transfer in waiting {
                let easy = spare.popLast() ?? curl_easy_init()!
                transfer.configure(easy, names: names)
                underWay[easy] = transfer
                curl_multi_add_handle(handle.multi, easy)
            }
            var running: CInt = 0
            curl_multi_perform(handle.multi, &running)
            for (easy, code) in finished() {
                curl_multi_remove_handle(handle.multi, easy)
                underWay.removeValue(forKey: easy)?.finish(easy, code)
                curl_easy_reset(easy)
                spare.append(easy)
            }
            curl_multi_poll(handle.multi, nil, 0, 1000, nil)
        }
    }

    private func finished() -> [(UnsafeMutableRawPointer, CURLcode)] {
        var finished: [(UnsafeMutableRawPointer, CURLcode)] = []
        var left: CInt = 0
        while let message = curl_multi_info_read(handle.multi, &left) {
            if message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle {
                finished.append((easy, lotse_curl_result(message)))
            }
        }
        return finished
    }

    private func end(
        _ underWay: [(key: UnsafeMutableRawPointer, value: Transfer)], _ waiting: [Transfer],
        _ spare: [UnsafeMutableRawPointer], _ names: UnsafeMutablePointer<curl_slist>?
    ) {
        for (easy, transfer) in underWay {
            curl_multi_remove_handle(handle.multi, easy)
            transfer.cancel()
            curl_easy_cleanup(easy)
        }
        for transfer in waiting { transfer.cancel() }
        for easy in spare { curl_easy_cleanup(easy) }
        curl_slist_free_all(names)
        curl_multi_cleanup(handle.multi)
    }
}

private func list(_ texts: [String]) -> UnsafeMutablePointer<curl_slist>? {
    texts.reduce(nil) { curl_slist_append($0, $1) }
}

/// One request on its way; used on the thread of its ``CurlMulti`` alone, which keeps it until it is done.
private final class Transfer: @unchecked Sendable {
    typealias Waiter = CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>

    private let request: HTTPRequest
    private unowned let owner: CurlMulti
    private let waiter: Waiter
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var answer: [UInt8] = []
    private var receivedHeaders = 0
    private var isCutOff = false
    private var hasRefusedAddress = false

    /// How much of all headers is read, in bytes.
    private static let headerLimit = 64 * 1024

    init(_ request: HTTPRequest, by owner: CurlMulti, waiter: Waiter) {
        self.request = request
        self.owner = owner
        self.waiter = waiter
    }

    func configure(_ easy: UnsafeMutableRawPointer, names: UnsafeMutablePointer<curl_slist>?) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        let protocols = request.allowsPlaintext ? "http,https" : "https"
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_POST, 1), (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)), (CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
            (CURLOPT_CONNECTTIMEOUT_MS, owner.limits.connect.inMilliseconds),
            (CURLOPT_TIMEOUT_MS, owner.limits.whole.inMilliseconds),
        ]
        for (option, value) in numbers { _ = lotse_curl_set_number(easy, option, value) }
        let texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url), (CURLOPT_PROTOCOLS_STR, protocols), (CURLOPT_REDIR_PROTOCOLS_STR, "https"),
            (CURLOPT_PROXY, ""), (CURLOPT_NOPROXY, "*"), (CURLOPT_USERAGENT, "Lotse"),
        ]
        for (option, value) in texts { _ = lotse_curl_set_text(easy, option, value) }
        if let authorities = owner.authorities { _ = lotse_curl_set_text(easy, CURLOPT_CAINFO, authorities) }
        if let names { _ = lotse_curl_set_list(easy, CURLOPT_RESOLVE, names) }
        // Without an Expect header, for which libcurl would wait a second.
        headers = list(request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
        _ = lotse_curl_set_list(easy, CURLOPT_HTTPHEADER, headers)
        _ = lotse_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        request.body.withUnsafeBytes { bytes in
            _ = lotse_curl_set_pointer(
                easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        _ = lotse_curl_set_pointer(easy, CURLOPT_WRITEDATA, own)
        _ = lotse_curl_set_pointer(easy, CURLOPT_HEADERDATA, own)
        _ = lotse_curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, own)
        _ = lotse_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, own in
            Transfer.of(own).receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        _ = lotse_curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { _, size, count, own in
            Transfer.of(own).receiveHeader(size * count)
        }
        _ = lotse_curl_set_socket_opener(easy) { own, _, address in
            Transfer.of(own).openSocket(to: address!)
        }
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(pointer!).takeUnretainedValue()
    }

    // MARK: What libcurl asks

    /// Takes bytes of the answer, up to the limit.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        let room = owner.limits.answer - answer.count
        answer += bytes.prefix(room)
        isCutOff = bytes.count > room
        return isCutOff ? 0 : bytes.count
    }

    /// Counts headers, so that they come to an end.
    private func receiveHeader(_ count: Int) -> Int {
        receivedHeaders += count
        return receivedHeaders <= Self.headerLimit ? count : 0
    }

    private func openSocket(to address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let found = withUnsafePointer(to: &address.pointee.addr) {
            IPAddress(socketAddress: $0, family: address.pointee.family)
        }
        guard let found, owner.addresses.allows(found) else {
            hasRefusedAddress = true
            return CURL_SOCKET_BAD
        }
        let closing = CInt(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, address.pointee.socktype | closing, address.pointee.protocol)
    }

    // MARK: The end

    func finish(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) {
        var status = 0
        var retryAfter: curl_off_t = 0
        var microseconds: curl_off_t = 0
        _ = lotse_curl_get_number(easy, CURLINFO_RESPONSE_CODE, &status)
        _ = lotse_curl_get_size(easy, CURLINFO_RETRY_AFTER, &retryAfter)
        _ = lotse_curl_get_size(easy, CURLINFO_TOTAL_TIME_T, &microseconds)
        curl_slist_free_all(headers)
        // A long answer was answered all the same.
        guard code == CURLE_OK || isCutOff && status != 0 else {
            return waiter.resume(returning: .failure(failure(code)))
        }
        let response = HTTPResponse(
            status: status, retryAfter: retryAfter > 0 ? .seconds(retryAfter) : nil, body: answer,
            duration: .microseconds(microseconds))
        waiter.resume(returning: .success(response))
    }

    func cancel() {
        curl_slist_free_all(headers)
        waiter.resume(returning: .failure(.cancelled))
    }

    private func failure(_ code: CURLcode) -> HTTPFailure {
        if hasRefusedAddress { return .refusedAddress(host: WebhookURL.host(of: request.url) ?? "") }
        return switch code {
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: .refusedURL
        case CURLE_COULDNT_RESOLVE_HOST: .unknownHost
        case CURLE_COULDNT_CONNECT: .noConnection
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE:
            .tls
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY,
            CURLE_WRITE_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            .badAnswer
        default: .other(code: Int(code.rawValue))
        }
    }
}

extension Duration {
    fileprivate var inMilliseconds: Int { Int(self / .milliseconds(1)) }
}
