import ArgumentParser
import Facilitation
import Foundation

/// A subcommand that works with the store of a folder, so that an error can name it.
protocol StoreCommand {
    func stateFolder() throws -> String
}

extension StoreCommand {
    /// The store, where the error is the store's and does not name it.
    func object(of error: any Error) -> String? {
        guard let error = error as? StoreError, let folder = try? stateFolder(), !"\(error)".contains(folder) else {
            return nil
        }
        return Place.store(in: folder)
    }
}

/// One whose options say which Lotse is meant.
protocol PlacedCommand: StoreCommand {
    var place: PlaceOptions { get }
}

extension PlacedCommand {
    func stateFolder() throws -> String { try place.place().state }
}

extension SessionsCommand: PlacedCommand {}
extension ShowCommand: PlacedCommand {}
extension ExportCommand: PlacedCommand {}
extension EraseCommand: PlacedCommand {}
extension CaptureCommand: PlacedCommand {}
extension BackupCommand: PlacedCommand {}
extension RestoreCommand: PlacedCommand {}
extension RunCommand: StoreCommand {
    func stateFolder() throws -> String {
        try Place(state: store.state, configuration: nil, environment: ProcessInfo.processInfo.environment).state
    }
}
