import Foundation

/// Which folder is meant where neither an option nor a configuration names one.
enum StateFolder {
    /// Where the systemd unit that Lotse brings along keeps everything.
    static let ofService = "/var/lib/lotse"
    /// The configuration of that service.
    static let configurationOfService = "/etc/lotse/lotse.yaml"

    /// The folder that the environment names; nil where it names none.
    ///
    /// What systemd gives the service ($STATE_DIRECTORY), else the service's folder where there is one that may be entered,
    /// else the state folder of the XDG Base Directory Specification.
    static func usual(_ environment: [String: String], service: String = Self.ofService) -> String? {
        if let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first { return String(folder) }
        if isService(service) { return service }
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") { return "\(folder)/lotse" }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.local/state/lotse" }
    }

    /// Whether there is the folder of a service, and it is one's own or one is root.
    private static func isService(_ folder: String) -> Bool {
        access("\(folder)/.", W_OK | X_OK) == 0
    }
}
