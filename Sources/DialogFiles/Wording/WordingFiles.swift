import DialogEngine
import FoundationEssentials
public import Wording

/// The wording of all languages: a folder with one YAML file each.
public enum WordingFiles {
    /// Every language of a folder, in the order of their tags; throws every problem of all files if one is not good.
    ///
    /// What people are told to type is not tried here, as it is in ``check(folder:)``: that takes longer than a start may.
    public static func read(folder: String) throws(FileProblems) -> [Phrasebook] {
        try checked(folder, tryingCommands: false).get()
    }

    /// Every language of a folder, if all are good, and every problem.
    public static func check(folder: String) -> Checked<[Phrasebook]> {
        checked(folder, tryingCommands: true)
    }

    /// The languages of several files, also compared with each other: verbs of every language work all the time.
    public static func check(_ paths: [String]) -> Checked<[Phrasebook]> {
        checked(paths, tryingCommands: true)
    }

    private static func checked(_ folder: String, tryingCommands: Bool) -> Checked<[Phrasebook]> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        guard !files.isEmpty else {
            let what = "is no folder with wording files (*.yaml) that can be read"
            return Checked(nil, problems: [Problem(.error, file: folder, what: what, isUnreadable: true)])
        }
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        return checked(files.map { base + $0 }, tryingCommands: tryingCommands)
    }

    private static func checked(_ paths: [String], tryingCommands: Bool) -> Checked<[Phrasebook]> {
        var problems: [Problem] = []
        var sources: [SourceText] = []
        for path in paths {
            do {
                sources.append(SourceText(try SourceFile.yaml(at: path), file: path))
            } catch {
                problems += error.problems
            }
        }
        let checked = check(sources, tryingCommands: tryingCommands)
        return Checked(checked.value, problems: problems + checked.problems)
    }

    static func check(_ sources: [SourceText], tryingCommands: Bool = true) -> Checked<[Phrasebook]> {
        var phrasebooks: [Phrasebook] = []
        var readers: [WordingReader] = []
        for source in sources {
            var reader = WordingReader(source)
            if let phrasebook = reader.phrasebook() { phrasebooks.append(phrasebook) }
            for earlier in readers { reader.compare(with: earlier) }
            readers.append(reader)
        }
        let areGood = phrasebooks.count == readers.count && readers.allSatisfy { $0.file.problems.isEmpty }
        if tryingCommands, areGood {
            var files = zip(readers, phrasebooks).map { (reader: $0, phrasebook: $1) }
            checkCommands(&files)
            readers = files.map(\.reader)
        }
        return Checked(
            phrasebooks.sorted { $0.language < $1.language }, problems: readers.flatMap(\.file.sortedProblems))
    }
}

extension WordingReader {
    /// Reports what means something else in the file that was read before.
    fileprivate mutating func compare(with earlier: WordingReader) {
        let other = earlier.file.source.file
        if let language, language.tag == earlier.language?.tag {
            return file.error("\(language.tag.rawValue) is the language of \(other) already", at: language.field)
        }
        for (name, field) in names where earlier.names.contains(where: { $0.name == name }) {
            file.error("chooses the language of \(other) already", at: field)
        }
        for call in calls {
            guard let clash = earlier.calls.first(where: { $0.key == call.key && $0.verb != call.verb }) else {
                continue
            }
            let place = "\(other):\(clash.field.position.line)"
            file.error("\"\(call.word)\" means \(clash.verb.rawValue) in \(place); choose another word", at: call.field)
        }
    }
}
