import FoundationEssentials
public import Logging
import Synchronization

/// Which networks are to be reached over TLS only (IRCv3 `sts`); in a file, so that a restart forgets none.
public final class STSPolicies: Sendable {
    private struct Policy: Hashable, Codable {
        var port: Int
        /// In seconds.
        var duration: Int64
        var expires: Date
    }

    private struct State {
        /// By host, in lower case.
        var policies: [String: Policy] = [:]
        /// Where a plain link was told to go; known for sure only once the other side has proved who it is.
        var upgrades: [String: Int] = [:]
    }

    private let state: Mutex<State>
    private let path: String?
    private let logger: Logger

    /// - Parameter path: a JSON file, made with the first policy; nil where nothing outlasts the program.
    public init(path: String?, logger: Logger) {
        self.path = path
        self.logger = logger
        state = Mutex(State())
        guard let path, let data = FileManager.default.contents(atPath: path) else { return }
        do {
            let policies = try Self.decoder.decode([String: Policy].self, from: data)
            state.withLock { $0.policies = policies }
        } catch {
            logger.error("the stored STS policies cannot be read; starting with none", metadata: ["file": "\(path)"])
        }
    }

    /// The port to reach `host` at over TLS; nil where plain text will do.
    func port(of host: String, at now: Date) -> Int? {
        state.withLock { state in
            if let policy = state.policies[host.lowercased()], policy.expires > now { return policy.port }
            return state.upgrades[host.lowercased()]
        }
    }

    /// A plain link was told to come back over TLS.
    func upgrade(_ host: String, to port: Int) {
        state.withLock { $0.upgrades[host.lowercased()] = port }
    }

    /// A link over TLS was told for how long plain text is out of the question.
    func keep(_ host: String, port: Int, for duration: Duration, at now: Date) {
        let seconds = duration.components.seconds
        change { policies in
            policies[host.lowercased()] =
                seconds == 0
                ? nil : Policy(port: port, duration: seconds, expires: now.addingTimeInterval(Double(seconds)))
        }
    }

    /// The duration begins when the link ends.
    func renew(_ host: String, at now: Date) {
        guard let policy = state.withLock({ $0.policies[host.lowercased()] }) else { return }
        keep(host, port: policy.port, for: .seconds(policy.duration), at: now)
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }

    private func change(_ body: (inout [String: Policy]) -> Void) {
        state.withLock { state in
            let old = state.policies
            body(&state.policies)
            guard let path, state.policies != old else { return }
            do {
                try Self.encoder.encode(state.policies).write(to: URL(filePath: path), options: .atomic)
            } catch {
                logger.error(
                    "the STS policies were not stored", metadata: ["file": "\(path)", "error": "\(error)"])
            }
        }
    }
}
