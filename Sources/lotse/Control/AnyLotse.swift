import ArgumentParser
import Facilitation
import Foundation
import Logging
import SQLiteStore
import Wording

/// The Lotse of a folder, running or not: what is asked of it is done in the running one, else with what its folder holds.
struct AnyLotse: Sendable {
    let place: Place
    /// The folder with guides and wording that an option names, for where none runs.
    var dialogs: String?

    /// Asks, prints what came of it, and ends the command with its exit code.
    func ask(_ operation: some Operation) async throws {
        try Self.show(try await answer(to: operation))
    }

    static func show(_ answer: Answer) throws {
        if !answer.text.isEmpty { print(answer.text, terminator: answer.text.hasSuffix("\n") ? "" : "\n") }
        if !answer.note.isEmpty { FileHandle.standardError.write(Data("\(answer.note)\n".utf8)) }
        if answer.code != 0 { throw ExitCode(answer.code) }
    }

    func answer(to operation: some Operation) async throws -> Answer {
        do {
            return try await ControlClient(folder: place.state).ask(operation) { text in
                FileHandle.standardError.write(Data("\(text)\n".utf8))
            }
        } catch ControlError.nobody {
            return try await answerAlone(operation)
        }
    }

    /// Where none runs. The service's user keeps her files, whoever asks.
    private func answerAlone<Wanted: Operation>(_ operation: Wanted) async throws -> Answer {
        let state = place.state
        if Wanted.need == .running {
            throw CommandError(
                "no Lotse runs in \(state), so this would come to nothing; start it, or name its folder with --state")
        }
        let store = Place.store(in: state)
        if Wanted.need == .files, place.isGuessed, !FileManager.default.fileExists(atPath: store) {
            throw CommandError(
                "no Lotse ever ran in \(state); name the folder of the one that is meant with --state", .noInput)
        }
        let owner = FolderOwner(of: state)
        defer { owner?.giveAll() }
        switch Wanted.need {
        case .running, .files: return try await operation.perform(by: steward(store: nil))
        case .reading: return try await operation.perform(by: steward(store: reading(store)))
        case .writing:
            guard FileManager.default.fileExists(atPath: store) else { throw StoreError.missing(path: store) }
            let writing = try SQLiteStore(at: store, logger: Logger(label: "lotse"))
            do {
                let answer = try await operation.perform(by: steward(store: writing))
                await writing.close()
                return answer
            } catch {
                await writing.close()
                throw error
            }
        }
    }

    /// Nil where there is none: what is asked for may be wrong in another way, and that is said first.
    private func reading(_ path: String) throws(StoreError) -> SQLiteStore? {
        do {
            return try SQLiteStore(readingFrom: path)
        } catch .missing {
            return nil
        } catch {
            throw error
        }
    }

    private func steward(store: SQLiteStore?) throws -> Steward {
        let settings = try place.settings()
        return Steward(
            state: place.state, store: store, desk: store.map { StoreDesk($0) },
            means: { Steward.Means(interpreter: { try interpreter(settings) }, settings: settings) })
    }

    private func interpreter(_ settings: Configuration?) throws -> Interpreter {
        let folder = try dialogs ?? settings?.dialogs ?? Places.dialogs()
        let wording = dialogs == nil ? settings?.wording : nil
        return try Wiring.interpreter(
            folder: wording ?? "\(folder)/wording", settings?.timeZone ?? .current, operatorName: settings?.operatorName
        )
    }
}
