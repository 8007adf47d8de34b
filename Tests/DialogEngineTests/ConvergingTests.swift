import Testing

@testable import DialogEngine

@Suite("Converging")
struct ConvergingTests {
    static let g1 = RecordID(.group, 1)
    static let g2 = RecordID(.group, 2)
    static let b3 = RecordID(.contribution, 3)

    /// Three contributions to »alltag«, two of which say the same.
    static func play() -> Play {
        var play = Play.begun()
        play.tell(.anna, .goTo("alltag"))
        play.tell(.bernd, .contribute("Weniger Gießen im Sommer", question: nil))
        play.tell(.dirk, .contribute("Der Bauhof gießt seltener", question: nil))
        play.tell(.ceyda, .contribute("Nasse Keller", question: nil))
        return play
    }

    @Test("A group stands for its contributions, in the answer and wherever they are listed")
    func group() {
        var play = Self.play()
        let decision = play.tell(.anna, .group([.b1, .b2], as: "Seltener gießen"))
        #expect(
            decision.line(.grouped)?.values == [
                .id: .text("G1"), .ids: .list([.text("B1"), .text("B2")]), .text: .text("Seltener gießen"),
            ])
        let question = Guide.questions[3]
        #expect(play.session.entries(of: question).map(\.text) == ["Seltener gießen", "Nasse Keller"])
        #expect(play.session.statements(to: question.id).map(\.id) == [Self.g1, Self.b3])
        play.tell(.anna, .goTo("problem"))
        let back = play.tell(.anna, .goTo("alltag"))
        #expect(back.line(.presentCollected)?.values[.ids] == .list([.text("G1"), .text("B3")]))
        play.tell(.anna, .propose(nil, from: [Self.g1, Self.b3]))
        #expect(play.session.answer(to: question.id).draft?.text == "Seltener gießen; Nasse Keller")
    }

    @Test("Split contributions stand for themselves again, and the number is not used again")
    func split() {
        var play = Self.play()
        play.tell(.anna, .group([.b1, .b2], as: "Seltener gießen"))
        #expect(play.tell(.anna, .split(Self.g1)).phrases == [.groupSplit])
        #expect(play.session.statements(to: "prepare.everyday").map(\.id) == [.b1, .b2, Self.b3])
        #expect(play.tell(.anna, .split(Self.g1)).phrases == [.noSuchRecord])
        #expect(play.tell(.anna, .propose(nil, from: [Self.g1])).phrases == [.noSuchRecord])
        play.tell(.anna, .group([.b1, Self.b3], as: nil))
        #expect(play.session.contributionGroups.map(\.id) == [Self.g1, Self.g2])
    }

    @Test("A group that is extended keeps its text; without one it says what its first contribution says")
    func extend() {
        var play = Self.play()
        play.tell(.anna, .group([.b1, .b2], as: nil))
        #expect(play.session.statement(Self.g1)?.text == "Weniger Gießen im Sommer")
        #expect(play.tell(.anna, .group([Self.g1], as: nil)).phrases == [.groupOfOne])
        play.tell(.anna, .edit(Self.g1, "Seltener gießen", due: nil))
        play.tell(.anna, .group([Self.g2, Self.b3], as: nil))
        let third = play.session.statement(RecordID(.group, 3))
        #expect(third?.text == "Seltener gießen" && third?.members == [.b1, .b2, Self.b3])
    }

    @Test("A contribution that is withdrawn leaves its group, and a group without any is gone")
    func withdrawMember() {
        var play = Self.play()
        play.tell(.anna, .group([.b1, .b2], as: "Seltener gießen"))
        play.tell(.bernd, .withdraw(.b1))
        #expect(play.session.statement(Self.g1)?.members == [.b2])
        play.tell(.dirk, .withdraw(.b2))
        #expect(play.session.statement(Self.g1) == nil)
        #expect(play.session.statements(to: "prepare.everyday").map(\.id) == [Self.b3])
    }

    @Test(
        "What cannot be taken together is refused and changes nothing",
        arguments: [
            ([RecordID.b1], Phrase.groupOfOne), ([.b1, .b1], .groupOfOne),
            ([.b1, RecordID(.contribution, 9)], .noSuchRecord),
            ([.b1, RecordID(.contribution, 4)], .belongsElsewhere), ([.b2, b3], .alreadyGrouped),
        ])
    func refuses(ids: [RecordID], phrase: Phrase) {
        var play = Self.play()
        play.tell(.ceyda, .contribute("Satzung", question: "recht"))
        if phrase == .alreadyGrouped { play.tell(.anna, .group([.b1, .b2], as: nil)) }
        let decision = play.tell(.anna, .group(ids, as: "Text"))
        #expect(decision.isRefusal && decision.phrases == [phrase])
    }

    @Test("What waits for the end of a silence cannot be taken together")
    func hidden() {
        var play = Self.play()
        play.tell(.anna, .silence(minutes: 5))
        play.tell(.bernd, .contribute("Still", question: nil), .private)
        #expect(play.tell(.anna, .group([.b1, RecordID(.contribution, 4)], as: nil)).phrases == [.noSuchRecord])
    }

    @Test("The bot offers what is alike to facilitators, also after a silence, and takes nothing together itself")
    func offers() {
        var play = Self.play()
        let decision = play.tell(.dirk, .contribute("weniger Giessen, im Sommer!", question: nil))
        #expect(decision.phrases == [.noted, .alike])
        #expect(decision.output(.alike)?.audience == .facilitators)
        #expect(decision.line(.alike)?.values == [.id: .text("B4"), .record: .text("B1")])
        #expect(play.session.contributionGroups.isEmpty)
        play.tell(.anna, .silence(minutes: 5))
        #expect(!play.tell(.dirk, .contribute("Nasse Keller", question: nil), .private).phrases.contains(.alike))
        #expect(play.tell(.anna, .reveal).line(.alike)?.values == [.id: .text("B5"), .record: .text("B3")])
    }

    @Test(
        "Likeness is judged by the words",
        arguments: [
            ("Junge Bäume vertrocknen", "junge baeume vertrocknen!", true),
            ("Zu wenig Parkplätze am Bahnhof", "Am Bahnhof zu wenig Parkplätze", true),
            ("Der Bus fährt zu selten", "Der Bus fährt viel zu selten", true),
            ("Das Gießwasser fehlt im Sommer", "Giesswaser fehlt im Sommer", true),
            ("Bus", "bus", true), ("Bus", "Bahn", false),
            ("Der Bus fährt zu selten", "Der Bus fährt zu früh", false),
            ("Haltestelle am Markt fehlt", "Haltestelle an der Schule fehlt", false),
            ("Kosten 5000 Euro", "Kosten 7000 Euro", false),
            ("Wir brauchen 5 neue Räder am Bahnhof", "Wir brauchen 50 neue Räder am Bahnhof", false),
            (String(repeating: "Regen ", count: 41), String(repeating: "Regen ", count: 41), false),
            (String(repeating: "a", count: 60), String(repeating: "a", count: 59) + "b", true),
            (String(repeating: "a", count: 61), String(repeating: "a", count: 60) + "b", false),
            ("Geld: 5000 Euro", "", false), ("", "", false), ("?", "!", false),
        ])
    func likeness(one: String, other: String, isAlike: Bool) {
        let (first, second) = (Likeness.Words(one), Likeness.Words(other))
        #expect(Likeness.areAlike(first, second) == isAlike)
        #expect(Likeness.areAlike(second, first) == isAlike)
    }

    @Test("Dots stay hidden until the vote is closed, the last word counts, and equal counts share a place")
    func dots() {
        var play = Self.play()
        #expect(play.tell(.anna, .dots(.open(each: 3))).phrases == [.dotsOpened])
        let placed = play.tell(.bernd, .placeDots([.b1, .b1, .b2]), .private)
        #expect(placed.outputs.map(\.audience) == [.person(Speaker.bernd.identity)])
        // Ids alone, to the bot alone, are dots; in the room they are talk.
        #expect(play.tell(.bernd, .plain("B1, b2"), .private).events.map(\.kind) == [.dotsPlaced([.b1, .b2])])
        #expect(play.tell(.bernd, .plain("B1 und B2"), .private).phrases.contains(.noted))
        play.tell(.dirk, .placeDots([.b2, Self.b3, .b1]))
        #expect(play.tell(.anna, .dots(.show)).phrases == [.dotsUnderWay])
        let result = play.tell(.anna, .dots(.close))
        #expect(result.phrases == [.dotsClosed, .dotsItem, .dotsItem, .dotsItem])
        let items = result.outputs.flatMap(\.lines).dropFirst().map(\.values)
        #expect(items.map { $0[.id] } == [.text("B1"), .text("B2"), .text("B3")])
        #expect(items.map { $0[.number] } == [.count(1), .count(1), .count(3)])
        #expect(items.map { $0[.count] } == [.count(2), .count(2), .count(1)])
        #expect(result.line(.dotsClosed)?.values[.total] == .count(2))
        #expect(play.session.answer(to: "prepare.everyday").dots?.map(\.count) == [2, 2, 1])
    }

    @Test("Dots on a contribution that is taken into a group count for the group; those on what is withdrawn are lost")
    func dotsMove() {
        var play = Self.play()
        play.tell(.anna, .dots(.open(each: 3)))
        play.tell(.bernd, .placeDots([.b1, .b2, Self.b3]))
        play.tell(.anna, .group([.b1, .b2], as: nil))
        play.tell(.ceyda, .withdraw(Self.b3))
        let result = play.tell(.anna, .next(confirmed: true))
        #expect(result.phrases.prefix(2) == [.dotsClosed, .dotsItem])
        #expect(play.session.answer(to: "prepare.everyday").dots == [DotCount(id: Self.g1, count: 2)])
        #expect(play.session.dots == nil)
    }

    @Test("Dots that cannot be placed are refused")
    func refusesDots() {
        var play = Self.play()
        #expect(play.tell(.bernd, .placeDots([.b1])).phrases == [.noDots])
        #expect(play.tell(.anna, .dots(.close)).phrases == [.noDots])
        play.tell(.anna, .dots(.open(each: 1)))
        #expect(play.tell(.anna, .dots(.open(each: 2))).phrases == [.dotsAreOpen])
        #expect(play.tell(.bernd, .placeDots([.b1, .b2])).phrases == [.tooManyDots])
        #expect(play.tell(.bernd, .placeDots([RecordID(.contribution, 9)])).phrases == [.noSuchRecord])
        #expect(play.tell(.anna, .dots(.close)).phrases == [.dotsNone])
        play.tell(.anna, .goTo("recht"))
        #expect(play.tell(.anna, .dots(.open(each: 1))).phrases == [.nothingToDot])
    }

    @Test("Forgetting somebody takes her dots from an open vote and her words from groups")
    func forgets() throws {
        var play = Self.play()
        play.tell(.bernd, .queue(.join))
        play.tell(.anna, .addFacilitator("bernd"))
        play.tell(.bernd, .group([.b2, Self.b3], as: "Geheimnis"))
        play.tell(.anna, .dots(.open(each: 2)))
        play.tell(.bernd, .placeDots([.b1, Self.g1]))
        let data = play.tell(.bernd, .myData)
        #expect(data.phrases.contains(.myDots))
        #expect(data.line(.recapContribution)?.values[.text] == .text("Geheimnis"))
        let erasure = play.session.erasure(of: 2)
        play.tell(.bernd, .forgetMe(confirmed: true))
        #expect(play.session.dots?.placed.isEmpty == true && play.session.queue.isEmpty)
        #expect(play.session.statement(Self.g1)?.text == "Der Bauhof gießt seltener")
        let redacted = play.events.map { $0.redacted(by: erasure) }
        #expect(try Folded.json(Folded.session(redacted)) == Folded.json(play.session))
        #expect(try !Folded.json(redacted).contains("Geheimnis"))
    }
}
