import Foundation
import Testing

/// The evening of the Stadtbäume group, played by IRC clients of four people, each line awaited.
struct Scenario {
    static let room = "#stadtbaeume"

    /// The chat as everybody in the room sees it, apart from what depends on the day it is played on.
    ///
    /// `{greeting}` and the dates stand for what depends on the clock; see ``line(_:)``.
    private static let chat = """
        <anna> !start Stadtbäume
        <lotse> {greeting}. Ich führe Sie in vier Schritten durch den »Leitfaden kommunale Netzwerke«.
        <lotse> Beiträge beginnen mit +, Unklares mit ?, alles andere bleibt Gespräch und wird nicht gespeichert. Mehr: !hilfe
        <lotse> Ich speichere Beiträge mit Namen und Zeit bis zum {retention}. Auskunft: !meinedaten · Löschen: !vergissmich
        <lotse> Schritt 1 von 4 · Innovation beschreiben · Frage »problem«
        <lotse> Welches Problem wollen wir lösen? Und für wen?
        -lotse- Vorschlag: Erst schreiben alle für sich, was das Problem ist, dann sehen wir es nebeneinander: !still 5, danach !aufdecken
        <bernd> + Junge Bäume vertrocknen, wir gießen mit Trinkwasser.
        -lotse- B1 notiert.
        <dirk> + Bei Starkregen läuft der Kanal in der Schulstraße über.
        -lotse- B2 notiert.
        <anna> = Regenwasser wird abgeleitet und fehlt im Sommer den jungen Bäumen.
        <lotse> Vorschlag zu »problem« von anna: Regenwasser wird abgeleitet und fehlt … · !ok, !einwand Grund oder !enthaltung
        <bernd> !ok
        <dirk> !einwand »abgeleitet« klingt nach einem Fehler des Zweckverbands, das ist Satzungslage
        <anna> s/wird abgeleitet/wird nach geltender Satzung abgeleitet/
        -lotse- Geändert. Die Zustimmung von bernd galt der alten Fassung: bernd, dirk, bitte noch einmal.
        <bernd> !ok
        <dirk> !ok
        <anna> !beschluss
        <lotse> »problem« ist vereinbart (anna, bernd, dirk).
        <lotse> Das ist unsere gemeinsame Mission. Ich wiederhole sie zu Beginn jedes Schritts.
        <anna> !gehe recht
        <lotse> Schritt 2 von 4 · Umsetzung vorbereiten · Frage »recht« (»innovation«, »veränderung«, »alltag« bleiben offen: !stand)
        <lotse> Unsere gemeinsame Mission: Regenwasser wird nach geltender Satzung abgeleitet und fehlt im Sommer den jungen Bäumen.
        <lotse> Gibt es rechtliche Hürden?
        <dirk> ? Reicht eine Befreiung nach Satzung oder braucht es eine Erlaubnis der Wasserbehörde?
        <lotse> K1 ist offen. Wer fragt wen bis wann? Zum Beispiel: !experte K1 Untere Wasserbehörde bis {suggested}
        <dirk> !experte K1 Untere Wasserbehörde bis {typed}
        -lotse- K1: dirk fragt »Untere Wasserbehörde« bis {due}. Ich erinnere Sie am {reminder}
        """

    /// What only the newcomer sees.
    private static let welcome =
        """
        Willkommen. Unsere gemeinsame Mission: »Regenwasser wird nach geltender Satzung abgeleitet und fehlt im Sommer den \
        jungen Bäumen.«. »problem« ist vereinbart. Gerade geht es um »recht«, offen ist K1. Was bisher geschah: !überblick
        """

    /// The same on a network that lets few lines through: one line, and what else there is to know comes with !mehr.
    private static let briefWelcome =
        """
        Willkommen. Gerade geht es um »recht«, offen ist K1. Im Raum beginnen Beiträge mit +, Unklares mit ?. Gespeichert wird \
        mit Namen bis {retention}. Mehr dazu: !mehr · Was bisher geschah: !überblick
        """

    /// Plays the evening on `port`, where the bot is in the room or about to come.
    ///
    /// - Parameter isPaced: whether it is a network, on which the bot says little.
    static func play(port: Int, isPaced: Bool = false) async throws {
        var people: [String: ChatClient] = [:]
        for name in ["anna", "bernd", "dirk"] {
            let client = try await ChatClient(name, port: port)
            try await client.join(room, with: "lotse")
            people[name] = client
        }
        let anna = try #require(people["anna"])
        for name in ["bernd", "dirk"] { _ = await anna.line { $0.verb == "JOIN" && $0.sender == name } }
        for (number, expected) in chat.split(separator: "\n").map(String.init).enumerated() {
            try await step(line(expected), number: number, people, anna)
        }
        let ceyda = try await ChatClient("ceyda", port: port)
        try await ceyda.join(room)
        #expect(await anna.line() { $0.verb == "JOIN" }?.sender == "ceyda")
        let greeting = await ceyda.line { $0.sender == "lotse" && $0.target == "ceyda" }
        #expect(greeting?.text == (isPaced ? line(briefWelcome) : welcome))
        // Nothing that was said to the newcomer alone, or too late, stands in the room.
        #expect(try await anna.barrier().filter { $0.target == room } == [])
    }

    /// Says a person's line and waits until it was dealt with, or reads a line of the bot.
    private static func step(
        _ line: String, number: Int, _ people: [String: ChatClient], _ anna: ChatClient
    ) async throws {
        let name = line.dropFirst().prefix { $0 != ">" && $0 != "-" }
        guard name != "lotse" else {
            let heard = await anna.line { $0.target == room }
            #expect(heard.map(shown) == line, "line \(number + 1)")
            return
        }
        let person = try #require(people[String(name)])
        let text = String(line.dropFirst(name.count + 3))
        try await person.say(text, in: room)
        if name != "anna" {
            let heard = await anna.line { $0.target == room }
            #expect(heard.map(shown) == line, "line \(number + 1)")
        }
        // A vote is acknowledged to the voter alone.
        if text.hasPrefix("!ok") || text.hasPrefix("!einwand") {
            let reply = await person.line { $0.sender == "lotse" && $0.target == name }
            #expect(reply?.text.hasSuffix("zu »problem« ist notiert.") == true)
        }
    }

    private static func shown(_ line: ChatLine) -> String {
        line.verb == "NOTICE" ? "-\(line.sender)- \(line.text)" : "<\(line.sender)> \(line.text)"
    }

    // MARK: The day

    private static let calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: Program.timeZone) ?? .gmt
        return calendar
    }()

    /// `template` as it reads today.
    ///
    /// The time for the expert ends on a day named with its month, so that it means the same wherever in the year the
    /// test runs; ten days ahead is what the bot itself suggests.
    private static func line(_ template: String, now: Date = Date()) -> String {
        let days = [10, 9].compactMap { calendar.date(byAdding: .day, value: $0, to: now) }
        let month = calendar.dateInterval(of: .month, for: now)?.start ?? now
        let retention = calendar.date(byAdding: DateComponents(month: 7, second: -1), to: month) ?? now
        let hour = calendar.component(.hour, from: now)
        let greeting = (5..<11).contains(hour) ? "Guten Morgen" : (11..<18).contains(hour) ? "Guten Tag" : "Guten Abend"
        let values = [
            "{greeting}": greeting, "{retention}": day(retention, "%02d.%02d.%d"),
            "{suggested}": day(days[0], "%d.%d."), "{typed}": day(days[0], "%d.%d."),
            "{due}": day(days[0], "%02d.%02d.%d"), "{reminder}": day(days[1], "%02d.%02d."),
        ]
        return values.reduce(template) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }

    private static func day(_ date: Date, _ format: String) -> String {
        let parts = calendar.dateComponents([.day, .month, .year], from: date)
        return String(format: format, parts.day ?? 0, parts.month ?? 0, parts.year ?? 0)
    }
}
