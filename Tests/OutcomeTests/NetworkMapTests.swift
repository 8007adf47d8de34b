import DialogEngine
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@testable import Outcome

@Suite("The map of the network")
struct NetworkMapTests {
    /// The chats whose maps and sheets are looked at.
    static let cases = ["starkregen-und-stadtbaeume", "dorfladen-und-rufbus", "naehrstoffe-aus-trockentoiletten"]

    @Test("It is well-formed, the same every time, and needs nothing from outside", arguments: cases)
    func wellFormed(name: String) throws {
        let session = try Played.chat(name)
        let text = try session.document(.svg).text
        #expect(XMLParser(data: Data(text.utf8)).parse())
        #expect(try session.document(.svg).text == text)
        #expect(text.components(separatedBy: "http").count == 2, "only the name space")
        for part in ["<script", "<image", "url(", "@import", "<style", "href"] { #expect(!text.contains(part)) }
    }

    @Test("Everything on it is in its description too", arguments: cases)
    func description(name: String) throws {
        let session = try Played.chat(name)
        let text = try session.document(.svg).text
        let description = try #require(text.firstMatch(of: /<desc[^>]*>([^<]*)<\/desc>/)).1
        #expect(text.contains("<title id=\"map-title\">Netzwerkkarte: \(session.name)</title>"))
        let shared = session.network { !$0.isInternal }
        #expect(shared.members.count > 10)
        for member in shared.members { #expect(description.contains(member.name), "\(member.name)") }
        if let mission = session.mission { #expect(description.contains(mission)) }
        // Each stands there once, with all of its positions.
        let lines = description.split(separator: "\n").filter { line in
            shared.members.contains { line.hasPrefix("\($0.name): ") }
        }
        #expect(lines.count == shared.members.count)
    }

    @Test("Every organisation has one card, with its positions in words", arguments: cases)
    func cards(name: String) throws {
        let session = try Played.chat(name)
        let text = try session.document(.svg, audience: .group).text
        #expect(text.components(separatedBy: "<g>").count - 1 == session.network.members.count)
        for position in ["arbeitet mit", "unterstützt", "fehlt noch", "hat vielleicht Bedenken"] {
            #expect(text.contains(">\(position)</text>"), "\(position)")
        }
    }

    @Test(
        "Who may be against it is on no map for others, nor in its text", arguments: [OutcomeFormat.svg, .dot, .html])
    func concerns(format: OutcomeFormat) throws {
        for name in Self.cases {
            let session = try Played.chat(name)
            let opponents = session.network.members(as: .opponent).map(\.name)
            let text = try session.document(format).text
            #expect(!opponents.isEmpty)
            for opponent in opponents { #expect(!text.contains(opponent), "\(opponent)") }
            #expect(!text.contains("Bedenken</text>"))
        }
    }

    @Test("Contacts show as a sign with words")
    func contacts() throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + Bank; Depot; School; Church",
            "anna: !contact O1 bernd by 9 Dec 2026", "anna: !contact O2 done", "anna: !contact O3 anna by 22 Nov 2026")
        let svg = try session.document(.svg).text
        #expect(svg.contains(">9 Dec bernd</text>") || svg.contains(">09 Dec bernd</text>"))
        #expect(svg.contains("Contact planned</text>") && svg.contains("Contact made</text>"))
        #expect(!svg.contains("Contact overdue</text>"))
        #expect(try !session.document(.svg, withNames: false).text.contains("bernd"))
    }

    @Test("It speaks of a mission as soon as one is agreed, and shows the whole of it")
    func mission() throws {
        let long = (1...60).map { "word\($0)" }.joined(separator: " ")
        let lines = ["anna: = \(long)", "anna: !goto partners", "anna: + Bank"]
        let open = try Played.session(lines).document(.svg).text
        #expect(!open.contains("MISSION") && !open.contains("Mission") && open.contains(">Trees</text>"))
        let agreed = try Played.session(lines + ["anna: !goto problem", "anna: !agree", "anna: !agree"]).document(.svg)
            .text
        let drawn = agreed.split(separator: "</desc>").last ?? ""
        #expect(drawn.contains(">MISSION</text>"))
        for word in long.split(separator: " ") { #expect(drawn.contains(word), "\(word)") }
        #expect(!drawn.contains("…"))
    }

    @Test("A title is smaller before it is cut, and goes on two lines before that")
    func title() throws {
        let long = "Regenwasser für die jungen Stadtbäume in der Schulstraße und am Markt von Musterow an der Musterach"
        let drawn = try Played.named(long).document(.svg).text.split(separator: "</desc>").last ?? ""
        #expect(!drawn.contains("…") && drawn.contains("Musterach</text>"))
    }

    @Test("Who is said to be missing and to take part is pointed out")
    func contradiction() throws {
        let session = try Played.session(
            "anna: !goto missing", "anna: + Bank; Depot", "anna: !goto holders", "anna: + Money: Bank")
        for format in [OutcomeFormat.svg, .markdown, .html] {
            #expect(
                try session.document(format).text.contains("Still missing and yet taking part (please check): Bank"))
        }
    }

    @Test("A map without organisations says so")
    func empty() throws {
        let text = try Played.session().document(.svg).text
        #expect(text.contains("No organisation has been named yet."))
        #expect(XMLParser(data: Data(text.utf8)).parse())
    }

    @Test("Hostile text stays text", arguments: [OutcomeFormat.svg, .html])
    func hostile(format: OutcomeFormat) throws {
        let evil = "<script>alert(1)</script>'\"&\u{1}]]>"
        let session = try Played.session(
            "anna: = \(evil)", "anna: !goto partners", "anna: + \(evil)", "anna: !goto tasks",
            "anna: + \(evil): Finance: \(evil)", "anna: !contact O1 \(evil) by 9 Dec 2026")
        let text = try session.document(format).text
        #expect(!text.contains("<script"))
        if format == .svg { #expect(XMLParser(data: Data(text.utf8)).parse()) }
    }

    @Test("The graph quotes what people typed")
    func graph() throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + The \"Bank\\\"", "anna: !org O1 sphere=economy")
        let text = try session.document(.dot).text
        #expect(text.contains(#"O1 [label="The \"Bank\\\""];"#))
        #expect(text.contains("label=\"Economy\"") && text.contains("mission -- O1"))
    }

    // MARK: The contact plan

    @Test("The contact plan is a table by date, with names or without")
    func contactPlan() throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + Bank; Depot",
            "anna: !contact O2 bernd by 9 Dec 2026 format=coffee every=4w with=Ms Zq request=a van",
            "anna: !contact O1 anna by 2 Dec 2026")
        let text = try session.document(.markdown).text
        #expect(text.contains("## Contact plan"))
        let bank = try #require(text.firstRange(of: "| O1 | Bank | anna |"))
        let depot = try #require(
            text.firstRange(
                of: "| O2 | Depot | bernd | Ms Zq | 9 Dec 2026 | a van | Coffee (informal) | every 4 weeks |"))
        #expect(bank.lowerBound < depot.lowerBound)
        #expect(try !session.document(.markdown, withNames: false).text.contains("Zq"))
    }

    @Test("The organisations' table has the contact plan and the sphere where they are known")
    func table() throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + Bank", "anna: !org O1 sphere=economy",
            "anna: !contact O1 bernd by 9 Dec 2026 request=Größe prüfen")
        let text = try session.document(.csv).text
        #expect(text.hasPrefix("\u{FEFF}\"No.\",\"Name\",\"Positions\",\"Sphere\""))
        #expect(text.contains("\"Economy\"") && text.contains("\"Größe prüfen\""))
    }

    @Test("A contact is an event that comes again by its rhythm")
    func calendar() throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + Bank; Depot", "anna: !contact O1 bernd by 9 Dec 2026 every=2w",
            "anna: !contact O2 bernd by 9 Dec 2026")
        let text = try session.document(.ics).text
        #expect(
            text.contains("DTSTART;VALUE=DATE:20261209\r\nDTEND;VALUE=DATE:20261210\r\nRRULE:FREQ=WEEKLY;INTERVAL=2"))
        #expect(text.components(separatedBy: "BEGIN:VEVENT").count == 3)
        #expect(text.components(separatedBy: "RRULE").count == 2)
    }

    @Test("The sheet has the map with the same in words, and the plan")
    func sheet() throws {
        let text = try Played.chat(Self.cases[0]).document(.html).text
        #expect(text.contains("<h2 id=\"network\">Netzwerkkarte</h2>\n<svg class=\"map\" aria-hidden=\"true\""))
        #expect(text.contains("<h2 id=\"contacts\">Kontaktplan</h2>"))
        #expect(text.components(separatedBy: "Die Fragen stammen von").count == 2)
    }
}
