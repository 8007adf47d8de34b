import DialogEngine

/// A kind of line, what the group has before it, and how it is said for the so-manieth time.
struct LineKind: Sendable {
    let name: String
    /// How many of which sort there are in the session.
    var having: (count: Int, sort: PreparedConversation.Sort) = (5, .contributions)
    let line: @Sendable (Int) -> String

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
        try await Workbench(
            PreparedConversation(files.guide, having: having.count, of: having.sort), by: files.interpreter, in: folder)
    }
}
