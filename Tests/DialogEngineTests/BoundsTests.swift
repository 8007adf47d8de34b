import Testing

@testable import DialogEngine

@Suite("How much one line may bring")
struct BoundsTests {
    private static func names(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { "Verein \($0)" }.joined(separator: "; ")
    }

    @Test(
        "Fifty entries of any answer are kept, and one more is refused whole",
        arguments: ["partners", "resources", "holders"])
    func entries(_ question: String) {
        var play = Play.begun(dialog: NetworkSample.dialog)
        #expect(play.tell(.bernd, .contribute(Self.names(1...50), question: question)).events.count > 0)
        let refused = play.tell(.bernd, .contribute(Self.names(1...51), question: question))
        #expect(refused.isRefusal && refused.phrases == [.tooManyEntries])
        #expect(refused.line(.tooManyEntries)?.values == [.count: .count(51), .total: .count(50)])
    }

    @Test("A wording, a correction, a suggestion and a result have no more entries than a line")
    func wordings() {
        var play = Play.begun(dialog: NetworkSample.dialog)
        play.tell(.anna, .goTo("partners"))
        play.tell(.bernd, .contribute("BUND", question: nil))
        play.tell(.bernd, .raise("Wer noch?"))
        let long = Self.names(1...51)
        let commands: [Command] = [
            .propose(long, from: []), .edit(RecordID(.contribution, 1), long), .clear(RecordID(.openPoint, 1), long),
            .substitute("BUND", by: long),
        ]
        for command in commands { #expect(play.tell(.bernd, command).phrases == [.tooManyEntries], "\(command)") }
        #expect(play.tell(.ceyda, .edit(RecordID(.contribution, 1), long)).phrases == [.tooManyEntries])
    }

    @Test("An answer may hold what was brought in many lines, and be corrected")
    func answers() {
        var play = Play.begun(dialog: NetworkSample.dialog)
        play.tell(.anna, .goTo("partners"))
        for start in [1, 41] { play.tell(.bernd, .contribute(Self.names(start...start + 39), question: nil)) }
        let ids = [RecordID(.contribution, 1), RecordID(.contribution, 2)]
        #expect(play.tell(.anna, .propose(nil, from: ids)).phrases.first == .proposed)
        #expect(!play.tell(.anna, .substitute("Verein 80", by: "Verein 81")).isRefusal)
        #expect(play.tell(.anna, .substitute("Verein 81", by: "Verein 80; Verein 81")).phrases == [.tooManyEntries])
    }

    @Test("A command names fifty records at most")
    func ids() {
        var play = Play.begun()
        let ids = (1...51).map { RecordID(.contribution, $0) }
        for command in [Command.group(ids, as: nil), .propose(nil, from: ids)] {
            let refused = play.tell(.anna, command)
            #expect(refused.isRefusal && refused.phrases == [.tooManyIDs], "\(command)")
        }
    }
}
