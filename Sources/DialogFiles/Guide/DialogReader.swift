import DialogEngine

/// Reads a guide by the schema of `Dialogs/`, and keeps what is known so far for checks across the file.
struct DialogReader {
    var file: Reading
    let contentHash: String
    var languages: [Language] = []
    /// Where each question stands, under its full id, in the order of the file.
    private(set) var places: [(id: Question.ID, field: Field)] = []
    var keys = QuestionKeys()
    /// The questions that others speak about, looked up when all are known.
    var references: [(from: Question.ID?, to: Question.ID, field: Field)] = []

    init(_ source: SourceText, contentHash: String) {
        file = Reading(source)
        self.contentHash = contentHash
    }

    /// The guide, or nil where something is missing; whether it is good the problems say.
    mutating func dialog() -> Dialog? {
        let fields = file.fields(
            of: file.root,
            [
                "dialog", "version", "languages", "title", "introduction", "about", "closing", "attribution", "steps",
                "orders", "network",
            ])
        let id = dialogID(fields["dialog"])
        let version = file.line(fields["version"])
        languages = languages(fields["languages"], spoken: file.names(of: fields["title"]))
        let title = file.localizedText(fields["title"], in: languages)
        let introduction = file.localizedText(fields["introduction"], in: languages)
        let about = file.localizedText(fields["about"], in: languages)
        let closing = file.localizedText(fields["closing"], in: languages)
        let attribution = file.line(fields["attribution"])
        let steps = steps(fields["steps"])
        checkReferences()
        let orders = orders(fields["orders"])
        let network = network(fields["network"], questions: steps.flatMap(\.questions))
        guard let id, let version, let title, let introduction, let about, let closing, let attribution else {
            return nil
        }
        return Dialog(
            id: id, version: version, contentHash: contentHash, languages: languages, title: title,
            introduction: introduction, about: about, closing: closing, attribution: attribution,
            steps: steps.map(\.step), questions: steps.flatMap(\.questions), orders: orders,
            network: network)
    }

    /// The id is the file's name, so that a guide is found by it.
    private mutating func dialogID(_ field: Field) -> String? {
        guard let id = file.text(field) else { return nil }
        guard id.allSatisfy({ $0.isLowerCaseLetter || $0.isDigit || $0 == "-" }) else {
            file.error("\"\(id)\" is no name for a guide; use lower-case letters a to z, digits and -", at: field)
            return nil
        }
        let name = file.source.name
        if id != name {
            file.error("is \"\(id)\", but the file is called \"\(name)\"; both have to be the same", at: field)
        }
        return id
    }

    /// The languages of the guide.
    ///
    /// - Parameter spoken: those that its title is in. A slip in the list would be a problem of every text; where it is
    ///   clear what is meant, it is one problem.
    private mutating func languages(_ field: Field, spoken: [String]) -> [Language] {
        let items = file.items(of: field)
        let listed = items.map { file.language($0) }
        var languages: [Language] = []
        for (item, language) in zip(items, listed) {
            guard let language else { continue }
            let meant = spoken.contains(language.rawValue) ? nil : language.rawValue.nearest(in: spoken)
            if languages.contains(language) {
                file.error("\(language.rawValue) is listed twice", at: item)
            } else if let meant, !listed.contains(Language(rawValue: meant)) {
                file.error("the title is not in \(language.rawValue); did you mean \"\(meant)\"?", at: item)
                languages.append(Language(rawValue: meant))
            } else {
                languages.append(language)
            }
        }
        return languages
    }

    // MARK: Steps

    private typealias StepWithQuestions = (step: Dialog.Step, questions: [Question])

    private mutating func steps(_ field: Field) -> [StepWithQuestions] {
        let items = file.items(of: field)
        var ids = UniqueNames()
        var steps: [StepWithQuestions] = []
        for item in items {
            let fields = file.fields(of: item, ["id", "title", "sheet_title", "purpose", "questions"])
            let id = file.identifier(fields["id"])
            if let id, let problem = ids.take(id, at: fields["id"]) { file.error(problem, at: fields["id"]) }
            if let id, let problem = keys.reserve(id) { file.error(problem, at: fields["id"]) }
            let title = file.localizedText(fields["title"], in: languages)
            let sheet = fields["sheet_title"]
            let sheetTitle = sheet.isMissing ? nil : file.localizedText(sheet, in: languages)
            let purpose = file.localizedText(fields["purpose"], in: languages)
            let questions = questions(fields["questions"], step: id)
            if let id, let title, let purpose {
                steps.append((Dialog.Step(id: id, title: title, sheetTitle: sheetTitle, purpose: purpose), questions))
            }
        }
        return steps
    }

    private mutating func questions(_ field: Field, step: String?) -> [Question] {
        let items = file.items(of: field)
        var ids = UniqueNames()
        return items.compactMap { item in
            let fields = file.fields(of: item, ["id", "key", "prompt", "help", "example", "internal", "answer"])
            let name = file.identifier(fields["id"])
            if let name, let problem = ids.take(name, at: fields["id"]) { file.error(problem, at: fields["id"]) }
            var id: Question.ID?
            if let step, let name { id = "\(step).\(name)" }
            if let id { places.append((id, fields["id"])) }
            return question(fields, id: id, step: step)
        }
    }
}

extension SourceText {
    /// The file's name without folders and `.yaml`.
    package var name: String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return last.hasSuffix(".yaml") ? String(last.dropLast(5)) : last
    }
}
