import FoundationEssentials

/// Where the paths of a configuration file lead.
struct ConfigurationPaths: Sendable {
    private let base: String
    private let environment: [String: String]

    init(file: String, environment: [String: String]) {
        self.environment = environment
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let isAbsolute = file.hasPrefix("/")
        let current = FileManager.default.currentDirectoryPath
        base = isAbsolute ? folder : folder.isEmpty ? current : "\(current)/\(folder)"
    }

    /// A relative path begins at the folder of the configuration file.
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? Self.tidy(path) : Self.tidy("\(base)/\(path)")
    }

    /// A relative name is a credential of systemd's if there is one, else a file beside the configuration.
    func secret(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = environment["CREDENTIALS_DIRECTORY"] else { return absolute(path) }
        let credential = "\(folder)/\(path)"
        return FileManager.default.fileExists(atPath: credential) ? credential : absolute(path)
    }

    /// Where the state is kept if the file does not say it.
    var defaultState: String? { StateFolder.usual(environment) }

    /// The path without `.` and `..`.
    private static func tidy(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
