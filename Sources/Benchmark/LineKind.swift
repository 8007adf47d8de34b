import DialogEngine

/// A kind of line, what the group has before it, and how it is said for the so-manieth time.
struct LineKind: Sendable {
    let name: String
    /// How many of which sort there are in the session.
    var having: (count: Int, sort: PreparedConversation.Sort) = (5, .contributions)
    /// What is said before it is measured.
    var opening: [String] = []
    let line: @Sendable (Int) -> String

    static let all: [LineKind] = [
        LineKind(name: "talk") { "na ja, das haben wir \(PreparedConversation.name($0)) auch schon gesagt" },
        LineKind(name: "contribution") { "+ " + PreparedConversation.sentence(1000 + $0) },
        LineKind(name: "contribution in a lively question", having: (60, .contributions)) {
            "+ " + PreparedConversation.sentence(1000 + $0)
        },
        LineKind(name: "organisation", having: (60, .organisations)) {
            "+partner Verein \(PreparedConversation.name(1000 + $0))"
        },
        LineKind(
            name: "who brings a resource", opening: ["+ressourcen Platz; Geld: 5000 Euro", "!gehe ressourcengeber"]
        ) {
            "+ Verein \(PreparedConversation.name(1000 + $0))"
        },
        LineKind(name: "open point") { "? Wer fragt bei \(PreparedConversation.name($0)) nach?" },
        LineKind(name: "proposal") { "= " + PreparedConversation.sentence(1000 + $0) },
        LineKind(name: "consent", opening: ["= " + PreparedConversation.sentence(999)]) { _ in "!ok" },
        LineKind(name: "!stand") { _ in "!stand" },
        LineKind(name: "!hilfe") { _ in "!hilfe" },
        LineKind(name: "unknown verb") { _ in "!xyzzy" },
        LineKind(name: "!org?", having: (60, .organisations)) { _ in "!org?" },
    ]

    /// A contribution to the present question in a session with so many of a sort; an organisation among organisations.
    static func growing(_ count: Int, _ sort: PreparedConversation.Sort) -> LineKind {
        LineKind(name: "\(count) \(sort.rawValue)", having: (count, sort)) {
            sort == .organisations
                ? "+partner Verein \(PreparedConversation.name(7000 + $0))"
                : "+ " + PreparedConversation.sentence(7000 + $0)
        }
    }

    /// A group that is ready for the first of the lines.
    func workbench(_ files: ShippedFiles, in folder: String) async throws -> Workbench {
        var bench = try await Workbench(
            PreparedConversation(files.guide, having: having.count, of: having.sort), by: files.interpreter, in: folder)
        await bench.say(opening)
        return bench
    }
}
