public import DialogEngine
import Crypto

/// A guide in a YAML file.
public enum DialogFile {
    /// The guide in the file at `path`; throws every problem of a file that is not good.
    public static func read(_ path: String) throws(FileProblems) -> Dialog {
        try check(path).get()
    }

    /// The guide in the file at `path`, if it is good, and every problem.
    public static func check(_ path: String) -> Checked<Dialog> {
        do {
            return check(try SourceFile.yaml(at: path), file: path)
        } catch {
            return Checked(nil, problems: error.problems)
        }
    }

    /// The guide in `bytes`; `file` names them in problems, and the guide has to be called like it.
    public static func check(_ bytes: [UInt8], file: String) -> Checked<Dialog> {
        let hash = SHA256.hash(data: bytes).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
        var reader = DialogReader(SourceText(bytes, file: file), contentHash: hash.joined())
        let dialog = reader.dialog()
        return Checked(dialog, problems: reader.file.sortedProblems)
    }
}
