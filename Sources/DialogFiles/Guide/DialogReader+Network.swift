import DialogEngine

extension DialogReader {
    /// What the questions collect for a network; read when all of them are known.
    mutating func network(_ field: Field, questions: [Question]) -> NetworkGuide? {
        guard !field.isMissing else { return nil }
        let fields = file.fields(
            of: field,
            [
                "mission", "resources", "steps", "hurdles", "positions", "tasks", "benefits", "spheres", "formats",
                "factors", "names",
            ])
        let spheres = networkLabels(fields["spheres"])
        let organisations: Set<AnswerShape.Form> = [.organisations]
        let resources = question(fields["resources"], [.list], questions)
        return NetworkGuide(
            mission: question(fields["mission"], [.text], questions)?.id, resources: resources?.id,
            steps: question(fields["steps"], [.rows, .list], questions)?.id,
            hurdles: question(fields["hurdles"], [.rows], questions)?.id,
            positions: positions(fields["positions"], resources: resources, questions),
            tasks: question(fields["tasks"], organisations, questions)?.id,
            benefits: question(fields["benefits"], organisations, questions)?.id, spheres: spheres,
            formats: networkLabels(fields["formats"]), factors: factors(fields["factors"], spheres, questions),
            names: names(fields["names"], opponents: fields["positions"]))
    }

    /// The question that a part of the network names; it has to have one of `forms`.
    private mutating func question(
        _ field: Field, _ forms: Set<AnswerShape.Form>, _ questions: [Question]
    ) -> Question? {
        guard !field.isMissing, let id = file.text(field) else { return nil }
        guard let question = questions.first(where: { $0.id == id }) else {
            let known = questions.map(\.id)
            file.error("there is no question \"\(id)\"\(suggestion(for: id, in: known))", at: field)
            return nil
        }
        guard forms.contains(question.answer.form) else {
            let allowed = forms.map(\.rawValue).sorted().listed
            file.error("\(id) has the form \(question.answer.form.rawValue); this needs \(allowed)", at: field)
            return nil
        }
        return question
    }

    private mutating func positions(
        _ field: Field, resources: Question?, _ questions: [Question]
    ) -> [NetworkPosition: Question.ID] {
        guard !field.isMissing else { return [:] }
        let fields = file.fields(of: field, NetworkPosition.allCases.map(\.rawValue))
        var positions: [NetworkPosition: Question.ID] = [:]
        for position in NetworkPosition.allCases {
            let place = fields[position.rawValue]
            guard let question = question(place, [.organisations], questions) else { continue }
            if positions.values.contains(question.id) {
                file.error("\(question.id) asks for another position already", at: place)
            }
            check(question, as: position, resources: resources, at: place)
            positions[position] = question.id
        }
        return positions
    }

    private mutating func check(
        _ question: Question, as position: NetworkPosition, resources: Question?, at field: Field
    ) {
        if position == .opponent, !question.isInternal {
            file.error(
                "what is said about opponents stays in the group: \(question.id) needs internal: true", at: field)
        }
        if position == .holder, question.answer.about != resources?.id {
            let wanted = resources.map { "about: \($0.id)" } ?? "resources beside it"
            file.error("who can bring what is asked about the resources: \(question.id) needs \(wanted)", at: field)
        }
    }

    /// The words of names; where opponents are asked for, persons have to be told from organisations.
    private mutating func names(_ field: Field, opponents positions: Field) -> NameWords? {
        guard !field.isMissing else {
            if file.names(of: positions).contains(NetworkPosition.opponent.rawValue) {
                file.error(
                    "what is said about opponents names no persons: beside it, network needs names with addresses",
                    at: positions)
            }
            return nil
        }
        let fields = file.fields(
            of: field, ["articles", "links", "legal_forms", "describing_endings", "addresses", "lists"])
        return NameWords(
            articles: nameWords(fields["articles"]), links: nameWords(fields["links"]),
            legalForms: nameWords(fields["legal_forms"]), describingEndings: nameWords(fields["describing_endings"]),
            addresses: nameWords(fields["addresses"]), lists: listWords(fields["lists"]))
    }

    private mutating func listWords(_ field: Field) -> NameWords.Lists? {
        guard !field.isMissing else { return nil }
        let fields = file.fields(of: field, ["conjunctions", "topics", "offices", "organisations"])
        return NameWords.Lists(
            conjunctions: nameWords(fields["conjunctions"]), topics: nameWords(fields["topics"]),
            offices: nameWords(fields["offices"]), organisations: nameWords(fields["organisations"]))
    }

    private mutating func nameWords(_ field: Field) -> [String] {
        var known: Set<String> = []
        return file.items(of: field).compactMap { item in
            guard let word = file.text(item) else { return nil }
            if word.folded.isEmpty || word.contains(where: \.isWhitespace) {
                file.error("\"\(word)\" is not one word", at: item)
            } else if !known.insert(word.folded).inserted {
                file.error("\"\(word)\" is listed twice", at: item)
            }
            return word
        }
    }

    private mutating func networkLabels(_ field: Field) -> [AnswerShape.Label] {
        var names = LabelNames()
        return labels(field, &names)
    }

    private mutating func factors(
        _ field: Field, _ spheres: [AnswerShape.Label], _ questions: [Question]
    ) -> [SuccessFactor] {
        guard !field.isMissing else { return [] }
        let known = questions.map(\.id)
        var ids = UniqueNames()
        return file.items(of: field).compactMap { item in
            let fields = file.fields(of: item, ["id", "title", "questions", "sphere"])
            let id = file.identifier(fields["id"])
            if let id, let problem = ids.take(id, at: fields["id"]) { file.error(problem, at: fields["id"]) }
            let title = file.localizedText(fields["title"], in: languages)
            let evidence = file.items(of: fields["questions"]).compactMap { file.name($0, in: known) }
            let sphere = fields["sphere"].isMissing ? nil : file.name(fields["sphere"], in: spheres.map(\.id))
            guard let id, let title else { return nil }
            return SuccessFactor(id: id, title: title, questions: evidence, sphere: sphere)
        }
    }
}

extension Reading {
    /// One of `names`.
    fileprivate mutating func name(_ field: Field, in names: [String]) -> String? {
        guard let name = text(field) else { return nil }
        if names.contains(name) { return name }
        error("there is no \"\(name)\"\(suggestion(for: name, in: names))", at: field)
        return nil
    }
}
