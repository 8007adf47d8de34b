import DialogEngine
import Testing
import Wording

@testable import Outcome

@Suite("The worksheet")
struct WorksheetTests {
    @Test(
        "Every question stands there once with its key, in the language that was asked for",
        arguments: [Guide.german, Guide.english])
    func questions(language: Language) throws {
        let dialog = try Guide.dialog()
        let sheet = Worksheet(of: dialog, in: try Guide.phrasebook(language))
        for question in dialog.questions {
            #expect(sheet.text.ranges(of: "<h3>\(question.prompt[language].html)</h3>").count == 1)
            #expect(sheet.text.ranges(of: "<p class=\"key\">\(question.key[language].html):</p>").count == 1)
        }
        #expect(sheet.text.contains(dialog.attribution.html) && sheet.text.contains("lang=\"\(language.rawValue)\""))
    }

    @Test("The questions come in the order that was asked for")
    func order() throws {
        let dialog = try Guide.dialog()
        for order in dialog.orders {
            let text = Worksheet(of: dialog, order: order.id, in: try Guide.phrasebook(Guide.german)).text
            let places = try order.questions.map { id in
                let key = try #require(dialog.question(id)).key[Guide.german]
                return try #require(text.firstRange(of: "<p class=\"key\">\(key.html):</p>")).lowerBound
            }
            #expect(places == places.sorted(), "\(order.id)")
        }
    }

    @Test("The room to write has the shape of the answer")
    func shapes() throws {
        let text = Worksheet(of: try Guide.dialog(), in: try Guide.phrasebook(Guide.german)).text
        #expect(text.contains("<th scope=\"col\">Bis wann</th>") && text.contains("<p class=\"label\">Für wen:</p>"))
        #expect(text.contains("Geld, Platz, Logistik, Vernetzung, Sonstiges"))
        #expect(text.contains("<th scope=\"col\">Ressourcen</th><th scope=\"col\">Wer</th>"))
        #expect(!text.contains("<script") && !text.contains("http://"))
        #expect(
            Worksheet(of: try Guide.dialog(), in: try Guide.phrasebook(Guide.german)).fileName
                == "kommunale-netzwerke-arbeitsblatt.html")
    }
}
