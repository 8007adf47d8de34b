import DialogEngine
import DialogFiles
import Wording

/// What a check of several files found out.
struct FileCheck: Sendable {
    /// In the order of the files; those of wording files come last, as these are read together.
    private(set) var problems: [Problem] = []
    /// One line for each good file.
    private(set) var summaries: [String] = []

    /// 0 for good files, 1 for errors, 2 where a file could not be read.
    var exitCode: Int32 {
        if problems.contains(where: \.isUnreadable) { return 2 }
        return problems.contains { $0.severity == .error } ? 1 : 0
    }

    init(_ files: [String], environment: [String: String]) {
        var wording: [String] = []
        for file in files {
            do {
                let bytes = try SourceFile.yaml(at: file)
                switch FileKind(bytes, file: file) {
                case .dialog: add(DialogFile.check(bytes, file: file)) { $0.summary(of: file) }
                case .other:
                    add(Configuration.check(bytes, file: file, environment: environment, looksAround: true)) {
                        $0.summary(of: file)
                    }
                case .wording: wording.append(file)
                }
            } catch {
                problems += error.problems
            }
        }
        addWording(wording)
    }

    private mutating func add<Value>(_ checked: Checked<Value>, summary: (Value) -> String) {
        problems += checked.problems
        if let value = checked.value { summaries.append(summary(value)) }
    }

    /// Wording files have to be compared with each other, so one bad file does not make the others good.
    private mutating func addWording(_ files: [String]) {
        guard !files.isEmpty else { return }
        let checked = WordingFiles.check(files)
        problems += checked.problems
        for file in files where !checked.problems.contains(where: { $0.file == file && $0.severity == .error }) {
            if let phrasebook = WordingFile.check(file).value { summaries.append(phrasebook.summary(of: file)) }
        }
    }
}

extension Dialog {
    fileprivate func summary(of file: String) -> String {
        let name = languages.first.map { title[$0] } ?? id
        let tags = languages.map(\.rawValue).joined(separator: ", ")
        return "\(file): guide »\(name)«, \(steps.count) steps, \(questions.count) questions, languages \(tags)"
    }
}

extension Phrasebook {
    fileprivate func summary(of file: String) -> String {
        "\(file): wording »\(name)« (\(language.rawValue)), \(verbs.count) verbs, \(phrases.count) phrases"
    }
}

extension Configuration {
    fileprivate func summary(of file: String) -> String {
        let listening = listener.map { "listener \($0.address):\($0.port)" } ?? "no listener"
        let names = networks.isEmpty ? "no networks" : "networks " + networks.map(\.name).joined(separator: ", ")
        let chatNames = chats.isEmpty ? "" : ", chats " + chats.map(\.name).joined(separator: ", ")
        let partnerNames = partners.isEmpty ? "" : ", partners " + partners.map(\.name).joined(separator: ", ")
        let groupNames = groups.isEmpty ? "no groups" : "groups " + groups.map(\.name).joined(separator: ", ")
        return "\(file): configuration, \(listening), \(names)\(chatNames), \(groupNames)\(partnerNames)"
    }
}
