import DialogEngine
public import Wording

/// The wording of one language in a YAML file.
public enum WordingFile {
    /// The wording in the file at `path`; throws every problem of a file that is not good.
    public static func read(_ path: String) throws(FileProblems) -> Phrasebook {
        try check(path).get()
    }

    /// The wording in the file at `path`, if it is good, and every problem.
    public static func check(_ path: String) -> Checked<Phrasebook> {
        do {
            return check(try SourceFile.yaml(at: path), file: path)
        } catch {
            return Checked(nil, problems: error.problems)
        }
    }

    /// The wording in `bytes`; `file` names them in problems, and has to be called like the language.
    public static func check(_ bytes: [UInt8], file: String) -> Checked<Phrasebook> {
        var reader = WordingReader(SourceText(bytes, file: file))
        let phrasebook = reader.phrasebook()
        return Checked(phrasebook, problems: reader.file.sortedProblems)
    }
}
