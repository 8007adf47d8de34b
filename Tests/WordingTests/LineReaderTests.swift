import DialogEngine
import Foundation
import Testing

@testable import Wording

@Suite("Reading chat lines")
struct LineReaderTests {
    static let now = ShippedWording.moment("2026-11-22 19:00")
    static let german = Language(rawValue: "de")

    static let two = [RecordID(.contribution, 1), RecordID(.contribution, 4)]

    let reader: LineReader

    init() throws {
        reader = LineReader(
            phrasebooks: try ShippedWording.phrasebooks, botName: "lotse", timeZone: ShippedWording.timeZone)
    }

    private func read(_ line: String, _ language: Language = german) -> Command {
        reader.read(line, at: Self.now, in: language)
    }

    private func due(_ moment: String, wholeDay: Bool, reminder: String) -> DueDate {
        DueDate(
            moment: ShippedWording.moment(moment), isWholeDay: wholeDay, reminder: ShippedWording.moment(reminder))
    }

    @Test(
        "marked lines",
        arguments: [
            ("+ Text", Command.contribute("Text", question: nil)),
            ("  +  Text ", .contribute("Text", question: nil)),
            ("+recht Text hier", .contribute("Text hier", question: "recht")),
            ("= Text", .propose("Text", from: [])),
            ("? Text", .raise("Text")),
            ("?", .incomplete("raise", .missing)), ("+", .incomplete("contribute", .missing)),
            ("= ", .incomplete("propose", .missing)),
            ("+Ohne Leerzeichen", .contribute("Leerzeichen", question: "Ohne")),
            ("=Regenwasser fehlt im Sommer", .propose("Regenwasser fehlt im Sommer", from: [])),
            ("?Warum ist das so", .raise("Warum ist das so")),
            ("// + Text", .aside),
            ("s/alt/neu/", .substitute("alt", by: "neu")),
            ("s/alt/neu", .substitute("alt", by: "neu")),
            ("s/alt//", .substitute("alt", by: "")),
        ])
    func readsMarks(line: String, command: Command) {
        #expect(read(line) == command)
    }

    @Test(
        "lines that look like marks and are plain",
        arguments: [
            "sie/er", "s/alt", "s//neu/", "s/a/b/c/", "lotse", "lotsen sind gut", "guten Morgen", "! so", "100", "20 %",
            "+x", "+ok", "+genau", "+ok für mich", "+ja, gern", "+1 für Annas Idee", "+++ Eilmeldung +++",
            "=D sehr gut",
            "==> das meine ich", "=P", "?Warum", "?? was", "... und?", "C++",
            "exit jetzt", "Hilfe, die Bäume",
        ])
    func leavesTalkAlone(line: String) {
        #expect(read(line) == .plain(line))
    }

    @Test(
        "a lone exclamation mark, and the words for help and leaving, are no contribution",
        arguments: [
            ("!", Bare.mark), ("hilfe", .help), ("Hilfe!", .help), ("help", .help), ("exit", .leave), ("QUIT", .leave),
            ("/quit", .leave),
        ])
    func readsBareLines(line: String, bare: Bare) {
        #expect(read(line) == .bare(bare))
    }

    @Test(
        "lines without a word are talk in every mode",
        arguments: ["+1", "==", "=)", "??", "?!", "!!!", "-", ":-)", ";)", "...?", "==>", "…", "👍", "+100"])
    func hearsFaces(line: String) {
        #expect(read(line) == .aside)
    }

    @Test(
        "verbs, in every language, case and spelling",
        arguments: [
            ("!ok", Command.consent(nil)), ("!OK.", .consent(nil)), ("!ok recht", .consent("recht")),
            ("!einwand zu teuer", .object("zu teuer")), ("!object too dear", .object("too dear")),
            ("!enthaltung", .abstain(nil)), ("!beschluss", .agree(nil)), ("!agree", .agree(nil)),
            ("!start Stadtbäume", .start(name: "Stadtbäume")), ("!start", .start(name: nil)),
            ("!weiter", .next(confirmed: false)), ("!WEITER wirklich", .next(confirmed: true)),
            ("!weit", .next(confirmed: false)), ("!zurück", .back), ("!zurueck", .back), ("!ZURÜCK", .back),
            ("!gehe recht", .goTo("recht")), ("!gehe »recht«", .goTo("recht")), ("!goto legal", .goTo("legal")),
            ("!überspringen", .skip(nil)), ("!entfällt gibt es nicht", .ruleOut("gibt es nicht")),
            ("!stand", .status), ("!offen", .openItems), ("!überblick", .recap), ("!ueberblick", .recap),
            ("!sammeln", .mode(.collect)), ("!gespräch", .mode(.talk)), ("!still", .silence(minutes: 5)),
            ("!still 3", .silence(minutes: 3)), ("!aufdecken", .reveal),
            ("!mod+ bernd", .addFacilitator("bernd")), ("!mod+bernd", .addFacilitator("bernd")),
            ("!mod- bernd", .removeFacilitator("bernd")), ("!mod?", .listFacilitators),
            ("!mod", .listFacilitators), ("!mod 12ab-34cd", .redeem("12ab-34cd")), ("!exit", .leave),
            ("mod K7MP-3XQD", .redeem("K7MP-3XQD")), ("Mod k7mp3xqd", .redeem("k7mp3xqd")),
            ("mod k7mp 3xqd", .redeem("k7mp 3xqd")), ("chair K7MP-3XQD", .redeem("K7MP-3XQD")),
            ("mod ist super", .plain("mod ist super")), ("mod", .bareVerb("mod")),
            ("!privat leise", .privately("leise")),
            ("!hier Anna Berg, Bauamt", .here(name: "Anna Berg", organisation: "Bauamt")),
            ("!hier", .here(name: nil, organisation: nil)), ("!weg", .away),
            ("!zeit 10", .timebox(.set(minutes: 10))), ("!zeit +5", .timebox(.extend(minutes: 5))),
            ("!zeit+5", .timebox(.extend(minutes: 5))), ("!zeit aus", .timebox(.off)), ("!zeit", .timebox(.show)),
            ("!zeit 10 Minuten", .timebox(.set(minutes: 10))),
            ("!parken später", .park("später")), ("!parkplatz", .showParked),
            ("!hilfe", .help(.moment)), ("!hilfe ändern", .help(.verb("edit"))), ("!hilfe alle", .help(.allVerbs)),
            ("!hilfe leitfaden", .help(.guide)), ("!hilfe +", .help(.verb("contribute"))),
            ("!hilfe karussell", .help(.verb("karussell"))),
            ("!sprache einfach", .language(Language(rawValue: "de-simple"))),
            ("!lang en", .language(Language(rawValue: "en"))),
            ("!meinedaten", .myData), ("!vergissmich", .forgetMe(confirmed: false)),
            ("!vergissmich wirklich", .forgetMe(confirmed: true)), ("!forgetme really", .forgetMe(confirmed: true)),
            ("!protokoll", .minutes(withNames: true)), ("!protokoll ohne-namen", .minutes(withNames: false)),
            // A slip hands over no names.
            ("!protokoll ohnenahmen", .incomplete("minutes", .missing)),
            ("!export html svg", .incomplete("export", .missing)),
            ("!punkte B3 B3", .placeDots([RecordID(.contribution, 3), RecordID(.contribution, 3)])),
            ("!punkte ende", .dots(.close)), ("! stand", .status), ("! Weiter", .next(confirmed: false)),
            ("!export json", .export(.json, withNames: true)), ("!export CSV", .export(.csv, withNames: true)),
            ("!mehr", .more), ("!more", .more),
            ("!fertig", .ready), ("!ready", .ready), ("wort+", .queue(.join)), ("Wort+", .queue(.join)),
            ("q+", .queue(.join)), ("q-", .queue(.leave)), ("wort?", .queue(.show)), ("q?", .queue(.show)),
            ("!wort+", .queue(.join)), ("!wort an anna", .giveFloor(to: "anna")), ("!wort", .giveFloor(to: nil)),
            ("!floor to anna", .giveFloor(to: "anna")), ("!ermuntern", .nudge(true)), ("!nudge off", .nudge(false)),
            ("!punkte 3", .dots(.open(each: 3))), ("!punkte aus", .dots(.close)), ("!dots", .dots(.show)),
            ("!galerie", .openGallery(question: nil)), ("!gallery »recht«", .openGallery(question: "recht")),
            ("!rundgang ende", .closeGalleries), ("!anmerkung Gut so", .remark("Gut so")),
            ("!anmerkung", .incomplete("remark", .missing)), ("!anmerkungen", .showRemarks(question: nil)),
            ("!remarks legal", .showRemarks(question: "legal")), ("!frage", .question(nil)),
            ("!beiträge recht", .question("recht")),
            ("!zurückziehen M3", .withdraw(RecordID(.remark, 3))),
            ("!zurückziehen M3 Gruppe Süd", .withdrawRemark(RecordID(.remark, 3), of: "Gruppe Süd")),
            ("!gruppen", .groups(question: nil)), ("!gruppen recht", .groups(question: "recht")),
            ("!alle Noch fünf Minuten", .all(.announce("Noch fünf Minuten"), typed: "Noch fünf Minuten")),
            ("!alle !zeit 5", .all(.timebox(.set(minutes: 5)), typed: "!zeit 5")),
            ("!all !next really", .all(.next(confirmed: true), typed: "!next really")),
            ("!alle", .incomplete("all", .missing)),
            ("lotse hilfe", .help(.moment)), ("lotse: hilfe", .help(.moment)), ("@Lotse stand", .status),
            ("lotse, !stand", .status),
        ])
    func readsVerbs(line: String, command: Command) {
        #expect(read(line) == command)
    }

    @Test(
        "verbs about records",
        arguments: [
            ("!ändern B7 neuer Text", Command.edit(RecordID(.contribution, 7), "neuer Text")),
            ("!aendern b7: neuer Text", .edit(RecordID(.contribution, 7), "neuer Text")),
            ("!zurückziehen B7", .withdraw(RecordID(.contribution, 7))), ("!zurückziehen", .withdraw(nil)),
            ("!geklärt K1 ja", .clear(RecordID(.openPoint, 1), "ja")),
            ("!erledigt A2", .finish(RecordID(.action, 2))),
            (
                "!antwort aus B3 B5: beides",
                .propose("beides", from: [RecordID(.contribution, 3), RecordID(.contribution, 5)])
            ),
            (
                "!antwort aus B3, B5",
                .propose(nil, from: [RecordID(.contribution, 3), RecordID(.contribution, 5)])
            ),
            ("!antwort ein Satz", .propose("ein Satz", from: [])),
            ("!zusammen B1 B4 als Ein Satz", .group(Self.two, as: "Ein Satz")),
            ("!zusammen b1, b4: Ein Satz", .group(Self.two, as: "Ein Satz")),
            ("!merge B1 B4 as one sentence", .group(Self.two, as: "one sentence")),
            ("!zusammen B1 B4", .group(Self.two, as: nil)), ("!zusammen alles", .incomplete("group", .badID)),
            ("!zusammen", .incomplete("group", .missing)), ("!trennen G2", .split(RecordID(.group, 2))),
            ("!punkt B1 b1 g2", .placeDots([Self.two[0], Self.two[0], RecordID(.group, 2)])),
            ("!punkt B1 alles", .incomplete("dot", .badID)), ("!punkt", .incomplete("dot", .missing)),
            ("!punkte viele", .incomplete("dots", .missing)), ("!punkte 99", .incomplete("dots", .missing)),
            ("!ändern", .incomplete("edit", .missing)), ("!ändern B7", .incomplete("edit", .missing)),
            ("!ändern sieben Text", .incomplete("edit", .badID)), ("!erledigt alles", .incomplete("done", .badID)),
            ("!zeit bald", .incomplete("time", .badNumber)), ("!zeit 0", .incomplete("time", .badNumber)),
            ("!zeit 99999999999999999999", .incomplete("time", .badNumber)),
            ("!still -3", .incomplete("silence", .badNumber)),
            ("!export pdf", .incomplete("export", .badFormat)), ("!export", .incomplete("export", .missing)),
            ("!sprache latein", .incomplete("language", .badLanguage)), ("!einwand", .incomplete("object", .missing)),
        ])
    func readsRecords(line: String, command: Command) {
        #expect(read(line) == command)
    }

    @Test("an expert is asked until a day")
    func readsExperts() {
        let due = due("2026-12-02 23:59:59", wholeDay: true, reminder: "2026-12-01 09:00")
        let point = RecordID(.openPoint, 1)
        #expect(
            read("!experte K1 Untere Wasserbehörde bis 2.12.") == .askExpert(point, "Untere Wasserbehörde", due: due))
        #expect(read("!experte K1 Bauamt") == .askExpert(point, "Bauamt", due: nil))
        #expect(read("!expert K1 Building office by 2 Dec") == .askExpert(point, "Building office", due: due))
        #expect(read("!experte K1 Bauamt bis irgendwann") == .incomplete("ask_expert", .badDate))
        #expect(read("!experte K1 Bauamt bis 1.1.2020") == .incomplete("ask_expert", .pastDate))
    }

    @Test(
        "a task has a person, a text, and perhaps a day",
        arguments: [
            "!aufgabe dirk bis 2.12.: Satzung lesen", "!aufgabe dirk Satzung lesen bis 2.12.",
            "!aufgabe dirk: Satzung lesen bis 2.12.", "!action dirk by 2 Dec: Satzung lesen",
        ])
    func readsTasks(line: String) {
        let due = due("2026-12-02 23:59:59", wholeDay: true, reminder: "2026-12-01 09:00")
        #expect(read(line) == .assign(to: "dirk", "Satzung lesen", due: due))
    }

    @Test("the speaker takes a task herself; a task is changed together with its day or without")
    func readsOwnAndChangedTasks() {
        let due = due("2026-12-02 23:59:59", wholeDay: true, reminder: "2026-12-01 09:00")
        let task = RecordID(.action, 2)
        #expect(read("!aufgabe ich bis 2.12.: Satzung lesen") == .assign(to: nil, "Satzung lesen", due: due))
        #expect(read("!action me: Satzung lesen") == .assign(to: nil, "Satzung lesen", due: nil))
        #expect(read("!ändern A2 Satzung lesen bis 2.12.") == .edit(task, "Satzung lesen", due: due))
        #expect(read("!ändern A2 bis 2.12.") == .edit(task, nil, due: due))
        #expect(read("!ändern A2 den Weg bis zum Laden räumen") == .edit(task, "den Weg bis zum Laden räumen"))
        #expect(read("!ändern B2 offen bis 2.12.") == .edit(RecordID(.contribution, 2), "offen bis 2.12."))
    }

    @Test(
        "what is no day belongs to the task",
        arguments: ["!aufgabe dirk: den Weg bis zum Laden räumen", "!aufgabe dirk den Weg bis zum Laden räumen"])
    func keepsTaskWhole(line: String) {
        #expect(read(line) == .assign(to: "dirk", "den Weg bis zum Laden räumen", due: nil))
        #expect(read("!aufgabe dirk: Räumen bis 1.1.2020") == .incomplete("action", .pastDate))
        #expect(read("!aufgabe dirk: Räumen bis 32.12.") == .incomplete("action", .noSuchDay))
    }

    @Test("a clock time in a task's day does not end the day")
    func keepsClockTimesWhole() {
        let due = due("2026-12-05 18:00", wholeDay: false, reminder: "2026-12-05 17:00")
        #expect(read("!aufgabe dirk bis 5.12. 18:00: Anrufen") == .assign(to: "dirk", "Anrufen", due: due))
        #expect(read("!pause bis 5.12. 18:00") == .pause(until: due))
    }

    @Test(
        "the nearest verb is named in the reader's language",
        arguments: [
            ("!wietr", "weiter", "de"), ("!stnad", "stand", "de"), ("!beschlsus", "beschluss", "de"),
            ("!stauts", "status", "en"), ("!hlep", "help", "en"), ("!okay", "ok", "de"),
        ])
    func namesTheNearestVerb(line: String, verb: String, language: String) {
        #expect(
            read(line, Language(rawValue: language)) == .unknown(String(line.dropFirst()), nearest: verb))
    }

    @Test(
        "a word like no verb has no nearest one",
        arguments: [
            "!xyzzyplugh", "!äöü", "!zeitungsartikel",
        ])
    func knowsWhenNothingIsNear(line: String) {
        let word = line.dropFirst().split(separator: " ")[0]
        #expect(read(line) == .unknown(String(word), nearest: nil))
    }

    @Test("a word with a sign behind it may be a call that lacks its mark; a question is none")
    func readsCallsWithoutMark() {
        #expect(read("mod+") == .unknown("mod+", nearest: "mod+"))
        #expect(read("warum?") == .plain("warum?"))
        #expect(read("wort+ bitte") == .plain("wort+ bitte"))
    }

    @Test("every verb of every language is found by each of its calls")
    func findsEveryCall() throws {
        for phrasebook in try ShippedWording.phrasebooks {
            let table = VerbTable(try ShippedWording.phrasebooks)
            for (verb, wording) in phrasebook.verbs where verb != .contribute {
                for call in wording.calls {
                    #expect(table.find(call, in: phrasebook.language)?.verb == verb, "\(phrasebook.language) \(call)")
                }
            }
        }
    }

    @Test(
        "verbs without their mark are asked back, as far as hardly anybody answers with them",
        arguments: ["weiter", "Ende", "ok", "OK!", "next", "/stand", "fertig"])
    func readsBareVerbs(line: String) {
        #expect(read(line) == .bareVerb(line.filter { $0 != "/" }))
    }

    @Test("other words alone stay what they are", arguments: ["niemand", "Karte", "weiter so", "beschluss", "Partner"])
    func leavesWords(line: String) {
        #expect(read(line) == .plain(line))
    }

    @Test(
        "a beginning is not enough for what cannot be taken back",
        arguments: [
            ("!beschlus", "beschluss"), ("!end", nil), ("!vergissm", "vergissmich"),
            ("!sitzunglösch", "sitzunglöschen"),
        ])
    func wantsWholeVerbs(line: String, nearest: String?) {
        guard let nearest else { return #expect(read(line) == .end(confirmed: false)) }
        #expect(read(line) == .unknown(String(line.dropFirst()), nearest: nearest))
    }

    @Test(
        "a session begins anew when that is said first",
        arguments: ["!start neu Wärmewende", "!start wirklich Wärmewende"])
    func startsAnew(line: String) {
        #expect(read(line) == .start(name: "Wärmewende", anew: true))
        #expect(read("!start neu") == .start(name: nil, anew: true))
        #expect(read("!start Neues Rathaus") == .start(name: "Neues Rathaus"))
    }

    @Test(
        "days that the calendar does not have, and days that are over, have reasons of their own",
        arguments: [
            ("31.2.", Misreading.noSuchDay), ("30. Februar", .noSuchDay), ("2026-02-30", .noSuchDay),
            ("gestern", .pastDate), ("yesterday", .pastDate), ("irgendwann", .badDate), ("3", .badDate),
        ])
    func misreadsDates(day: String, reason: Misreading) {
        #expect(read("!pause bis \(day)") == .incomplete("pause", reason))
    }
}
