import Foundation
import SeededRandom
import Testing

@testable import DialogEngine

@Suite("Values as JSON")
struct JSONWriterTests {
    /// The same value, whatever sequence its keys have; and the bytes are as many, so that an erased event fits over the one
    /// that another version stored.
    private func check(_ value: some Encodable, _ place: Comment) throws {
        let (written, expected) = (try JSONWriter.text(value), try JSONEncoder().encode(value))
        #expect(written.utf8.count == expected.count, place)
        #expect(try sorted(Data(written.utf8)) == sorted(expected), place)
    }

    private func sorted(_ json: Data) throws -> Data {
        let value = try JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
        return try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
    }

    @Test(
        "Every event and output, the guides in events and whole sessions are written as JSONEncoder writes them",
        arguments: [1, 2, 3, .random(in: .min ... .max)] as [UInt64])
    func sameAsEncoder(_ seed: UInt64) throws {
        var inputs = RandomInputs(seed: seed)
        var play = Play.begun()
        var kinds: Set<String> = []
        for step in 0..<600 {
            play.guide = GuideVersions.all[step / 50 % GuideVersions.all.count]
            play.pass(inputs.pause())
            inputs.now = play.now
            let decision = play.take(inputs.input())
            for event in decision.events {
                kinds.insert(String("\(event.kind)".prefix { $0.isLetter }))
                try check(event.kind, "seed \(seed), \(event)")
                let again = try JSONDecoder().decode(Event.Kind.self, from: Data(JSONWriter.text(event.kind).utf8))
                #expect(again == event.kind)
            }
            try check(decision.outputs, "seed \(seed), \(decision.outputs)")
            if step % 300 == 299 { try check(play.session, "seed \(seed), the session") }
            if play.session.state == .ended { play = Play.begun() }
        }
        #expect(kinds.count > 30, "\(kinds.sorted())")
    }

    @Test(
        "Texts are escaped",
        arguments: ["", "\"Fläche\" / C:\\Büro", "a\tb\nc\rd\u{8}\u{C}\u{1}\u{1F}\u{7F}", "👩🏽‍🌾 \u{2028}\0"])
    func escapes(_ text: String) throws {
        try check([text], "\(text)")
        try check([text: text], "\(text)")
        try check(text, "\(text)")
    }

    @Test(
        "Numbers keep every digit", arguments: [0, -1, 0.1, 1e20, 1.0 / 3, 812_345_678.125, .greatestFiniteMagnitude])
    func numbers(_ number: Double) throws {
        try check([number], "\(number)")
        try check([Date(timeIntervalSinceReferenceDate: number)], "\(number)")
        try check(["a": Int(number.truncatingRemainder(dividingBy: 1e15))], "\(number)")
    }

    @Test("A number that JSON has no digits for is an error", arguments: [Double.nan, .infinity])
    func refuses(_ number: Double) {
        #expect(throws: EncodingError.self) { try JSONWriter.text([number]) }
    }

    @Test("Empty and nested containers, and values that are missing, are as JSONEncoder writes them")
    func containers() throws {
        struct Nothing: Encodable { func encode(to encoder: any Encoder) {} }
        try check([[Int]]([[], [1], []]), "arrays")
        try check([Int?]([nil, 1]), "missing")
        try check(["a": [String: [Int]]()], "empty")
        try check([1: "eins", 2: "zwei"], "numbers as keys")
        try check([Nothing()], "nothing")
    }
}
