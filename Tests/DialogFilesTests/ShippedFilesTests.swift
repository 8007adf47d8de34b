import DialogEngine
import FoundationEssentials
import Testing
import Wording

@testable import DialogFiles

/// The top folder of the sources.
private let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

private func yamlFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(top)/\(folder)")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(top)/\(folder)/\($0)" }
}

@Suite("The files that Lotse ships")
struct ShippedFilesTests {
    @Test("Every guide is good, without a warning", arguments: yamlFiles(in: "Dialogs"))
    func guides(path: String) throws {
        let checked = DialogFile.check(path)
        #expect(checked.problems.map(\.description) == [])
        #expect(checked.value != nil)
    }

    @Test("All wording is good, without a warning")
    func wording() throws {
        let checked = WordingFiles.check(folder: "\(top)/Dialogs/wording")
        #expect(checked.problems.map(\.description) == [])
        #expect(checked.value?.map(\.language.rawValue).contains("de") == true)
    }

    @Test("The guide for municipal networks has four steps, 17 questions and two orders")
    func municipalNetworks() throws {
        let dialog = try DialogFile.read("\(top)/Dialogs/kommunale-netzwerke.yaml")
        #expect(dialog.steps.map(\.id) == ["describe", "prepare", "proceed", "alliances"])
        #expect(dialog.questions.count == 17)
        #expect(dialog.orders.map(\.id) == ["sheet", "worksheet"])
        #expect(dialog.orders.allSatisfy { $0.questions.count == 17 })
        #expect(dialog.languages.map(\.rawValue) == ["de", "de-simple", "en"])
        #expect(dialog.questions.filter(\.isInternal).map(\.id) == ["alliances.opponents"])
        #expect(dialog.question("alliances.resource_holders")?.answer.about == "prepare.resources")
    }
}
