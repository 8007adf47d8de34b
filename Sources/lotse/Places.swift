import ArgumentParser
import Foundation

/// Where Lotse finds its files and keeps what it stores.
enum Places {
    /// The XDG state folder of the person who runs Lotse.
    static var stateFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/lotse" }
        return (environment["HOME"] ?? ".") + "/.local/state/lotse"
    }

    /// The folder with guides and wording: in the current folder, beside the program, or where packages install it.
    static func dialogs() throws -> String {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let real = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? program.path
        var folder = URL(fileURLWithPath: real).deletingLastPathComponent()
        var candidates = ["Dialogs"]
        // The build folder lies three or four levels below the package.
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("Dialogs").path)
            folder.deleteLastPathComponent()
        }
        candidates += ["/usr/local/share/lotse/Dialogs", "/usr/share/lotse/Dialogs"]
        let found = candidates.first { FileManager.default.fileExists(atPath: $0 + "/wording") }
        guard let found else {
            throw ValidationError(
                "The folder Dialogs with the guides and the wording was not found. Name it with --dialogs FOLDER.")
        }
        return found
    }

    /// The file of a guide that is named by its path or by its name alone.
    static func guide(_ name: String, in dialogs: String) -> String {
        name.contains("/") || name.hasSuffix(".yaml") ? name : "\(dialogs)/\(name).yaml"
    }
}

/// The options that several subcommands share.
struct StoreOptions: ParsableArguments {
    @Option(name: .long, help: "The folder with the sessions and what is exported.")
    var state: String?

    var folder: String { state ?? Places.stateFolder }
    var path: String { folder + "/lotse.sqlite" }

    /// The folder of the one-time codes in a state folder.
    static func codes(in state: String) -> String { state + "/codes" }
}

struct DialogOptions: ParsableArguments {
    @Option(name: .long, help: "The folder with the guides and the wording.")
    var dialogs: String?

    func folder() throws -> String {
        try dialogs ?? Places.dialogs()
    }
}
