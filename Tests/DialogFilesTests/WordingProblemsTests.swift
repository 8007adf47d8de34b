import DialogEngine
import Testing
import Wording

@testable import DialogFiles

@Suite("Problems of wording")
struct WordingProblemsTests {
    @Test("The sample is good and has everything in it")
    func sample() throws {
        let phrasebook = try WordingFile.check(Array(WordingSample.text("de").utf8), file: "w/de.yaml").get()
        #expect(phrasebook.phrases.count == Phrase.allCases.count)
        #expect(phrasebook.verbs.count == Verb.allCases.count)
        #expect(phrasebook.words.count == Word.allCases.count)
        #expect(phrasebook.terms.count == Term.allCases.count)
        #expect(phrasebook.formats.numbers == [nil, "eins"])
        #expect(phrasebook.formats.greetings == [5: "Morgen"])
    }

    @Test("Every missing phrase, verb, word and term is named")
    func missing() {
        let text = WordingSample.text("de")
        let kept = text.split(separator: "\n").filter { line in
            !["  noted: p", "  agreed: p", "  minutes: t"].contains(line) && !line.hasPrefix("  status: {")
                && !line.hasPrefix("  tomorrow:")
        }
        let problems = WordingFile.check(Array(kept.joined(separator: "\n").utf8), file: "de.yaml").problems
        #expect(
            problems.map { "\($0.path): \($0.what)" } == [
                "words.tomorrow: is missing", "verbs.status: is missing", "phrases.noted: is missing",
                "phrases.agreed: is missing", "terms.minutes: is missing",
            ])
    }

    static let breakages: [Breakage] = [
        Breakage("  noted: p", "  notd: p", "3: phrases.notd: unknown key; did you mean \"noted\"?"),
        Breakage(
            "  noted: p", "  noted: \"Ü {ids} {x}\"",
            "13: phrases.noted: unknown slot {ids}; did you mean {id}? (this phrase has {id})",
            "19: phrases.noted: unknown slot {x} (this phrase has {id})"),
        Breakage("  noted: p", "  noted: \"{id\"", "10: phrases.noted: a brace { is not closed"),
        Breakage(
            "  isRunning: p", "  isRunning: \"{id}\"",
            "15: phrases.isRunning: unknown slot {id} (nothing is filled in here)"),
        Breakage(
            "  isRunning: p", "  isRunning: {one: a, other: b}",
            "14: phrases.isRunning: counts nothing, so it has one form only"),
        Breakage("  timeboxSet: p", "  timeboxSet: {one: a}", "15: phrases.timeboxSet.other: is missing"),
        Breakage(
            "  timeboxSet: p", "  timeboxSet: {one: a, othr: \"{count}\"}",
            "24: phrases.timeboxSet.othr: unknown key; did you mean \"other\"?"),
        Breakage(
            "  status: {call: [status], usage: u, help: h}",
            "  status: {call: [\"!status\", \"a b\", \"?\"], usage: u, help: h}",
            "19: verbs.status.call[0]: write the word without the !",
            "30: verbs.status.call[1]: \"a b\" is not one word", "37: verbs.status.call[2]: \"?\" is no word"),
        Breakage(
            "  status: {call: [status], usage: u, help: h}", "  status: {call: [RECAP], usage: u}",
            "11: verbs.status.help: is missing", "18: verbs.recap.call[0]: \"recap\" means status already (line N)"),
        Breakage(
            "  contribute: {call: [contribute], usage: u, help: h}", "  contribute: {call: [\"+\"], usage: u, help: h}"),
        Breakage("  time: HH:mm", "  time: h:mm", "9: formats.time: h needs an a for the half of the day"),
        Breakage(
            "  day: dd.MM.yyyy", "  day: DD.MM.YYYY",
            "8: formats.day: \"DD\" is no part of a date here; use d, dd, M, MM, MMM and yyyy"),
        Breakage("  day: dd.MM.yyyy", "  day: dd.MM.", "8: formats.day: lacks the year"),
        Breakage(
            "  day_with_time: \"{day}, {time}\"", "  day_with_time: \"{day} um {tim}\"",
            "28: formats.day_with_time: unknown slot {tim}; did you mean {time}? (this phrase has {day} and {time})"),
        Breakage("  quoted: \"»{text}«\"", "  quoted: \"»«\"", "11: formats.quoted: lacks {text}"),
        Breakage(
            "  greetings: {5: Morgen}", "  greetings: {24: Morgen, x: y}",
            "15: formats.greetings.24: \"24\" is no hour; use 0 to 23",
            "27: formats.greetings.x: \"x\" is no hour; use 0 to 23"),
        Breakage(
            "  month_names: [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11]", "  month_names: [w0]",
            "16: words.month_names: has 1 words; it needs 12, in their order"),
        Breakage(
            "language: de", "language: en",
            "11: language: is \"en\", but the file is called \"de\"; both have to be the same"),
        Breakage("called: [de]", "called: [de, DE]", "14: called[1]: \"DE\" is listed already in line N"),
    ]

    @Test("Each rule of wording has its problem at its place", arguments: breakages)
    func rule(breakage: Breakage) {
        #expect(WordingSample.text("de").split(separator: "\n").contains { $0 == breakage.old })
        #expect(WordingSample.problems(replacing: breakage.old, with: breakage.new) == breakage.problems)
    }

    @Test("A verb keeps its sign: mod+, mod- and mod? are three words")
    func signs() {
        let text = WordingSample.text("de")
            .replacing("call: [add_facilitator]", with: "call: [\"mod+\"]")
            .replacing("call: [remove_facilitator]", with: "call: [\"mod-\"]")
            .replacing("call: [list_facilitators]", with: "call: [\"mod?\", mod]")
        #expect(WordingFile.check(Array(text.utf8), file: "de.yaml").problems == [])
    }

    @Test("Across languages a word means one verb, and each file has its own language")
    func clashes() {
        let de = WordingSample.text("de")
        let en = WordingSample.text("en").replacing("call: [status]", with: "call: [OPEN-ITEMS]")
            .replacing("call: [open_items]", with: "call: [open]").replacing("called: [en]", with: "called: [en, de]")
        let sources = [("w/de.yaml", de), ("w/en.yaml", en), ("v/de.yaml", de)].map {
            SourceText(Array($1.utf8), file: $0)
        }
        let checked = WordingFiles.check(sources)
        #expect(checked.value == nil)
        #expect(
            checked.problems.map { "\($0.file): \($0.path): \($0.whatWithoutLines)" } == [
                "w/en.yaml: called[1]: chooses the language of w/de.yaml already",
                "w/en.yaml: verbs.status.call[0]: \"OPEN-ITEMS\" means open_items in w/de.yaml:N; choose another word",
                "v/de.yaml: language: de is the language of w/de.yaml already",
                "v/de.yaml: called[0]: chooses the language of w/en.yaml already",
                "v/de.yaml: verbs.open_items.call[0]: \"open_items\" means status in w/en.yaml:N; choose another word",
            ])
    }
}
