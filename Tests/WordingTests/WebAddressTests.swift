import Testing

@testable import Wording

@Suite("Addresses in a text")
struct WebAddressTests {
    private static let address = "https://c.example/a_b?x=1&y=2"

    @Test(
        "An address is found whatever stands around it",
        arguments: [
            ("", ""), ("Plan: ", ""), ("(", ")"), ("»", "«"), ("\"", "\""), ("Plan:", "."), ("„", "“, und"), ("*", "*"),
            ("<", ">"), ("[x](", ")"), ("Siehe (", ")."), ("a ", "!?"), ("|", " |"), ("_", "_ b"), ("`", "`"),
        ])
    func found(before: String, behind: String) {
        let addresses = WebAddress.pieces(of: before + Self.address + behind).filter(\.isAddress).map {
            String($0.text)
        }
        #expect(addresses == [Self.address])
    }

    @Test(
        "What belongs to it and what does not",
        arguments: [
            ("www.c.example/a_b", ["www.c.example/a_b"]), ("HTTP://C.example/a_b", ["HTTP://C.example/a_b"]),
            ("https://c.example/a_(b)", ["https://c.example/a_(b)"]), ("xhttps://c.example/a_b", []), ("https://", []),
            ("www.", []), ("http_x", []), ("https://a.de/_https://b.de/_", ["https://a.de/_https://b.de/"]), ("", []),
            ("https://c.example/ä_ö", ["https://c.example/ä_ö"]),
        ])
    func pieces(text: String, addresses: [String]) {
        let pieces = WebAddress.pieces(of: text)
        #expect(pieces.filter(\.isAddress).map { String($0.text) } == addresses)
        #expect(pieces.map(\.text).joined() == text)
    }

    @Test("What would end a table or format a line is encoded in an address")
    func encodes() {
        let escaped = WebAddress.escaping("a_b https://c.example/a*b|c[d]~ e_f") {
            String($0).replacing("_", with: "\\_")
        }
        #expect(escaped == "a\\_b https://c.example/a%2Ab%7Cc%5Bd%5D~ e\\_f")
    }
}
