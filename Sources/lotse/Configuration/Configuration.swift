import DialogEngine
import FoundationEssentials
import Logging

/// How one Lotse is set up: the content of a configuration file, with every path made absolute.
///
/// Holds no secrets, only the files they stand in.
struct Configuration: Hashable, Sendable {
    /// The folder for everything that has to outlast a restart.
    var state: String
    /// The folder with the guides; nil for those that Lotse brings along.
    var dialogs: String?
    /// The folder with the wording; nil for what Lotse brings along.
    var wording: String?
    /// The folder that outcomes are written to.
    var exports: String
    /// What Lotse speaks where a group says nothing else.
    var language = Language(rawValue: "de")
    /// Who runs Lotse, as people are told of them: a name, a number, an address. Nil where the wording's own words do.
    var operatorName: String?
    /// In which dates are read and written.
    var timeZone: TimeZone
    /// How long a session is kept, in months.
    var retentionMonths = 6
    var concernsRetentionMonths = 3
    /// Whether whoever says `!start` first facilitates.
    var anyoneMayStart = false
    var proposals = Proposals.everyone
    /// The IRC-style listener, the adapter `local`; nil where there is none.
    var listener: Listener?
    var networks: [Network] = []
    /// Chat systems that speak HTTP, and where they send to.
    var chats: [Chat] = []
    var receiver = Receiver()
    /// Where a monitoring system asks for `/health` and `/metrics`; nil where none does.
    var monitoring: Receiver?
    var groups: [Group] = []
    /// The guides of the groups by their names; those that cannot be used are missing.
    var guides: [String: Dialog] = [:]
    /// Those who are told by webhook.
    var partners: [Partner] = []
    var webhooks = Webhooks()
    var logLevel = Logger.Level.info

    /// The SQLite file with the sessions.
    var storePath: String { Place.store(in: state) }

    /// The file with the accounts of the listener.
    var accountsPath: String { listener?.accountsFile ?? Place.accounts(in: state) }

    /// Who may propose a joint answer.
    enum Proposals: String, Hashable, Sendable, CaseIterable {
        case everyone, facilitators
    }

    init(state: String, timeZone: TimeZone) {
        self.state = state
        self.exports = Place.exports(in: state)
        self.timeZone = timeZone
    }
}
