import DialogEngine

// One question as JSON: its state, the wordings, the entries that hold at present, the contributions.

extension JSONRecords {
    func question(_ question: Report.Question) -> JSONValue {
        let head: [(name: String, value: JSONValue?)] = [
            ("id", .string(question.id)),
            ("key", .string(question.key)),
            ("prompt", .string(question.prompt)),
            ("form", .string(question.shape.form.rawValue)),
            ("isInternal", .boolean(question.isInternal)),
            ("isMasked", .boolean(question.isMasked)),
        ]
        guard !question.isMasked else { return .object(head) }
        return .object(
            head + [
                ("state", .string(question.state.rawValue)),
                ("skippedBecause", .text(question.skipped)),
                ("notApplicableBecause", .text(question.ruledOut)),
                ("agreed", question.agreed.map { wording($0) }),
                ("proposal", question.draft.map { wording($0) }),
                ("entries", .array(question.content.entries.map { entry($0, of: question) })),
                ("contributions", .array(question.contributions.map(contribution))),
                ("groups", question.groups.isEmpty ? nil : .array(question.groups.map(group))),
                ("dots", question.dots.isEmpty ? nil : .array(question.dots.map(dots))),
                ("openPoints", .array(question.openPoints.map { id($0.id) })),
                ("remarks", question.remarks.isEmpty ? nil : .array(question.remarks.map(remark))),
            ])
    }

    private func remark(_ remark: Report.Remark) -> JSONValue {
        .object([
            ("id", id(remark.id)), ("text", .string(remark.text)), ("group", .string(remark.group)),
            ("at", moment(remark.at)),
        ])
    }

    private func wording(_ wording: Report.Wording) -> JSONValue {
        .object([
            ("text", .string(wording.text)),
            ("madeFrom", .array(wording.from.map(id))),
            ("proposer", name(wording.proposer)),
            ("source", .text(wording.isOnPaper ? Source.paper.rawValue : nil)),
            ("at", moment(wording.at)),
            ("consenting", voices(wording.consenting)),
            ("abstaining", voices(wording.abstaining)),
            (
                "objections",
                .array(
                    wording.objections.map { objection in
                        .object([
                            ("by", name(objection.by)), ("reason", .string(objection.reason)),
                            ("isToFormerWording", .boolean(objection.isToFormerWording)),
                        ])
                    })
            ),
        ])
    }

    private func voices(_ voices: Report.Voices) -> JSONValue {
        .object([
            ("count", .integer(voices.count)),
            ("people", report.withNames ? .array(voices.names.compactMap(name)) : nil),
        ])
    }

    private func entry(_ entry: Content.Entry, of question: Report.Question) -> JSONValue {
        let cells = zip(question.shape.columnIDs, entry.cells).map { id, cell -> (name: String, value: JSONValue?) in
            (id, .string(cell))
        }
        return .object([
            ("text", .string(entry.text)),
            ("section", .text(entry.sectionID)),
            ("kind", .text(entry.kindID)),
            ("subject", .text(entry.subject)),
            ("detail", .text(entry.detail)),
            ("organisation", entry.organisation.map(id)),
            ("columns", cells.isEmpty ? nil : .object(cells)),
            ("due", due(entry.due)),
            ("contribution", entry.source.map(id)),
        ])
    }

    private func group(_ group: Report.ContributionGroup) -> JSONValue {
        .object([
            ("id", id(group.id)), ("text", .string(group.text)), ("contributions", .array(group.members.map(id))),
        ])
    }

    private func dots(_ result: DotCount) -> JSONValue {
        .object([("id", id(result.id)), ("count", .integer(result.count))])
    }

    private func contribution(_ contribution: Report.Contribution) -> JSONValue {
        .object([
            ("id", id(contribution.id)),
            ("text", .string(contribution.text)),
            ("at", moment(contribution.at)),
            ("author", name(contribution.author)),
            ("expert", .text(contribution.expert)),
            ("source", .text(contribution.isOnPaper ? Source.paper.rawValue : nil)),
            ("writer", .text(contribution.writer)),
        ])
    }
}
