import DialogEngine
import Testing

@testable import DialogFiles

@Suite("Problems of a guide's network")
struct NetworkProblemsTests {
    private static let network = """
        network:
          resources: first.needs
          positions:
            holder: first.partners
          spheres:
            - {id: economy, title: {de: Wirtschaft, en: Economy}}
          factors:
            - {id: means, title: {de: Mittel, en: Means}, questions: [first.needs], sphere: economy}

        """

    @Test("A network is read as it stands")
    func good() throws {
        let checked = DialogFile.check(Array((GuideSample.text + Self.network).utf8), file: "klein.yaml")
        #expect(checked.problems == [])
        let network = try #require(try checked.get().network)
        #expect(network.positions == [.holder: "first.partners"] && network.factors.map(\.sphere) == ["economy"])
        #expect(try DialogFile.check(Array(GuideSample.text.utf8), file: "klein.yaml").get().network == nil)
    }

    static let breakages: [Breakage] = [
        Breakage(
            "resources: first.needs", "resources: first.need",
            "resources: there is no question \"first.need\"; did you mean \"first.needs\"?"),
        Breakage(
            "resources: first.needs", "resources: first.partners",
            "resources: first.partners has the form organisations; this needs list"),
        Breakage(
            "holder: first.partners", "opponent: first.partners",
            "opponent: what is said about opponents stays in the group: first.partners needs internal: true"),
        Breakage(
            "  resources: first.needs\n", "",
            "holder: who can bring what is asked about the resources: first.partners needs resources beside it"),
        Breakage(
            "  spheres:", "  names:\n    addresses: [Herr, herr]\n  spheres:",
            "names.addresses[1]: \"herr\" is listed twice"),
        Breakage(
            "  spheres:", "  names:\n    links: [\"zu der\"]\n  spheres:", "names.links[0]: \"zu der\" is not one word"),
        Breakage(
            "holder: first.partners", "opponent: first.partners",
            "positions: what is said about opponents names no persons: beside it, network needs names with addresses"),
        Breakage("holder:", "holdr:", "holdr: unknown key; did you mean \"holder\"?"),
        Breakage("sphere: economy", "sphere: econom", "sphere: there is no \"econom\"; did you mean \"economy\"?"),
        Breakage("questions: [first.needs]", "questions: [first.x]", "questions[0]: there is no \"first.x\""),
    ]

    @Test("Each problem is named at its place", arguments: breakages)
    func problems(_ breakage: Breakage) throws {
        let text = GuideSample.text + Self.network.replacing(breakage.old, with: breakage.new)
        let headings = GuideSample.headings(text)
        let expected = try #require(breakage.problems.first)
        #expect(headings.contains { $0.contains(": error: network.") && $0.contains(expected) }, "\(headings)")
    }
}
