// What is said about opponents: no names of people, and gone before the rest.

extension Turn {
    /// Refuses to keep a text at a question about opponents that calls a person by her name.
    mutating func refusesPerson(in text: String, at question: Question) -> Bool {
        guard session.concernsQuestions.contains(question.id) else { return false }
        let addresses = session.guides.flatMap { $0.network?.names?.addresses ?? [] }
        guard PersonalName.isIn(text, of: session.derived.people, behind: addresses) else { return false }
        refuse(.noPersonalNames, [.question: .key(question)])
        return true
    }

    /// Erases the concerns when their date has come, also after the session's end.
    mutating func eraseConcernsWhenDue() {
        guard let due = session.concernsDue, due <= at else { return }
        let questions = session.dialog.allQuestions.filter { session.concernsQuestions.contains($0.id) }
        erasing = session.erasureOfConcerns
        record(.concernsErased)
        guard session.state == .running || session.state == .paused else { return }
        for question in questions { say(.concernsErased, [.question: .key(question)]) }
    }
}
