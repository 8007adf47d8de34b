import ArgumentParser
import DialogEngine
import DialogFiles
import Foundation
import Wording

/// Where Lotse finds the files that it brings along.
enum Places {
    /// The folder with guides and wording: in the current folder, beside the program, or where packages install it.
    static func dialogs() throws -> String {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let real = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? program.path
        var folder = URL(fileURLWithPath: real).deletingLastPathComponent()
        var candidates = [FileManager.default.currentDirectoryPath + "/Dialogs"]
        // The build folder lies three or four levels below the package.
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("Dialogs").path)
            folder.deleteLastPathComponent()
        }
        candidates += ["/usr/local/share/lotse/Dialogs", "/usr/share/lotse/Dialogs"]
        let found = candidates.first { FileManager.default.fileExists(atPath: $0 + "/wording") }
        guard let found else {
            throw CommandError(
                "the folder Dialogs with the guides and the wording was not found; name it with --dialogs FOLDER")
        }
        return found
    }

    /// The file of a guide that is there, or an error that names those which are.
    static func existingGuide(_ name: String, in dialogs: String) throws -> String {
        let path = guide(name, in: dialogs)
        guard path != name, !FileManager.default.fileExists(atPath: path) else { return path }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: dialogs)) ?? []
        let known = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
        throw CommandError("there is no guide \(name) in \(dialogs)\(suggestion(for: name, in: known))")
    }

    /// The file of a guide that is named by its path or by its name alone.
    static func guide(_ name: String, in dialogs: String) -> String {
        name.contains("/") || name.hasSuffix(".yaml") ? name : "\(dialogs)/\(name).yaml"
    }
}

/// Where guides and wording are.
struct DialogOptions: ParsableArguments {
    @Option(name: .long, help: "The folder with the guides and the wording; else that which Lotse brings along.")
    var dialogs: String?

    func validate() throws {
        guard let dialogs, !FileManager.default.fileExists(atPath: dialogs + "/wording") else { return }
        throw ValidationError("--dialogs \(dialogs) has no folder wording; name the folder with the guides and it.")
    }

    func folder() throws -> String {
        try dialogs ?? Places.dialogs()
    }
    /// The wording in `language`, or an error that names those which there are.
    func phrasebook(_ language: Language) throws -> Phrasebook {
        let phrasebooks = try WordingFiles.read(folder: "\(try folder())/wording")
        guard let phrasebook = phrasebooks.first(where: { $0.language == language }) else {
            let known = phrasebooks.map(\.language.rawValue).joined(separator: ", ")
            throw CommandError("there is no wording in \(language.rawValue); there is: \(known)")
        }
        return phrasebook
    }
}
