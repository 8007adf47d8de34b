import DialogEngine

extension DialogReader {
    mutating func orders(_ field: Field) -> [Dialog.Order] {
        let items = file.items(of: field)
        var ids = UniqueNames()
        return items.compactMap { item in
            let fields = file.fields(of: item, ["id", "title", "questions"])
            let id = file.identifier(fields["id"])
            if let id, let problem = ids.take(id, at: fields["id"]) { file.error(problem, at: fields["id"]) }
            let title = file.localizedText(fields["title"], in: languages)
            let questions = sequence(fields["questions"])
            guard let id, let title else { return nil }
            return Dialog.Order(id: id, title: title, questions: questions)
        }
    }

    /// Every question of the guide exactly once.
    private mutating func sequence(_ field: Field) -> [Question.ID] {
        let known = places.map(\.id)
        var names = UniqueNames()
        var listed: [Question.ID] = []
        for item in file.items(of: field) {
            guard let id = file.text(item) else { continue }
            if !known.contains(id) {
                file.error("there is no question \"\(id)\"\(suggestion(for: id, in: known))", at: item)
            } else if let problem = names.take(id, at: item) {
                file.error(problem, at: item)
            } else {
                listed.append(id)
            }
        }
        let missing = known.filter { !listed.contains($0) }
        if !listed.isEmpty, !missing.isEmpty { file.error("lacks \(missing.listed)", at: field) }
        return listed
    }
}
