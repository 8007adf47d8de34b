import DialogEngine
import FoundationEssentials
import Testing
import Wording

@testable import DialogFiles

@Suite("Files that cannot be read")
struct SourceFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lotse-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("A missing file, a folder and a file of more than one MiB are named as such")
    func unreadable() throws {
        try withFolder { folder in
            let large = "\(folder)/gross.yaml"
            try Data(repeating: 0x20, count: 1 << 20 + 1).write(to: URL(filePath: large))
            let expected = [
                ("\(folder)/fehlt.yaml", "no such file"), (folder, "is a folder, not a file"),
                (large, "is larger than 1048576 bytes"), ("/dev/null", "is no regular file"),
            ]
            for (path, what) in expected {
                let checked = DialogFile.check(path)
                #expect(checked.problems.map(\.description) == ["\(path): error: \(what)"])
                #expect(checked.problems.map(\.isUnreadable) == [true])
            }
        }
    }

    @Test("A file of exactly one MiB is read")
    func limit() throws {
        try withFolder { folder in
            let path = "\(folder)/voll.yaml"
            try Data(repeating: 0x20, count: 1 << 20).write(to: URL(filePath: path))
            #expect(DialogFile.check(path).problems.map(\.what) == ["is empty"])
        }
    }

    @Test("A folder without wording is a problem")
    func emptyFolder() throws {
        try withFolder { folder in
            let checked = WordingFiles.check(folder: folder)
            #expect(checked.problems.map(\.what) == ["is no folder with wording files (*.yaml) that can be read"])
            #expect(checked.value == nil)
        }
    }

    @Test("A folder of wording is read in the order of the languages, and other files are left alone")
    func wordingFolder() throws {
        try withFolder { folder in
            for language in ["en", "de"] {
                try Data(WordingSample.text(language).utf8).write(to: URL(filePath: "\(folder)/\(language).yaml"))
            }
            try Data("x".utf8).write(to: URL(filePath: "\(folder)/notes.txt"))
            #expect(try WordingFiles.read(folder: folder).map(\.language.rawValue) == ["de", "en"])
        }
    }
}
