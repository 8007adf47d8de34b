import DialogEngine

/// An answer in the shape of its question: entries under the headings that they belong to.
struct Content {
    /// Entries that belong together, in a section of the answer or to an entry of another question.
    struct Group {
        let sectionID: String?
        let title: String?
        var entries: [Entry]
    }

    struct Entry {
        /// The contribution that it stands in, where it was collected.
        let source: RecordID?
        let text: String
        let kindID: String?
        /// The title of its kind.
        let kind: String?
        let sectionID: String?
        /// The entry of another question that it speaks about.
        let subject: String?
        /// What stands behind an organisation's name.
        let detail: String?
        let cells: [String]
        /// The day in its column for dates, if it has one.
        let due: DueDate?
        /// What a row is known by in calendars, however it is worded.
        var row: String?
        /// The organisation's record.
        let organisation: RecordID?
    }

    var groups: [Group]

    var entries: [Entry] { groups.flatMap(\.entries) }
    var isEmpty: Bool { groups.allSatisfy(\.entries.isEmpty) }

    init(groups: [Group]) {
        self.groups = groups
    }

    /// Sorts entries into groups: those without a heading first, then sections in the shape's order, then subjects.
    init(_ entries: [Entry], sections: [(id: String, title: String)]) {
        groups = [Group(sectionID: nil, title: nil, entries: [])]
        groups += sections.map { Group(sectionID: $0.id, title: $0.title, entries: []) }
        /// Where the entries about a subject are, by its folded words.
        var subjects: [String: Int] = [:]
        for entry in entries {
            let subject = entry.sectionID == nil ? entry.subject?.folded : nil
            let index =
                if let section = entry.sectionID {
                    groups.firstIndex { $0.sectionID == section }
                } else if let subject {
                    subjects[subject]
                } else {
                    0
                }
            if let index {
                groups[index].entries.append(entry)
            } else {
                if let subject { subjects[subject] = groups.count }
                groups.append(Group(sectionID: nil, title: entry.subject, entries: [entry]))
            }
        }
        groups.removeAll(where: \.entries.isEmpty)
    }
}
