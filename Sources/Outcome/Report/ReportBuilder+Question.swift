import DialogEngine
import FoundationEssentials

// One question: what may be told of it, and its texts read in the shape of the guide.

extension ReportBuilder {
    func question(_ question: Question) -> Report.Question {
        let isMasked = question.isInternal && audience == .shared
        let answer = session.answers[isMasked ? "" : question.id]
        let live = isMasked ? [] : session.visibleContributions(to: question.id)
        let points = isMasked ? [] : session.raisedPoints(at: question.id).filter { !$0.isWithdrawn }
        let isRuledOut = answer?.ruledOut != nil
        let statements = isMasked || isRuledOut ? [] : session.statements(to: question.id)
        let contributions = isRuledOut ? [] : live.map { contribution($0, to: question) }
        return Report.Question(
            id: question.id, key: words[question.key], prompt: words[question.prompt], shape: shape(of: question),
            isInternal: question.isInternal, isMasked: isMasked,
            state: state(of: answer, hasContributions: !live.isEmpty), skipped: answer?.skipped?.cleaned,
            ruledOut: answer?.ruledOut?.cleaned,
            agreed: isRuledOut ? nil : answer?.agreed.map { wording($0, at: question, live: live) },
            draft: answer?.draft.map { wording($0, at: question, live: live) },
            contributions: contributions,
            groups: statements.filter { !$0.members.isEmpty }.map {
                Report.ContributionGroup(id: $0.id, text: text($0.text, of: question), members: $0.members)
            },
            dots: answer?.dots?.filter { session.statement($0.id) != nil } ?? [],
            collected: content(statements.map { source($0, of: question) }, of: question),
            openPoints: points.map { openPoint($0, at: question) },
            remarks: isMasked
                ? []
                : session.remarks(on: question.id).map {
                    Report.Remark(id: $0.id, text: $0.text.cleaned, group: $0.group.cleaned, at: $0.at)
                },
            revision: max(
                answer?.changedSeq ?? 0,
                session.contributions.lazy.filter { $0.question == question.id }.map(\.changedSeq).max() ?? 0))
    }

    /// As ``Session/state(of:)``, of what the readers may see.
    private func state(of answer: Answer?, hasContributions: Bool) -> QuestionState {
        if answer?.ruledOut != nil { return .notApplicable }
        if answer?.draft != nil { return .draft }
        if answer?.agreed != nil { return .agreed }
        return hasContributions ? .collected : .empty
    }

    private func contribution(_ contribution: Contribution, to question: Question) -> Report.Contribution {
        Report.Contribution(
            id: contribution.id, text: text(contribution.text, of: question), author: naming.author(of: contribution),
            expert: contribution.expert.map { naming.masked($0.cleaned) }, isOnPaper: contribution.source == .paper,
            writer: naming.withNames ? contribution.writer?.cleaned : nil, at: contribution.at)
    }

    private func wording(_ proposal: Proposal, at question: Question, live: [Contribution]) -> Report.Wording {
        let text = text(proposal.text, of: question)
        let visible = Set(live.map(\.id) + session.statements(to: question.id).map(\.id))
        let objections = proposal.objections.sorted { $0.key < $1.key }.map { person, reason in
            Report.Objection(
                by: proposal.shows(person) ? naming.name(person) : nil, reason: reason.cleaned,
                isToFormerWording: proposal.earlierObjections[person] != nil)
        }
        return Report.Wording(
            text: text, content: content([Source(id: nil, text: text, at: proposal.at)], of: question),
            from: proposal.from.filter(visible.contains),
            proposer: proposal.isPrivate || proposal.cameOnPaper ? nil : naming.name(proposal.proposer),
            isOnPaper: proposal.cameOnPaper, at: proposal.at,
            consenting: naming.voices(proposal.consenting, on: proposal),
            abstaining: naming.voices(proposal.abstaining, on: proposal),
            objections: objections)
    }

    /// A text as it may be told: without names, the people in columns for people are taken out of rows as well.
    private func text(_ text: String, of question: Question) -> String {
        let columns = question.answer.columns
        guard !naming.withNames, columns.contains(where: { $0.kind == .person }) else { return text.cleaned }
        let rows = question.answer.entries(in: text.cleaned).map { row in
            zip(row.cells, columns).map { $1.kind == .person ? naming.masked($0) : $0 }.joined(separator: "; ")
        }
        return rows.joined(separator: "\n")
    }

    private func shape(of question: Question) -> Report.Shape {
        let shape = question.answer
        return Report.Shape(
            form: shape.form, isOrdered: shape.isOrdered, columns: shape.columns.map { words[$0.label.title] },
            columnIDs: shape.columns.map(\.label.id), hasKinds: !shape.kinds.isEmpty,
            detail: shape.detail.map { words[$0.title] },
            about: shape.about.flatMap { session.dialog.question($0) }.map { words[$0.key] })
    }

    /// A text to read entries from: a contribution, a group, or a wording, which has no id.
    private struct Source {
        let id: RecordID?
        let text: String
        let at: Date
    }

    /// A contribution, or a group, which is as old as its first contribution.
    private func source(_ statement: Statement, of question: Question) -> Source {
        let contribution = session.contribution(statement.members.first ?? statement.id)
        return Source(
            id: statement.id, text: text(statement.text, of: question), at: contribution?.at ?? session.startedAt)
    }

    private func content(_ sources: [Source], of question: Question) -> Content {
        let shape = question.answer
        var known = KnownRows(session.contributions.filter { $0.question == question.id }, of: shape)
        let entries = sources.flatMap { source in
            self.entries(in: source.text, of: question).enumerated().map { index, entry in
                var told = self.entry(entry, of: shape, from: source)
                told.row = source.id.map { "\($0)-\(index + 1)" } ?? known.take(entry) ?? "\(question.id)-\(index + 1)"
                return told
            }
        }
        return Content(entries, sections: shape.sections.map { ($0.id, words[$0.title]) })
    }

    /// The entries of one text; each line of a running text is one, so that it stays a paragraph.
    private func entries(in text: String, of question: Question) -> [Entry] {
        guard question.answer.form == .text else { return session.dialog.entries(in: text, of: question) }
        return text.split(whereSeparator: \.isNewline).flatMap { question.answer.entries(in: String($0)) }
    }

    private func entry(_ entry: Entry, of shape: AnswerShape, from source: Source) -> Content.Entry {
        let isOrganisation = shape.form == .organisations && entry.section == nil
        let cells = zip(entry.cells, shape.columns).map { cell, column in
            column.kind == .person ? naming.masked(cell) : cell
        }
        let due = zip(entry.cells, shape.columns).lazy.filter { $1.kind == .date }
            .compactMap { cell, _ in words.date(typed: cell, at: source.at) }.first
        return Content.Entry(
            source: source.id, text: cells.first ?? entry.text, kindID: entry.kind,
            kind: shape.kinds.first { $0.id == entry.kind }.map { words[$0.title] }, sectionID: entry.section,
            subject: entry.subject, detail: entry.detail, cells: cells, due: due,
            organisation: isOrganisation ? session.organisation(named: entry.text)?.id : nil)
    }
}
