import DialogFiles
import WebhookAdapter

/// The keys of a partner, one in a line, the newest first; while they change there are two.
struct WebhookKeyFile: Sendable {
    let file: SecretFile

    enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case file(SecretFile.Failure)
        case key(path: String, line: Int, WebhookKey.Flaw)

        var description: String {
            switch self {
            case .file(let failure): "\(failure)"
            case .key(let path, let line, let flaw): "the key in line \(line) of \(path) \(flaw)"
            }
        }
    }

    /// The keys as text; none where there is no file.
    func lines() throws(Failure) -> [String] {
        do {
            return try file.read().revealed.split(separator: "\n").map(String.init)
        } catch .unreadable(_, .missing) {
            return []
        } catch {
            throw .file(error)
        }
    }

    /// - Parameter mark: a line that is none.
    func keys(except mark: String? = nil) throws(Failure) -> [WebhookKey] {
        let secret: Secret
        do {
            secret = try file.read()
        } catch {
            throw .file(error)
        }
        var keys: [WebhookKey] = []
        for (index, line) in secret.revealed.split(separator: "\n").enumerated() where line != mark ?? "" {
            do {
                keys.append(try WebhookKey(line))
            } catch {
                throw .key(path: file.path, line: index + 1, error)
            }
        }
        return keys
    }
}
