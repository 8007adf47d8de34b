import DialogEngine
import Foundation

/// Why a subcommand cannot do what it was asked for: a sentence that says what to do.
struct CommandError: Error, CustomStringConvertible {
    let description: String
    let status: ExitReason

    init(_ description: String, _ status: ExitReason = .refused) {
        self.description = description
        self.status = status
    }
}

extension Dialog {
    /// The language that an option names, else the guide's first one.
    func language(named name: String?) throws -> Language {
        guard let name else { return languages[0] }
        let language = Language(rawValue: name)
        guard languages.contains(language) else {
            let known = languages.map(\.rawValue).joined(separator: ", ")
            throw CommandError("the guide has no language \(name); it has: \(known)")
        }
        return language
    }
}

extension Data {
    /// Writes the whole file or nothing, with an error that names the file and the reason.
    func write(toFile path: String) throws {
        do {
            try write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError(
                "cannot write \(path); name a file in a folder that is there and that you may write to",
                .cannotMake)
        }
    }
}
