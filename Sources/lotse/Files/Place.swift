import DialogFiles
import Foundation

/// Which Lotse is meant: the folder of its state and, where one is named, its configuration.
///
/// The one place that decides it, for all commands.
struct Place: Sendable {
    /// The folder with the sessions and everything else that outlasts a restart.
    let state: String
    /// The configuration file; nil where none is named.
    let configuration: String?
    /// Whether nothing but the environment led to the folder, so that it may be the wrong one.
    let isGuessed: Bool
    /// What the environment says about folders, with `--state` in it.
    private let environment: [String: String]
    private let option: String?

    /// `--state` first, then what the configuration says, then ``StateFolder/usual(_:service:)``.
    init(state: String?, configuration: String?, environment: [String: String]) throws {
        var environment = environment
        if let state { environment["STATE_DIRECTORY"] = state }
        let usual = StateFolder.usual(environment)
        let isService = usual == StateFolder.ofService && environment["STATE_DIRECTORY"] == nil
        let standard = StateFolder.configurationOfService
        let hasStandard = isService && FileManager.default.fileExists(atPath: standard)
        self.configuration = configuration ?? (hasStandard ? standard : nil)
        let said = try self.configuration.flatMap { try Configuration.stateFolder(in: $0, environment: environment) }
        guard let folder = state ?? said ?? usual else {
            throw CommandError("there is no home folder to look for sessions in; name the folder with --state")
        }
        self.state = folder
        option = state
        self.environment = environment
        isGuessed = state == nil && environment["STATE_DIRECTORY"] == nil && (said == nil || said == usual)
    }

    /// The configuration, if one is named and good; `--state` wins over what it says.
    func settings() throws -> Configuration? {
        try configuration.map { try checked($0, isStarting: true).get() }
    }

    /// The configuration in the file, or every problem in it.
    ///
    /// - Parameter isStarting: whether a guide that cannot be used keeps only new sessions from beginning.
    func checked(
        _ path: String, isStarting: Bool = false, looksAround: Bool = false
    ) -> Checked<Configuration> {
        let checked = Configuration.check(
            path, environment: environment, isStarting: isStarting, looksAround: looksAround)
        guard let option, var settings = checked.value else { return checked }
        settings.move(to: option)
        return Checked(settings, problems: checked.problems)
    }
}

extension Configuration {
    /// Keeps everything in `folder`, whatever the file says.
    fileprivate mutating func move(to folder: String) {
        if exports == Place.exports(in: state) { exports = Place.exports(in: folder) }
        state = folder
    }
}

extension Place {
    /// The SQLite file with the sessions.
    static func store(in state: String) -> String { state + "/lotse.sqlite" }

    /// The accounts of the listener, unless the configuration names another file.
    static func accounts(in state: String) -> String { state + "/accounts" }

    /// The folder that outcomes are written to, unless the configuration names another one.
    static func exports(in state: String) -> String { state + "/exports" }

    /// The folder of the keys that partners were given by `lotse partners rotate`.
    static func keys(in state: String) -> String { state + "/keys" }
}
