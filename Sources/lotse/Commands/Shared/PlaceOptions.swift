import ArgumentParser
import Foundation

/// Which Lotse is meant; the same options for all subcommands.
struct PlaceOptions: ParsableArguments {
    @OptionGroup var store: StoreOptions

    @Option(
        name: .long,
        help: "The configuration file of `lotse serve`, which says where the state is; a Lotse that runs knows its own."
    )
    var config: String?

    /// The Lotse that is meant, running or not.
    func lotse(dialogs: DialogOptions? = nil) throws -> AnyLotse {
        AnyLotse(place: try place(), dialogs: dialogs?.dialogs)
    }

    func place() throws -> Place {
        try Place(
            state: store.state, configuration: config, environment: ProcessInfo.processInfo.environment)
    }
}

/// The folder of the state alone.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            The folder with the sessions and everything else that is kept. It wins over the configuration; without both it \
            is $STATE_DIRECTORY, as systemd says it, /var/lib/lotse where that is and you may write to it, \
            $XDG_STATE_HOME/lotse, or ~/.local/state/lotse.
            """)
    var state: String?

    func validate() throws {
        var isFolder = false
        guard let state, FileManager.default.fileExists(atPath: state, isDirectory: &isFolder), !isFolder else {
            return
        }
        throw ValidationError("--state \(state) is a file; name the folder that lotse.sqlite lies in.")
    }
}
