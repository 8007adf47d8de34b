import DialogEngine
import FoundationEssentials
import SeededRandom

/// Inputs as several people at once might give them: mostly sensible, sometimes absurd.
struct RandomInputs {
    static let people: [Speaker] = [.anna, .bernd, .ceyda, .dirk, .eve, bernd2]
    /// Another person who calls herself bernd.
    static let bernd2 = Speaker(identity: Identity(rawValue: "net/bernd"), name: "Bernd")

    static let names = ["Stadtwerke", "die Stadtwerke", "BUND", "Land", "Bauhof", "Sparkasse"]

    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// From nothing at all to two days, mostly some seconds.
    mutating func pause() -> TimeInterval {
        switch number(20) {
        case 0: 2 * .day
        case 1: .hour
        case 2, 3: 0
        default: TimeInterval(number(60))
        }
    }

    mutating func input() -> Input.Kind {
        let person = pick(Self.people)
        switch number(26) {
        case 24, 25: return .called(call(), from: pick(["Süd", "Nord"]))
        case 0, 1: return .clock
        case 2: return .joined(person)
        case 3: return pick([.left(person.identity), .separated(person.identity), .reunited])
        case 4: return .renamed(person.identity, to: pick(["anna", "bernd", "Dirk Ahrens", person.name]))
        case 5 where number(4) == 0: return .proved(person)
        case 5: return .identified(person.identity, as: pick(Self.people).identity)
        default:
            let command = command()
            // The shell gives lines from paper this source.
            if case .copy = command { return .command(command, by: person, source: .paper) }
            return .command(command, by: person, source: pick([.chat, .chat, .chat, .private, .console]))
        }
    }

    private mutating func call() -> WorkshopCall {
        let visitor = Visitor(session: pick(["süd", "nord"]), people: [1 + number(3)])
        let exhibit = Exhibit(
            group: "Nord", session: "stadtbaeume-2026-11-22", question: pick(["describe.problem", "prepare.legal"]),
            key: Guide.text("problem", "problem"), prompt: Guide.text("Welches Problem?", "Which?"), text: words())
        return switch number(8) {
        case 0, 1: .openGallery(Array(repeating: exhibit, count: number(4)))
        case 2: .closeGallery
        case 3: .withdrawRemark(number(2) == 0 ? nil : id(.remark), by: visitor)
        case 4: .forget(visitor)
        default: .remark(words(), on: exhibit, by: visitor)
        }
    }

    private mutating func command() -> Command {
        switch number(7) {
        case 6: copying()
        case 4: converging()
        case 5: networking()
        case 0: saying()
        case 1: agreeing()
        case 2: number(3) == 0 ? leading() : following()
        default: number(2) == 0 ? looking() : leading()
        }
    }

    private mutating func saying() -> Command {
        switch number(10) {
        case 9: .bare(pick([.mark, .help, .leave]))
        case 0: .plain(words())
        case 1: .aside
        case 2: .raise(words())
        case 3: .edit(id(.contribution), words())
        case 4: .substitute("wort", by: pick(["Wort", "", "etwas"]))
        case 5: .withdraw(number(2) == 0 ? nil : id(.contribution))
        default: .contribute(words(), question: number(2) == 0 ? nil : question())
        }
    }

    private mutating func agreeing() -> Command {
        switch number(7) {
        case 0: .propose(nil, from: [id(.contribution), id(.contribution)])
        case 1: .propose(words(), from: [])
        case 2: .consent(nil)
        case 3: .consent(pick([question(), id(.contribution).description]))
        case 4: .object(words())
        case 5: .abstain(number(2) == 0 ? nil : question())
        default: .agree(number(2) == 0 ? nil : question())
        }
    }

    private mutating func following() -> Command {
        switch number(8) {
        case 6: .edit(id(pick([.openPoint, .action, .parked])), pick([nil, words()]), due: due())
        case 7: .withdraw(id(pick([.openPoint, .action, .parked])))
        case 0: .askExpert(id(.openPoint), words(), due: due())
        case 1: .clear(id(.openPoint), words())
        case 2: .park(words())
        case 3: .assign(to: pick([nil, "anna", "bernd", "dirk", "Zoe", "2"]), words(), due: due())
        case 4: .finish(id(.action))
        default: .raise(words())
        }
    }

    private mutating func converging() -> Command {
        switch number(16) {
        case 13: .openGallery(question: number(2) == 0 ? nil : question())
        case 14: .showRemarks(question: number(2) == 0 ? nil : question())
        case 15: pick([.withdraw(id(.remark)), .remark(words()), .question(nil), .question(question())])
        case 10: .groups(question: number(2) == 0 ? nil : question())
        case 11: .all(.next(confirmed: false), typed: "!weiter")
        case 12: .announce(words())
        case 0: .ready
        case 1: .queue(pick([.join, .leave, .show]))
        case 2: .giveFloor(to: pick([nil, "anna", "Zoe"]))
        case 3: .nudge(number(3) > 0)
        case 4: .group([id(.contribution), id(.contribution), id(.group)], as: number(2) == 0 ? nil : words())
        case 5, 6: .group([id(.contribution), id(.contribution)], as: words())
        case 7: .split(id(.group))
        case 8: .dots(pick([.open(each: 3), .close, .show]))
        default: .placeDots([id(.contribution), id(.group)])
        }
    }

    private mutating func networking() -> Command {
        switch number(13) {
        case 0, 1: .addOrganisation(pick(Self.names), as: pick(NetworkPosition.allCases), detail: pick([nil, words()]))
        case 2: .describeOrganisation(id(.organisation), OrganisationDescription(task: words(), kind: .group))
        case 3: .showOrganisations
        case 4: .merge(id(.organisation), id(.organisation))
        case 5: .split(id(.organisation))
        case 6: .noHolder(number(2) == 0 ? nil : id(.resource))
        case 7: .resolveHurdle(id(.hurdle), .outside)
        case 8, 9: .planContact(id(.organisation), ContactPlan(assignee: "anna", request: words(), due: due()))
        case 10: .makeContact(id(.organisation))
        case 11: pick([.showContacts, .showMap, .showFactors])
        default: .contribute("\(pick(["Geld", "Platz"])): \(words())", question: "ressourcen")
        }
    }

    private mutating func copying() -> Command {
        let word = pick([nil, question(), "proplem", "Geld"])
        let mark = pick([PaperLine.Mark.contribution, .contribution, .proposal, .openPoint])
        let text = number(8) == 0 ? "" : words()
        return switch number(12) {
        case 0, 1: .paper(.begin(writer: pick([nil, "Tisch 3"])))
        case 2: .paper(.end)
        case 3: .guide(pick([.show, .compare, .goBack]))
        case 4: .guide(.adopt(confirmed: number(4) > 0))
        case 5: .worksheet(order: pick([nil, "sheet", "?"]))
        default:
            .copy(PaperLine(word: word, mark: mark, text: text, whole: word.map { "\($0): \(text)" } ?? words()))
        }
    }

    private mutating func leading() -> Command {
        switch number(22) {
        case 0, 1: .start(name: nil)
        case 2: .end(confirmed: number(12) == 0)
        case 3: .pause(until: due())
        case 4, 5, 6: .resume
        case 7: .addFacilitator(pick(["anna", "bernd", "dirk", "Zoe"]))
        case 8: .removeFacilitator(pick(["anna", "bernd", "dirk"]))
        case 9, 10: .next(confirmed: number(2) == 0)
        case 11: .back
        case 12: .goTo(question())
        case 13: .skip(number(2) == 0 ? nil : words())
        case 14: .ruleOut(words())
        case 15: .order(pick([nil, "sheet", "worksheet", "?"]))
        case 16: .mode(pick([.talk, .collect]))
        case 17: .silence(minutes: minutes())
        case 18: .reveal
        case 19: .timebox(pick([.off, .show]))
        case 20: .timebox(.extend(minutes: minutes()))
        default: .timebox(.set(minutes: minutes()))
        }
    }

    private mutating func looking() -> Command {
        switch number(22) {
        case 0: .status
        case 1: .openItems
        case 2: .recap
        case 3: .help(pick([.moment, .guide, .allVerbs, .verb("status")]))
        case 4: .explain
        case 5: .example
        case 6: .more
        case 7: .showParked
        case 8: .listFacilitators
        case 9, 10: .here(name: pick([nil, "Bernd Maier"]), organisation: pick([nil, "Bauamt"]))
        case 11, 12: .away
        case 13: .language(pick([Guide.de, Guide.en, Language(rawValue: "fr")]))
        case 14, 15: .myData
        case 16: .forgetMe(confirmed: number(2) == 0)
        case 17: .minutes(withNames: true)
        case 18: .export(pick(OutcomeFormat.allCases), withNames: false)
        case 19: .unknown("wrot", nearest: pick([nil, "wort"]))
        default:
            .incomplete("time", pick([.missing, .badDate, .pastDate, .badNumber, .badID, .badLanguage, .badFormat]))
        }
    }

    private mutating func words() -> String {
        let names = Self.names
        return pick([
            "ein wort \(number(1000))", "\(pick(names)): wort; \(pick(names)), \(pick(names))",
            "Für wen: \(pick(names))",
        ])
    }

    private mutating func question() -> String {
        pick(["problem", "recht", "bedenken", "ressourcengeber", "aufgaben", "kontakt", "schritt2", "gibtesnicht"])
    }

    private mutating func id(_ kind: RecordID.Kind) -> RecordID {
        RecordID(kind, 1 + number(12))
    }

    private mutating func minutes() -> Int {
        pick([0, 1, 5, 10, 600, -3, .max, .min])
    }

    private mutating func due() -> DueDate? {
        let ahead = pick([-TimeInterval.day, .minute, .hour, .day, 3 * .day])
        let moment = now.addingTimeInterval(ahead)
        switch number(3) {
        case 0: return nil
        case 1: return .at(moment)
        default: return DueDate(moment: moment, isWholeDay: true, reminder: moment.addingTimeInterval(-39 * .hour))
        }
    }

    /// The time that dates count from.
    var now = Play.beginning

    private mutating func number(_ limit: Int) -> Int {
        Int.random(in: 0..<limit, using: &generator)
    }

    private mutating func pick<T>(_ choices: [T]) -> T {
        choices[number(choices.count)]
    }
}
