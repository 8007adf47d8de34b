// Tables of the summary, which become a list of cards on a phone.

extension HTMLSummary {
    /// A table whose cell at `head` names its row.
    ///
    /// On a narrow screen the style sheet sets the cells below each other, each behind the title of its column. A table
    /// that is not displayed as one is none for some screen readers, therefore every part says its role.
    func table(
        _ columns: [String], _ rows: [[String]], caption: String, head: Int = 0, ids: [String] = []
    ) -> String {
        let titles = columns.map { "<th scope=\"col\" role=\"columnheader\">\($0.html)</th>" }.joined()
        let body = rows.enumerated().map { index, texts in
            let id = ids.indices.contains(index) ? " id=\"\(ids[index])\"" : ""
            let cells = zip(columns, texts).enumerated().map { place, cell in
                self.cell(cell.1, of: cell.0, place: place, head: head)
            }
            return "<tr role=\"row\"\(id)>\(cells.joined())</tr>"
        }
        return """
            <table role="table">
            <caption class="unseen">\(caption.html)</caption>
            <thead role="rowgroup"><tr role="row">\(titles)</tr></thead>
            <tbody role="rowgroup">
            \(body.joined(separator: "\n"))
            </tbody>
            </table>
            """
    }

    /// What stands before the head is the row's number and needs no title.
    private func cell(_ text: String, of column: String, place: Int, head: Int) -> String {
        if place == head { return "<th scope=\"row\" role=\"rowheader\">\(text.htmlCell)</th>" }
        let label = place < head ? "" : " data-column=\"\(column.html)\""
        return "<td role=\"cell\"\(label)>\(text.htmlCell)</td>"
    }
}

extension String {
    /// As ``htmlLines``, with places to break in words so long that they would burst a column of a table.
    fileprivate var htmlCell: String {
        split(whereSeparator: \.isNewline).map { line in
            line.split(separator: " ", omittingEmptySubsequences: false).map(\.htmlPieces).joined(separator: " ")
        }.joined(separator: "<br>")
    }
}

extension Substring {
    fileprivate var htmlPieces: String {
        // A hyphen in an address would be copied with it.
        let isWord = allSatisfy { $0.isLetter || $0 == "-" }
        guard count > (isWord ? 12 : 24) else { return String(self).html }
        return MapText.syllables(of: String(self), each: isWord ? 9 : 12).map(\.html)
            .joined(separator: isWord ? "&shy;" : "<wbr>")
    }
}
