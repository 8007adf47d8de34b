import DialogEngine
import Foundation
import Testing

@testable import DialogEngine

@Suite("Copying from paper")
struct PaperTests {
    /// A session in which dirk copies privately.
    private static func copying(of writer: String? = nil) -> Play {
        var play = Play.begun()
        play.tell(.dirk, .paper(.begin(writer: writer)), .private)
        return play
    }

    @Test(
        "A line goes to the question whose key stands before it, else to the one of the line before",
        arguments: [
            ("recht", "prepare.legal", true), ("LEGAL", "prepare.legal", true), ("rech", "prepare.legal", true),
            ("problm", "describe.problem", true), ("Geld", "prepare.resources", false),
            ("Bauhof", "prepare.resources", false),
            ("Plat", "prepare.resources", false),
        ])
    func keys(word: String, question: Question.ID, isKey: Bool) {
        var play = Self.copying()
        play.copy(":", after: "ressourcen", "")
        let decision = play.copy(":", after: word, "5000 Euro")
        #expect(play.session.contributions.last?.question == question)
        #expect(play.session.contributions.last?.text == (isKey ? "5000 Euro" : "\(word): 5000 Euro"))
        let isExact = ["recht", "LEGAL"].contains(word)
        #expect(decision.phrases.contains(.paperReadAs) == (isKey && !isExact))
    }

    @Test("The first line of a question names it, the next ones are acknowledged with their number alone")
    func acknowledges() {
        var play = Self.copying()
        #expect(play.copy(":", after: "recht", "Satzung").phrases == [.notedElsewhere])
        #expect(play.copy(":", after: nil, "Haftung").phrases == [.noted])
        #expect(play.copy(":", after: "recht", "Eigentum").phrases == [.noted])
        #expect(play.copy("?", after: nil, "Wem gehört der Weg?").phrases == [.notedElsewhere])
        #expect(play.session.openPoints.first?.question == "prepare.legal")
    }

    @Test("A key that is nearly one is no reason to open a round")
    func guessedProposal() {
        var play = Self.copying()
        #expect(play.copy("=", after: "inovation", "Rigolen").phrases == [.noSuchQuestion])
        #expect(play.session.answer(to: "describe.innovation").draft == nil)
        #expect(play.copy("?", after: "inovation", "Wo?").line(.paperReadAs)?.values[.id] == .text("K1"))
    }

    @Test("A line that cannot be kept still says where the next ones belong")
    func refused() {
        var play = Self.copying()
        play.copy(":", after: "problem", "Hitze")
        #expect(play.copy(":", after: "bedenken", "Herr Möller: Lärm").phrases == [.noPersonalNames])
        play.copy(":", after: nil, "Gewerbeverein: Lärm")
        #expect(play.session.contributions.last?.question == "alliances.opponents")
    }

    @Test("What was copied has the source paper and whoever wrote it, and is nobody's of the session")
    func source() {
        var play = Self.copying(of: "Tisch 3")
        play.copy(":", after: "problem", "Hitze")
        let contribution = play.session.contributions[0]
        #expect(contribution.source == .paper && contribution.writer == "Tisch 3" && !contribution.showsAuthor)
        #expect(play.session.people.map(\.name) == ["anna", "dirk"])
        play.tell(.dirk, .paper(.begin(writer: nil)), .private)
        play.copy(":", after: nil, "Dürre")
        #expect(play.session.contributions[1].writer == nil)
        #expect(play.tell(.dirk, .edit(.b1, "Große Hitze"), .private).phrases.contains(.edited))
    }

    @Test("A copied wording opens a round in which nobody has spoken yet")
    func proposal() {
        var play = Self.copying()
        let decision = play.copy("=", after: "innovation", "Rigolen")
        #expect(decision.phrases == [.proposedOnPaper] && decision.outputs[0].audience == .room)
        let draft = play.session.answer(to: "describe.innovation").draft
        #expect(draft?.votes.isEmpty == true && draft?.cameOnPaper == true)
        play.tell(.bernd, .consent("innovation"))
        play.tell(.anna, .agree("innovation"))
        #expect(play.session.answer(to: "describe.innovation").agreed?.consenting.count == 1)
        #expect(play.tell(.bernd, .recap).phrases.contains(.recapAgreed))
    }

    @Test("The room hears nothing until the end, and then what came")
    func ending() {
        var play = Self.copying()
        let lines = play.copy(":", after: "problem", "Hitze").outputs + play.copy("?", after: nil, "Warum?").outputs
        #expect(lines.allSatisfy { $0.audience == .asker })
        let ended = play.tell(.dirk, .paper(.end), .private)
        #expect(ended.phrases == [.paperEnded, .paperTaken])
        #expect(
            ended.line(.paperTaken)?.values[.names]
                == .list([
                    .line(Line(.countContributions, [.count: .count(1)])),
                    .line(Line(.countOpenPoints, [.count: .count(1)])),
                ]))
        #expect(play.tell(.dirk, .paper(.end), .private).phrases == [.notCopying])
        #expect(!play.session.isCopying(Speaker.dirk.identity))
    }

    @Test("It is not for the room, and ends when whoever copies goes")
    func privately() {
        var play = Play.begun()
        #expect(play.tell(.dirk, .paper(.begin(writer: nil))).phrases == [.paperIsPrivate])
        play = Self.copying()
        #expect(play.session.isCopying(Speaker.dirk.identity))
        play.take(.left(Speaker.dirk.identity))
        #expect(!play.session.isCopying(Speaker.dirk.identity))
    }

    @Test("Forgetting whoever copied keeps what others wrote, in the session as in its events")
    func forgets() throws {
        var play = Self.copying(of: "Tisch 3")
        play.copy(":", after: "bedenken", "Gewerbeverein: Lärm")
        play.copy("=", after: "problem", "Hitze")
        play.copy("?", after: "recht", "Wem gehört der Weg?")
        play.tell(.dirk, .contribute("Meins", question: "alltag"))
        #expect(!play.tell(.dirk, .myData, .private).phrases.contains(.myProposal))
        let erasure = play.session.erasure(of: 2)
        play.tell(.dirk, .forgetMe(confirmed: true), .private)
        let session = play.session
        #expect(session.contributions.map(\.text) == ["Gewerbeverein: Lärm", ""])
        #expect(session.answer(to: "describe.problem").draft?.text == "Hitze" && session.openPoints[0].text != "")
        #expect(session.organisations.map(\.name) == ["Gewerbeverein"])
        let again = try Folded.session(play.events.map { $0.redacted(by: erasure) })
        #expect(try Folded.json(again) == Folded.json(session))
    }

    @Test("Forgetting who wrote on paper takes her words and her name, in the session as in its events")
    func forgetsWriter() throws {
        var play = Self.copying(of: "Ada Koch")
        play.copy(":", after: "bedenken", "Gewerbeverein: Lärm")
        play.copy(":", after: "problem", "Hitze")
        play.tell(.dirk, .paper(.begin(writer: "Tisch 3")), .private)
        play.copy(":", after: "problem", "Lärm")
        play.tell(.dirk, .paper(.begin(writer: "ada koch")), .private)
        #expect(play.session.writers == ["Ada Koch", "Tisch 3", "ada koch"])
        let erasure = play.session.erasure(ofWriter: "Ada Koch")
        var session = play.session
        let events = session.forget(writer: "Ada Koch", at: play.now)
        #expect(session.writers == ["Tisch 3"])
        #expect(session.contributions.map(\.text) == ["", "", "Lärm"])
        #expect(session.organisations.map(\.name) == ["Gewerbeverein"])
        let redacted = play.events.map { $0.redacted(by: erasure) }
        #expect(try Folded.json(Folded.session(redacted + events)) == Folded.json(session))
        #expect(!"\(redacted)".lowercased().contains("koch"))
    }
}

extension Play {
    /// Dirk copies a line: the sign behind the key, which may be missing.
    @discardableResult
    fileprivate mutating func copy(_ sign: String, after word: String?, _ text: String) -> Decision {
        let mark: PaperLine.Mark = sign == "=" ? .proposal : sign == "?" ? .openPoint : .contribution
        let whole = word.map { "\($0)\(sign) \(text)" } ?? text
        return tell(.dirk, .copy(PaperLine(word: word, mark: mark, text: text, whole: whole)), .paper)
    }
}
