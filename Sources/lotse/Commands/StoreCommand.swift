import ArgumentParser
import Facilitation

/// A subcommand that works with the store of a folder, so that an error can name it.
protocol StoreCommand {
    var store: StoreOptions { get }
}

extension StoreCommand {
    /// The store, where the error is the store's and does not name it.
    func object(of error: any Error) -> String? {
        guard let error = error as? StoreError, !"\(error)".contains(store.folder) else { return nil }
        return store.path
    }
}

extension SessionsCommand: StoreCommand {}
extension ShowCommand: StoreCommand {}
extension ExportCommand: StoreCommand {}
extension EraseCommand: StoreCommand {}
extension CaptureCommand: StoreCommand {}
extension RunCommand: StoreCommand {}
