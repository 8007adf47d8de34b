import DialogEngine
import Foundation
import IRCAdapter

/// Adds an account of the IRC listener, or gives it another password.
struct AddAccountOperation: Operation {
    static let name = "account.add"
    static let need = OperationNeed.files

    /// The account as a line of the file: a password never travels.
    var line: String

    func perform(by steward: Steward) async throws -> Answer {
        guard let account = Account(line: line) else { throw CommandError("that is no account") }
        var isKnown = false
        try AccountFile(path: try steward.accountsPath()).change { accounts in
            isKnown = accounts.contains { $0.isNamed(account.name) }
            accounts.removeAll { $0.isNamed(account.name) }
            accounts.append(account)
        }
        return Answer(text: isKnown ? "\(account.name) has a new password." : "\(account.name) was added.")
    }
}

/// Which accounts there are.
struct ListAccountsOperation: Operation {
    static let name = "account.list"
    static let need = OperationNeed.files

    func perform(by steward: Steward) async throws -> Answer {
        let names = try AccountFile(path: try steward.accountsPath()).read().map(\.name)
        return Answer(
            text: names.isEmpty ? "There is no account. See: lotse account add --help" : names.joined(separator: "\n"))
    }
}

/// Removes an account.
struct RemoveAccountOperation: Operation {
    static let name = "account.remove"
    static let need = OperationNeed.files

    var account: String

    func perform(by steward: Steward) async throws -> Answer {
        var isKnown = false
        try AccountFile(path: try steward.accountsPath()).change { accounts in
            let others = accounts.filter { !$0.isNamed(account) }
            isKnown = others.count < accounts.count
            accounts = others
        }
        guard isKnown else { throw CommandError("There is no account \(account). See: lotse account list") }
        return Answer(text: "\(account) was removed.")
    }
}
