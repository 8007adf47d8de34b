import DialogEngine
import Testing

/// What somebody reads before anything else has to be true for the way in which she wrote.
@Suite("First words", .timeLimit(.minutes(5)))
struct FirstWordsTests {
    /// How lines are taken in the group.
    enum Manner: CaseIterable {
        case talk, collecting, silent

        var line: String {
            switch self {
            case .talk: "!gespräch"
            case .collecting: "!sammeln"
            case .silent: "!still 5"
            }
        }
    }

    private static let lines = ["+ Bäume", "? Wem gehört das Wasser", "lotse hilfe", "Guten Tag zusammen"]

    /// Everywhere where somebody can write who was never heard before; whoever sends a direct message was in a room.
    private static let ways = ChatStage.Way.allCases.filter { $0 != .direct }

    @Test("Each way of writing, with each first line", arguments: ways, Manner.allCases)
    func areTrue(_ way: ChatStage.Way, _ manner: Manner) async throws {
        // Where everybody reads everything there is no silence.
        if manner == .silent, way == .integration { return }
        for line in Self.lines {
            let stage = ChatStage(way, after: [("eins", ["!start Eins", manner.line])])
            let heard = try await stage.play(line, by: "berta", until: "Willkommen")
            let session = try #require(heard.session)
            let isKept = session.contributions.count + session.openPoints.count == 1
            let hers = heard.privately + heard.publicly
            let isPlain = line.hasPrefix("Guten Tag")
            #expect(
                isKept
                    == (line.hasPrefix("+") || line.hasPrefix("?")
                        || isPlain && (way.isPrivate || manner == .collecting)))
            // What she is told of the window that she reads it in.
            let toHer = way.isPrivate ? heard.privately : hers
            // In one line where the whole room reads it.
            let notice = way.isPrivate || way.reachesOne ? "Ich speichere" : "Gespeichert wird mit Namen bis"
            #expect(toHer.contains("Willkommen") && toHer.contains(notice), "\(line)")
            if isPlain, isKept { #expect(!toHer.contains("alles andere bleibt Gespräch"), "a promise that was broken") }
            if !way.isPrivate {
                #expect(!hers.contains("unter uns, zählt jede Zeile"), "a window that nobody hears")
                #expect(!hers.contains("Ihren Beitrag hier"), "not so that nobody sees it")
            } else if manner != .collecting {
                #expect(toHer.contains("unter uns, zählt jede Zeile"))
            }
            if isKept, manner == .silent, session.contributions.count == 1 {
                #expect(
                    session.contributions[0].isHidden && toHer.contains(way.isPrivate ? "nach !aufdecken" : "lesen"))
            }
        }
    }
}
