import DialogEngine
import Testing

@testable import Outcome

@Suite("The organisations as CSV")
struct CSVOrganisationsTests {
    @Test("An organisation that is named at several questions is one row with all of it")
    func rows() throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + Bank; Depot", "anna: !goto holders",
            "anna: + Money: Bank; Van: Depot, Bank",
            "anna: !goto tasks", "anna: + Bank: Finance: a grant; bank: Technology: a meter", "anna: !goto benefits",
            "anna: + Bank: a good name")
        let text = try session.document(.csv).text
        #expect(
            text == "\u{FEFF}"
                + #""No.","Name","Positions","Resources","Task: Kind","Task","Benefit""# + "\r\n"
                + #""O1","Bank","works with us | can bring something","Money | Van","Finance | Technology","#
                + #""a grant | a meter","a good name""# + "\r\n"
                + #""O2","Depot","works with us | can bring something","Van","","","""# + "\r\n")
    }

    @Test("What was said about an organisation without being asked for is there too")
    func unaskedDetails() throws {
        let session = try Played.session("anna: !goto supporters", "anna: + Church: a room; Bank")
        let rows = try session.document(.csv).text.split(separator: "\r\n")
        #expect(rows[0].contains(#""Positions","Supporters","#))
        #expect(rows[1].hasPrefix(#""O1","Church","supports us","a room","#))
        #expect(rows[2].hasPrefix(#""O2","Bank","supports us","","#))
    }

    @Test("The group also sees who might be against it, and why")
    func concerns() throws {
        let session = try Played.session("anna: !goto concerns", "anna: + Shops: fewer customers")
        #expect(try !session.document(.csv).text.contains("Shops"))
        #expect(
            try session.document(.csv, audience: .group).text.contains(
                #""Shops","may have concerns","fewer customers""#))
    }

    @Test(
        "No spreadsheet calculates what somebody typed",
        arguments: ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "＝1+1", "\u{200B}=1"])
    func formulas(name: String) throws {
        let session = try Played.session("anna: !goto partners", "anna: + x\(name); \(name)")
        let text = try session.document(.csv).text
        #expect(text.contains("\"x\(name)\"") || name.hasPrefix(" ") || name.hasPrefix("\u{200B}"))
        #expect(text.contains("\"'\(name.trimmed)\"") || text.contains("\"'\(name)\""))
    }

    @Test("Where the comma parts decimals, the semicolon parts columns")
    func separator() throws {
        #expect(try Played.transcript("full").document(.csv).text.hasPrefix("\u{FEFF}\"Nr.\";\"Name\";"))
    }

    @Test("Quotes and separators stay inside their field")
    func quotes() throws {
        let session = try Played.session("anna: !goto concerns", "anna: + The \"Shops\": \"less\", they say")
        let text = try session.document(.csv, audience: .group).text
        #expect(text.contains(#""The ""Shops""","may have concerns","""less"", they say""#))
    }
}
