import DialogEngine
import FoundationEssentials

extension Report {
    /// A date that is no more: whatever had it was withdrawn, replaced or lost its date.
    ///
    /// Its text is gone from the outcome; calendars need its id to strike it out.
    struct FormerDate {
        let id: String
        let due: DueDate
        let revision: Int
    }
}

/// The rows of contributions, by which those of a joint wording are found again.
struct KnownRows {
    private var rows: [(text: String, id: String)]

    init(_ contributions: [Contribution], of shape: AnswerShape) {
        guard shape.form == .rows else {
            rows = []
            return
        }
        rows = contributions.filter { !$0.isWithdrawn && !$0.isHidden }.flatMap { contribution in
            shape.entries(in: contribution.text).enumerated().map {
                ($1.text.lowercased(), "\(contribution.id)-\($0 + 1)")
            }
        }
    }

    /// The id of the first row of the same words, which nothing else gets then.
    mutating func take(_ entry: Entry) -> String? {
        guard let index = rows.firstIndex(where: { $0.text == entry.text.lowercased() }) else { return nil }
        return rows.remove(at: index).id
    }
}

extension ReportBuilder {
    /// What earlier calendars may hold and `questions`, tasks, open points and contacts no longer do.
    func formerDates(in questions: [Report.Question]) -> [Report.FormerDate] {
        let told = questions.filter { !$0.isMasked }
        return withdrawnRecords(at: Set(told.map(\.id))) + told.flatMap(formerRows) + formerContacts
    }

    private func withdrawnRecords(at told: Set<Question.ID>) -> [Report.FormerDate] {
        let points = session.openPoints.filter { $0.isWithdrawn && told.contains($0.question) }
            .map { ($0.id, $0.due, $0.changedSeq) }
        let actions = session.actions.filter(\.isWithdrawn).map { ($0.id, $0.due, $0.changedSeq) }
        return (points + actions).compactMap { id, due, revision in
            due.map { Report.FormerDate(id: id.description, due: $0, revision: revision) }
        }
    }

    /// Rows of contributions that were dated and do not stand in the present answer with a date.
    private func formerRows(of question: Report.Question) -> [Report.FormerDate] {
        guard let shape = session.dialog.question(question.id)?.answer,
            let column = shape.columns.firstIndex(where: { $0.kind == .date })
        else { return [] }
        let present = Set(question.content.entries.filter { $0.due != nil }.compactMap(\.row))
        return session.contributions.filter { $0.question == question.id && !$0.isHidden }.flatMap { contribution in
            shape.entries(in: contribution.text).enumerated().compactMap { index, row -> Report.FormerDate? in
                let id = "\(contribution.id)-\(index + 1)"
                guard !present.contains(id) else { return nil }
                let due = words.date(typed: row.cells[column], at: contribution.at)
                // A row that was changed may have had a date, on whatever day.
                let changed = contribution.changedSeq > contribution.seq ? day(of: contribution.at) : nil
                return (due ?? changed).map { Report.FormerDate(id: id, due: $0, revision: question.revision) }
            }
        }
    }

    /// Contacts to organisations that nobody names any more or that were found to be another one.
    private var formerContacts: [Report.FormerDate] {
        let present = Set(session.network.members.map(\.contactRecord.id))
        return session.organisations.filter { !present.contains($0.id) }.compactMap { organisation in
            guard let contact = organisation.contact, let due = contact.plan.due ?? contact.madeAt.map(day) else {
                return nil
            }
            return Report.FormerDate(
                id: "\(organisation.id)-contact", due: due, revision: max(contact.changedSeq, session.seq))
        }
    }

    func day(of moment: Date) -> DueDate {
        DueDate(moment: moment, isWholeDay: true, reminder: moment)
    }
}
