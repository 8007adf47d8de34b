import ArgumentParser
import DialogFiles
import FoundationEssentials
import Testing

@testable import lotse

@Suite("lotse check")
struct FileCheckTests {
    private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func check(_ files: String...) -> FileCheck {
        FileCheck(files, environment: ["HOME": "/home/lotse"])
    }

    @Test("Each kind of file is recognised, and a good one gets a line")
    func summaries() {
        let top = Self.top
        let check = check(
            "\(top)/Dialogs/kommunale-netzwerke.yaml", "\(top)/Config/irc-network.yaml",
            "\(top)/Dialogs/wording/de.yaml")
        #expect(check.problems.map(\.description) == [])
        #expect(check.exitCode == 0)
        #expect(
            check.summaries.prefix(2) == [
                "\(top)/Dialogs/kommunale-netzwerke.yaml: guide »Leitfaden kommunale Netzwerke«, 4 steps, 17 questions, languages de, de-simple, en",
                "\(top)/Config/irc-network.yaml: configuration, no listener, networks libera, groups Stadtbäume",
            ])
        #expect(check.summaries.last?.hasPrefix("\(top)/Dialogs/wording/de.yaml: wording »Deutsch« (de), ") == true)
    }

    @Test("The exit code tells good from bad and bad from unreadable")
    func exitCodes() throws {
        let good = "\(Self.top)/Dialogs/retrospektive.yaml"
        let bad = FileManager.default.temporaryDirectory.appending(path: "lotse-\(UUID().uuidString).yaml").path
        try Data("dialog: x\n".utf8).write(to: URL(filePath: bad))
        defer { try? FileManager.default.removeItem(atPath: bad) }
        #expect(check(good).exitCode == 0)
        #expect(check(good, bad).exitCode == 1)
        #expect(check(good, bad, "/nowhere.yaml").exitCode == 2)
        #expect(check(good, bad).summaries.count == 1)
    }

    @Test("The help names the exit codes, and a call without files is wrong usage")
    func usage() {
        #expect(CheckCommand.helpMessage().contains("Exit codes: 0"))
        #expect(throws: (any Error).self) { try CheckCommand.parse([]) }
    }
}
