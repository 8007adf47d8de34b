import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import SQLiteStore
import Wording

/// What operations work with: the store and the conversations of a running Lotse, or what one left behind.
struct Steward: Sendable {
    /// What is spoken and configured at this moment.
    struct Means: Sendable {
        var interpreter: @Sendable () throws -> Interpreter
        /// Nil where no configuration is named: the embedded default.
        var settings: Configuration?
        /// The groups that may be facilitated by a code.
        var groups: [String] = []
    }

    let state: String
    private let store: SQLiteStore?
    private let desk: (any OperatorDesk)?
    private let means: @Sendable () throws -> Means
    /// The one-time codes of the running Lotse.
    var codes: CodeBook?
    /// Reads the configuration, the guides and the wording of the running Lotse again.
    var reload: (@Sendable () async -> Answer)?
    /// Tells the operator how far an operation is.
    var progress: @Sendable (String) async -> Void = { _ in }

    init(
        state: String, store: SQLiteStore?, desk: (any OperatorDesk)?, means: @escaping @Sendable () throws -> Means
    ) {
        self.state = state
        self.store = store
        self.desk = desk
        self.means = means
    }

    /// The sessions, to look at.
    func sessions() throws(StoreError) -> SQLiteStore {
        guard let store else { throw .missing(path: Place.store(in: state)) }
        return store
    }

    /// Where sessions are changed.
    func changes() throws(StoreError) -> any OperatorDesk {
        guard let desk else { throw .readOnly }
        return desk
    }

    func present() throws -> Means { try means() }

    /// The session `id`, or an error that says where to look.
    func session(_ id: Session.ID) async throws -> Session {
        let store = try sessions()
        if let session = try await store.load(id) { return session }
        let known = try await store.sessions()
        let named = known.filter { $0.name.folded == id.folded }.map(\.id)
        let choice = suggestion(for: id, in: named.isEmpty ? known.map(\.id) : named)
        throw CommandError("there is no session \(id) in \(Place.store(in: state))\(choice)")
    }

    /// The folder that outcomes are written to.
    func exportsPath() throws -> String {
        try present().settings?.exports ?? Place.exports(in: state)
    }

    /// The file with the accounts of the listener.
    func accountsPath() throws -> String {
        try present().settings?.accountsPath ?? Place.accounts(in: state)
    }
}

extension Steward.Means {
    /// The configuration, which has to be named for what stands in it.
    func configuration() throws -> Configuration {
        guard let settings else {
            throw CommandError("partners stand in the configuration; name it with --config FILE")
        }
        return settings
    }

    /// The wording in `language`, or an error that names those which there are.
    func phrasebook(_ language: Language) throws -> Phrasebook {
        let interpreter = try self.interpreter()
        guard interpreter.languages.contains(language) else {
            let known = interpreter.languages.map(\.rawValue).joined(separator: ", ")
            throw CommandError("there is no wording in \(language.rawValue); there is: \(known)")
        }
        return interpreter.phrasebook(language)
    }
}
