import Crypto
import IRCProtocol
import Logging

/// The accounts as the listener knows them: read again whenever the file has changed.
struct AccountBook {
    private let file: AccountFile
    private let logger: Logger
    private var version: AccountFile.Version?
    /// By folded name.
    private var accounts: [String: Account] = [:]
    /// What makes up the credentials of accounts that do not exist.
    private let decoyKey = SymmetricKey(size: .bits256)

    init(_ file: AccountFile, logger: Logger) throws(AccountError) {
        self.file = file
        self.logger = logger
        version = file.version
        accounts = Self.byName(try file.read())
    }

    private static func byName(_ accounts: [Account]) -> [String: Account] {
        Dictionary(accounts.map { (ServerLimits.caseMapping.fold($0.name), $0) }) { first, _ in first }
    }

    var names: Set<String> { Set(accounts.values.map(\.name)) }

    /// Reads the file again if it has changed; a file with problems leaves the accounts as they are. Returns whether
    /// there is something new.
    mutating func refresh() -> Bool {
        let current = file.version
        guard current != version else { return false }
        version = current
        do {
            accounts = Self.byName(try file.read())
            return true
        } catch {
            logger.error("the accounts were not read again", metadata: ["reason": "\(error)"])
            return false
        }
    }

    func account(named name: String) -> Account? {
        accounts[ServerLimits.caseMapping.fold(name)]
    }

    /// What is kept of the password, or for a name that does not exist what looks the same and nobody can match.
    func credentials(for name: String) -> (account: String, credentials: SCRAMCredentials) {
        if let account = account(named: name) { return (account.name, account.credentials) }
        let folded = ServerLimits.caseMapping.fold(name)
        let bytes = Array(HMAC<SHA512>.authenticationCode(for: Array(folded.utf8), using: decoyKey))
        let salt = Array(bytes.prefix(Account.saltLength))
        let key = Array(bytes.suffix(32))
        return (
            name,
            SCRAMCredentials(salt: salt, iterations: Account.iterations, storedKey: key, serverKey: key.reversed())
        )
    }
}
