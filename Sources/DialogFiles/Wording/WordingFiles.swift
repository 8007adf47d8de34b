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
    ///
    /// The other good files of their folders are not looked at, but what people are told to type may need them: `!sprache en`
    /// in `de.yaml` is a command because there is `en.yaml`.
    public static func check(_ paths: [String]) -> Checked<[Phrasebook]> {
        let files = paths.map { URL(filePath: $0).standardizedFileURL.path }
        let folders = Set(files.map { URL(filePath: $0).deletingLastPathComponent().path })
        let others = folders.sorted().flatMap(self.files).filter { !files.contains($0) }
        return checked(paths, tryingCommands: true, beside: others.compactMap { phrasebook(at: $0) })
    }

    /// The language of a file that is good.
    private static func phrasebook(at path: String) -> Phrasebook? {
        guard let bytes = try? SourceFile.yaml(at: path) else { return nil }
        var reader = WordingReader(SourceText(bytes, file: path))
        let phrasebook = reader.phrasebook()
        return reader.file.problems.isEmpty ? phrasebook : nil
    }

    /// The paths of the wording files in a folder, in sequence.
    private static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        return names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted().map { base + $0 }
    }

    private static func checked(_ folder: String, tryingCommands: Bool) -> Checked<[Phrasebook]> {
        let files = files(in: folder)
        guard !files.isEmpty else {
            let what = "is no folder with wording files (*.yaml) that can be read"
            return Checked(nil, problems: [Problem(.error, file: folder, what: what, isUnreadable: true)])
        }
        return checked(files, tryingCommands: tryingCommands)
    }

    private static func checked(
        _ paths: [String], tryingCommands: Bool, beside neighbours: [Phrasebook] = []
    ) -> Checked<[Phrasebook]> {
        var problems: [Problem] = []
        var sources: [SourceText] = []
        for path in paths {
            do {
                sources.append(SourceText(try SourceFile.yaml(at: path), file: path))
            } catch {
                problems += error.problems
            }
        }
        let checked = check(sources, tryingCommands: tryingCommands, beside: neighbours)
        return Checked(checked.value, problems: problems + checked.problems)
    }

    static func check(
        _ sources: [SourceText], tryingCommands: Bool = true, beside neighbours: [Phrasebook] = []
    ) -> Checked<[Phrasebook]> {
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
            // A file may stand for one of its folder, such as the next version of it.
            let languages = Set(phrasebooks.map(\.language))
            checkCommands(&files, beside: neighbours.filter { !languages.contains($0.language) })
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
