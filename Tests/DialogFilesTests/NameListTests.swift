import DialogFiles
import Foundation
import Testing

@testable import DialogEngine

/// Names and lists of names as towns write them, read by the words of the shipped guide.
@Suite("One organisation or several")
struct NameListTests {
    private static let dialog = Result {
        let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return try DialogFile.read("\(top)/Dialogs/kommunale-netzwerke.yaml")
    }

    private func reading(at id: Question.ID = "alliances.current_partners") throws -> OrganisationReading {
        let dialog = try Self.dialog.get()
        let question = try #require(dialog.question(id))
        return try #require(OrganisationReading(question, in: dialog))
    }

    static let names = [
        "Dezernat für Bau, Umwelt und Verkehr", "Amt für Straßen-, Grünflächen- und Gewässerunterhaltung",
        "Amt für Brand- und Katastrophenschutz", "Amt für Landwirtschaft, Flurneuordnung und Forsten Süd",
        "Fachbereich Schule, Kultur und Sport", "Fachbereich 4 Bildung, Soziales und Jugend",
        "Fachdienst Umwelt, Natur und Klimaschutz", "Referat 42: Wasser", "Referat Stadtgrün und Gewässer",
        "Stabsstelle Klima, Energie und Mobilität", "Sachgebiet Abwasser, Gewässer und Bodenschutz",
        "Landratsamt Musterow (Umwelt, Bau)", "Landesamt für Umwelt, Naturschutz und Geologie",
        "Bundesministerium für Umwelt, Naturschutz, nukleare Sicherheit und Verbraucherschutz",
        "Ministerium des Inneren, für Digitalisierung und Kommunen",
        "Ministerium für Ernährung, Ländlichen Raum und Verbraucherschutz", "Wasser- und Bodenverband Obere Musterach",
        "Zweckverband Wasserversorgung und Abwasserbeseitigung Musterow", "Eigenbetrieb Stadtentwässerung",
        "Eigenbetrieb Grün-, Forst- und Friedhofswesen", "Abfallwirtschafts- und Stadtreinigungsbetrieb",
        "Verbandsgemeinde Musterow-Land", "Stadtwerke Musterow GmbH & Co. KG", "Stadtwerke Musterow, GmbH",
        "Haus- und Grundbesitzerverein Musterow e. V.", "Kinder- und Jugendhilfe gGmbH",
        "Bürgerinitiative „Rettet den Park, den Teich und die Bäume“", "Initiative »Wasser, Boden, Luft«",
        "Bürgerstiftung (Umwelt, Soziales)", "Hinz & Kunzt gGmbH", "Garten- und Landschaftsbau Meier",
        "Garten und Landschaftsbau Meier GmbH", "Evangelische Kirchengemeinde St. Peter und Paul",
        "Katholische Pfarrei Heilige Anna, Maria und Josef e. V.", "Gewerkschaft Erziehung und Wissenschaft",
        "Förderverein der Kita Sonnenschein e. V.", "Verein zur Förderung der Jugend", "Kita/Hort Pusteblume",
        "Netzwerk 50+", "1. FC Musterow 1911 e. V.", "Zukunft:Land e. V.", "THW Ortsverband Musterow",
        "Institut für Stadt- und Regionalentwicklung", "Amt 66", "Holzbau und -handel Krause",
        "Anstalt 10,5 Hektar", "Department for Building, Environment and Transport",
        "Ministry of Food, Farming and Fisheries", "Division Roads, Parks and Waters", "Friends of the Earth",
    ]

    @Test("A name with commas, hyphens, brackets, signs and numbers is one organisation", arguments: names)
    func oneName(_ name: String) throws {
        let dialog = try Self.dialog.get()
        let question = try #require(dialog.question("alliances.current_partners"))
        // The colon of a name parts it from what is said of it, unless it is in quotation marks.
        let typed = name.contains(": ") ? "»\(name)«" : name
        #expect(dialog.entries(in: typed, of: question).map(\.text) == [name])
    }

    static let lists: [(text: String, names: [String])] = [
        ("Stadtwerke, Bauhof, Feuerwehr", ["Stadtwerke", "Bauhof", "Feuerwehr"]),
        ("Stadtwerke; Bauhof", ["Stadtwerke", "Bauhof"]), ("A; B", ["A", "B"]), ("A, B", ["A", "B"]),
        ("A, B und C", ["A", "B", "C"]), ("A, B, und C", ["A", "B", "C"]), ("A, B and C", ["A", "B", "C"]),
        ("A, B, and C", ["A", "B", "C"]), ("Stadtwerke,Bauhof,Feuerwehr", ["Stadtwerke", "Bauhof", "Feuerwehr"]),
        ("Stadtwerke, Bauhof und Feuerwehr", ["Stadtwerke", "Bauhof", "Feuerwehr"]),
        ("Stadtwerke, der Bauhof sowie die Feuerwehr", ["Stadtwerke", "der Bauhof", "die Feuerwehr"]),
        ("die Stadtwerke und die Feuerwehr", ["die Stadtwerke", "die Feuerwehr"]),
        ("Anwohner, Händler", ["Anwohner", "Händler"]),
        ("Anwohner, Händler und Gäste", ["Anwohner", "Händler", "Gäste"]),
        ("BUND, NABU und THW", ["BUND", "NABU", "THW"]), ("stadtwerke, bauhof", ["stadtwerke", "bauhof"]),
        ("Stadtwerke\nBauhof\nFeuerwehr", ["Stadtwerke", "Bauhof", "Feuerwehr"]),
        ("1. Stadtwerke\n2. Bauhof", ["Stadtwerke", "Bauhof"]),
        ("1. Stadtwerke 2. Bauhof 3. BUND", ["Stadtwerke", "Bauhof", "BUND"]),
        ("1) Stadtwerke; 2) Bauhof", ["Stadtwerke", "Bauhof"]), ("- Stadtwerke\n- Bauhof", ["Stadtwerke", "Bauhof"]),
        ("• Stadtwerke\n• Amt für Bau, Umwelt und Verkehr", ["Stadtwerke", "Amt für Bau, Umwelt und Verkehr"]),
        ("Amt für Umwelt, Stadtwerke, Feuerwehr", ["Amt für Umwelt", "Stadtwerke", "Feuerwehr"]),
        ("Amt für Umwelt, Stadtwerke und Feuerwehr", ["Amt für Umwelt", "Stadtwerke", "Feuerwehr"]),
        ("Amt für Umwelt, Dezernat für Bau und Verkehr", ["Amt für Umwelt", "Dezernat für Bau und Verkehr"]),
        ("Stadtwerke, Dezernat für Bau, Umwelt und Verkehr", ["Stadtwerke", "Dezernat für Bau, Umwelt und Verkehr"]),
        ("Dezernat für Bau, Umwelt und Verkehr, Stadtwerke", ["Dezernat für Bau, Umwelt und Verkehr", "Stadtwerke"]),
        ("Wasser- und Bodenverband, Stadtwerke", ["Wasser- und Bodenverband", "Stadtwerke"]),
        ("Bauamt, Ordnungsamt und Jugendamt", ["Bauamt", "Ordnungsamt", "Jugendamt"]),
        ("Freunde der Erde, Greenpeace", ["Freunde der Erde", "Greenpeace"]),
        ("Förderverein der Grundschule, Anwohner", ["Förderverein der Grundschule", "Anwohner"]),
        ("Sportverein Musterow e. V., Bauhof", ["Sportverein Musterow e. V.", "Bauhof"]),
        ("Stadtwerke Musterow GmbH, Meier GmbH", ["Stadtwerke Musterow GmbH", "Meier GmbH"]),
        ("Initiative „Park, Platz“, Bauhof", ["Initiative „Park, Platz“", "Bauhof"]),
        ("\"Netz, Land\"; Bauhof", ["Netz, Land", "Bauhof"]), ("»Netz, Land«, Bauhof", ["Netz, Land", "Bauhof"]),
        ("Stadtwerke (Strom, Gas), Bauhof", ["Stadtwerke (Strom, Gas)", "Bauhof"]),
        ("Kirchengemeinde St. Peter und Paul, Caritas", ["Kirchengemeinde St. Peter und Paul", "Caritas"]),
        ("Schule, Kita und Hort", ["Schule", "Kita", "Hort"]),
        ("Bauhof (alt, Stadtwerke", ["Bauhof (alt", "Stadtwerke"]),
        ("Kita, Bäckerei Krause und Volkshochschule", ["Kita", "Bäckerei Krause", "Volkshochschule"]),
        ("the Council, the Fire Brigade and the School", ["the Council", "the Fire Brigade", "the School"]),
        ("Friends of the School, Greenpeace", ["Friends of the School", "Greenpeace"]),
    ]

    @Test("A list is as many organisations as it has, and nothing is asked", arguments: lists)
    func severalNames(text: String, names: [String]) throws {
        let dialog = try Self.dialog.get()
        let question = try #require(dialog.question("alliances.current_partners"))
        #expect(dialog.entries(in: text, of: question).map(\.text) == names)
        #expect(try reading().doubts(in: text).isEmpty)
    }

    static let doubts: [(text: String, several: String)] = [
        ("Anwohner und Händler", "Anwohner; Händler"), ("Stadtwerke und Bauhof", "Stadtwerke; Bauhof"),
        ("Amt für Bau, Umwelt", "Amt für Bau; Umwelt"), ("Sonne, Mond und Sterne e. V.", "Sonne; Mond; Sterne e. V."),
        ("Müller, Meier & Partner", "Müller; Meier & Partner"),
        ("Pfarrei St. Anna, Maria und Josef e. V.", "Pfarrei St. Anna; Maria; Josef e. V."),
        ("Verein für Kunst, Kultur und Natur", "Verein für Kunst; Kultur; Natur"),
        ("Amt für Umwelt, Feuerwehr und Verkehr", "Amt für Umwelt; Feuerwehr; Verkehr"),
        ("IG Bau; Amt für Schule und Feuerwehr", "IG Bau; Amt für Schule; Feuerwehr"),
        ("Bauhof: Zeit; Land und Leute: Geld", "Bauhof: Zeit; Land: Geld; Leute: Geld"),
    ]

    @Test("What is doubtful stays one, and what to type if it is several is told", arguments: doubts)
    func asks(text: String, several: String) throws {
        #expect(try reading().doubts(in: text).map(\.text) == [several])
        #expect(try reading().doubts(in: several).isEmpty)
        #expect(try reading().entries(in: text).count < reading().entries(in: several).count)
    }

    @Test("Names that are plain are not asked about", arguments: names.prefix(24))
    func isQuiet(_ name: String) throws {
        #expect(try reading().doubts(in: name.contains(": ") ? "»\(name)«" : name).isEmpty)
    }

    static let oddities = [
        "Netz: Land", "A, B", "A; B", "A und B", "„Park“", "\"x\"; y", "Netzwerk", "a (b", "a: ", "»«", "1. A 2. B",
        "- A",
        "A\nB", "Zukunft:Land", "„A, B", "“„»«\"",
    ]

    @Test("A name that is written down as a part is read back as that part", arguments: names + oddities)
    func comesBack(_ name: String) throws {
        let reading = try reading(at: "alliances.tasks")
        for detail in ["", ": Technik: Rohre"] {
            let read = reading.entries(in: reading.spelled(name) + detail)
            let plain = name.replacing("\n", with: " ")
            #expect(read.map(\.text.folded) == [plain.folded])
            #expect(read.map(\.kind) == [detail.isEmpty ? nil : "technology"])
            #expect(read.allSatisfy { $0.section == nil })
        }
    }
}
