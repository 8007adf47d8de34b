import DialogEngine

extension DialogReader {
    /// The shape of an answer: `answer: list`, or a map with the form and what belongs to it.
    mutating func answer(_ field: Field, of question: Question.ID?) -> AnswerShape? {
        guard field.isMapping else {
            guard let form = file.choice(field, of: AnswerShape.Form.self) else { return nil }
            if form == .rows {
                file.error("rows need columns; write a map with form and columns", at: field)
                return nil
            }
            return AnswerShape(form: form)
        }
        let fields = file.fields(
            of: field, ["form", "ordered", "suggested", "sections", "columns", "kinds", "detail", "about"])
        guard let form = file.choice(fields["form"], of: AnswerShape.Form.self) else { return nil }
        let isGood = checkParts(fields, of: form)
        let shape = shape(fields, form: form, question: question)
        return isGood ? shape : nil
    }

    private mutating func shape(_ fields: Fields, form: AnswerShape.Form, question: Question.ID?) -> AnswerShape {
        var names = LabelNames()
        let isOrdered = fields["ordered"].isMissing ? nil : file.flag(fields["ordered"])
        let suggested = fields["suggested"].isMissing ? nil : file.number(fields["suggested"], in: 1...50)
        let sections = labels(fields["sections"], &names)
        let kinds = labels(fields["kinds"], &names)
        let columns = columns(fields["columns"], isRequired: form == .rows)
        let detail = fields["detail"].isMissing ? nil : label(fields["detail"])
        return AnswerShape(
            form: form, isOrdered: isOrdered ?? false, sections: sections, columns: columns, kinds: kinds,
            detail: detail, about: about(fields["about"], of: question), suggestedCount: suggested)
    }

    /// Not every part makes sense with every form.
    private mutating func checkParts(_ fields: Fields, of form: AnswerShape.Form) -> Bool {
        let forms: [(String, [AnswerShape.Form])] = [
            ("ordered", [.list, .rows, .organisations]), ("suggested", [.list, .rows, .organisations]),
            ("sections", [.text, .list, .organisations]), ("columns", [.rows]), ("kinds", [.list, .organisations]),
            ("detail", [.organisations]), ("about", [.organisations]),
        ]
        let wrong = forms.filter { part, allowed in !fields[part].isMissing && !allowed.contains(form) }
        for (part, allowed) in wrong {
            let names = allowed.map(\.rawValue).listed
            file.error("does not go with the form \(form.rawValue), only with \(names)", at: fields.key(part))
        }
        return wrong.isEmpty
    }

    // MARK: Labels

    private mutating func label(_ field: Field) -> AnswerShape.Label? {
        label(file.fields(of: field, ["id", "title"]))
    }

    private mutating func label(_ fields: Fields) -> AnswerShape.Label? {
        let id = file.identifier(fields["id"])
        let title = file.localizedText(fields["title"], in: languages)
        guard let id, let title else { return nil }
        return AnswerShape.Label(id: id, title: title)
    }

    mutating func labels(_ field: Field, _ names: inout LabelNames) -> [AnswerShape.Label] {
        guard !field.isMissing else { return [] }
        let items = file.items(of: field)
        return items.compactMap { item in
            guard let label = label(item) else { return nil }
            if let problem = names.take(label) { file.error(problem, at: item) }
            return label
        }
    }

    private mutating func columns(_ field: Field, isRequired: Bool) -> [AnswerShape.Column] {
        guard isRequired || !field.isMissing else { return [] }
        var names = LabelNames()
        let items = file.items(of: field)
        return items.compactMap { item in
            let fields = file.fields(of: item, ["id", "title", "kind"])
            let kind = fields["kind"].isMissing ? .text : file.choice(fields["kind"], of: AnswerShape.Column.Kind.self)
            guard let label = label(fields) else { return nil }
            if let problem = names.take(label) { file.error(problem, at: item) }
            return kind.map { AnswerShape.Column(label: label, kind: $0) }
        }
    }

    // MARK: References

    private mutating func about(_ field: Field, of question: Question.ID?) -> Question.ID? {
        guard !field.isMissing, let id = file.text(field) else { return nil }
        references.append((question, id, field))
        return id
    }

    /// Looks up what the answers are about, now that every question is known.
    mutating func checkReferences() {
        let ids = places.map(\.id)
        for (from, to, field) in references {
            if !ids.contains(to) {
                file.error("there is no question \"\(to)\"\(suggestion(for: to, in: ids))", at: field)
            } else if from == to {
                file.error("a question cannot be about itself", at: field)
            }
        }
    }
}

/// The labels of one answer: what people type before a colon has to mean one of them only.
struct LabelNames {
    private var owners: [String: String] = [:]

    mutating func take(_ label: AnswerShape.Label) -> String? {
        let names = Set(([label.id] + label.title.all).map(\.folded))
        if let taken = names.sorted().first(where: { owners[$0] != nil }), let owner = owners[taken] {
            return "its id or a title means \"\(owner)\" already"
        }
        for name in names { owners[name] = label.id }
        return nil
    }
}
