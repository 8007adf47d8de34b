// What is said about opponents: no names of people, and gone before the rest.

extension Turn {
    /// Refuses to keep a text at the question about opponents that calls a person by her name.
    mutating func refusesPerson(in text: String, at question: Question) -> Bool {
        guard question.id == session.concernsQuestion?.id else { return false }
        let names = session.people.filter { !$0.isForgotten }.map(\.name)
        guard PersonalName.isIn(text, of: names) else { return false }
        refuse(.noPersonalNames, [.question: .key(question)])
        return true
    }

    /// Erases the concerns when their date has come, also after the session's end.
    mutating func eraseConcernsWhenDue() {
        guard let due = session.concernsDue, due <= at, let question = session.concernsQuestion else { return }
        erasing = session.erasureOfConcerns
        record(.concernsErased)
        if session.state == .running || session.state == .paused { say(.concernsErased, [.question: .key(question)]) }
    }
}
