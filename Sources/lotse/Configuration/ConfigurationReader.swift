import DialogEngine
import DialogFiles
import FoundationEssentials
import Logging

/// Reads a configuration file. A value that is not good is a problem, and its default stands in for it.
struct ConfigurationReader {
    var file: Reading
    let paths: ConfigurationPaths
    /// Whether Lotse is about to start, rather than to check.
    let isStarting: Bool
    /// Whether what the file leads to is looked at as well.
    let looksAround: Bool
    var rooms: [String: (group: String, line: Int)] = [:]
    /// The line of each adapter's name; 0 for the listener.
    var adapterNames: [String: Int] = [Configuration.Listener.adapter: 0]
    /// Where the guides lie that Lotse brings along.
    private let shippedDialogs = try? Places.dialogs()
    /// The good guides that were read for groups, by their names: many groups have the same.
    var guides: [String: Dialog] = [:]

    init(
        _ source: SourceText, environment: [String: String], isStarting: Bool = false, looksAround: Bool = false
    ) {
        file = Reading(source)
        self.isStarting = isStarting
        self.looksAround = looksAround
        paths = ConfigurationPaths(file: source.file, environment: environment)
    }

    private static let keys = [
        "state", "dialogs", "wording", "exports", "language", "time_zone", "retention_months",
        "concerns_retention_months", "facilitators", "proposals", "listener", "networks", "groups", "chats", "receiver",
        "monitoring", "partners", "webhooks", "log", "operator",
    ]

    mutating func configuration() -> Configuration? {
        guard isConfiguration else { return nil }
        let fields = file.fields(of: file.root, Self.keys)
        let state = state(fields["state"])
        let timeZone = timeZone(fields["time_zone"])
        var configuration = Configuration(state: state ?? "", timeZone: timeZone ?? .gmt)
        readFolders(fields, into: &configuration)
        if !fields["operator"].isMissing { configuration.operatorName = file.line(fields["operator"]) }
        readRules(fields, into: &configuration)
        configuration.listener = fields["listener"].isMissing ? nil : listener(fields["listener"])
        configuration.networks = fields["networks"].isMissing ? [] : networks(fields["networks"])
        configuration.webhooks = fields["webhooks"].isMissing ? .init() : webhooks(fields["webhooks"])
        configuration.chats = fields["chats"].isMissing ? [] : chats(fields["chats"], in: configuration)
        configuration.receiver = fields["receiver"].isMissing ? .init() : receiver(fields["receiver"])
        configuration.monitoring = fields["monitoring"].isMissing ? nil : receiver(fields["monitoring"], port: 9065)
        configuration.groups = fields["groups"].isMissing ? [] : groups(fields["groups"], in: configuration)
        configuration.guides = guides
        configuration.partners =
            fields["partners"].isMissing ? [] : partners(fields["partners"], in: configuration)
        if fields["listener"].isMissing, fields["networks"].isMissing, fields["chats"].isMissing {
            file.error("has no listener, no networks and no chats, so nobody could reach Lotse", at: file.root)
        }
        if looksAround, state != nil { lookAround(fields, configuration) }
        return state == nil || timeZone == nil ? nil : configuration
    }

    /// The folder of the state alone, whatever else is wrong with the file.
    mutating func stateFolder() -> String? {
        guard isConfiguration else { return nil }
        return state(file.fields(of: file.root, Self.keys)["state"])
    }

    /// Whether the file can be meant as a configuration; of any other one, which may hold secrets, no line is shown.
    private var isConfiguration: Bool {
        mutating get {
            let keys = file.names(of: file.root)
            guard file.problems.isEmpty, !keys.contains(where: { $0.nearest(in: Self.keys) != nil }) else {
                return true
            }
            file.reportWithoutLine("is neither a guide, nor wording, nor a configuration of Lotse")
            return false
        }
    }

    // MARK: Folders

    private mutating func state(_ field: Field) -> String? {
        guard field.isMissing else { return file.text(field).map(paths.absolute) }
        if let state = paths.defaultState { return state }
        file.error("is missing, and there is no home folder to put it", at: field)
        return nil
    }

    private mutating func readFolders(_ fields: Fields, into configuration: inout Configuration) {
        configuration.dialogs = folder(fields["dialogs"])
        configuration.wording = folder(fields["wording"])
        if !fields["exports"].isMissing, let exports = file.text(fields["exports"]) {
            configuration.exports = paths.absolute(exports)
        }
    }

    /// A folder that has to be there.
    private mutating func folder(_ field: Field) -> String? {
        guard !field.isMissing, let text = file.text(field) else { return nil }
        let path = paths.absolute(text)
        var isFolder = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if exists, isFolder { return path }
        file.error("there is no folder \(path)", at: field)
        return nil
    }

    /// The folder whose guides the groups use.
    func dialogs(of configuration: Configuration) -> String? {
        configuration.dialogs ?? shippedDialogs
    }

    /// The folder whose wording is spoken.
    func wording(of configuration: Configuration) -> String? {
        configuration.wording ?? dialogs(of: configuration).map { "\($0)/wording" }
    }

    // MARK: Rules

    private mutating func readRules(_ fields: Fields, into configuration: inout Configuration) {
        if let language = language(fields["language"], wording: wording(of: configuration)) {
            configuration.language = language
        }
        if !fields["concerns_retention_months"].isMissing,
            let months = file.number(fields["concerns_retention_months"], in: 1...120)
        {
            configuration.concernsRetentionMonths = months
        }
        if !fields["retention_months"].isMissing, let months = file.number(fields["retention_months"], in: 1...120) {
            configuration.retentionMonths = months
        }
        if !fields["facilitators"].isMissing {
            let rules = file.fields(of: fields["facilitators"], ["anyone_may_start"])
            configuration.anyoneMayStart = file.flag(rules["anyone_may_start"]) ?? false
        }
        if let proposals = proposals(fields["proposals"]) { configuration.proposals = proposals }
        if !fields["log"].isMissing {
            let log = file.fields(of: fields["log"], ["level"])
            configuration.logLevel = file.choice(log["level"], of: Logger.Level.self) ?? .info
        }
    }

    mutating func proposals(_ field: Field) -> Configuration.Proposals? {
        field.isMissing ? nil : file.choice(field)
    }

    private mutating func timeZone(_ field: Field) -> TimeZone? {
        if field.isMissing { return TimeZone(identifier: "Europe/Berlin") }
        guard let name = file.text(field) else { return nil }
        if let zone = TimeZone(identifier: name), name.contains("/") || name == "UTC" { return zone }
        file.error("there is no time zone \"\(name)\"; write it like Europe/Berlin", at: field)
        return nil
    }

    /// A language that there is wording for.
    mutating func language(_ field: Field, wording: String?) -> Language? {
        guard !field.isMissing, let language = file.language(field) else { return nil }
        if let wording {
            let known = names(in: wording)
            if !known.contains(language.rawValue) {
                let choice = suggestion(for: language.rawValue, in: known)
                file.error("there is no wording \(wording)/\(language.rawValue).yaml\(choice)", at: field)
            }
        }
        return language
    }

    /// The names of the YAML files in a folder, without their ending.
    func names(in folder: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    // MARK: Secrets

    /// A secret's file. Whether it is there is asked only where somebody looks around.
    mutating func secret(_ field: Field, isNeeded: Bool = true) -> SecretFile? {
        guard let text = file.text(field) else { return nil }
        let secret = SecretFile(path: paths.secret(text))
        do {
            _ = try secret.read()
        } catch .unreadable(let path, .missing) {
            guard looksAround, isNeeded else { return secret }
            let what =
                text.contains("/")
                ? "there is no file \(path); put the secret there and run: chmod 600 \(path)"
                : "there is no file \(path), nor a credential \(text) of systemd's; put the secret there (chmod 600), or check with CREDENTIALS_DIRECTORY=FOLDER where systemd hands it over"
            file.error(what, at: field)
        } catch .unreadable(let path, let failure) {
            if looksAround { file.error("\(path) \(failure)", at: field) }
        } catch {
            file.error(error.description, at: field)
        }
        return secret
    }

    /// A secret's file, if one is named.
    mutating func optionalSecret(_ field: Field) -> SecretFile? {
        field.isMissing ? nil : secret(field)
    }
}
