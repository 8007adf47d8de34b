import DialogEngine
import Wording

// The network on the back of the sheet: the map with the same in words, as large as the page.

extension HTMLSummary {
    var network: String {
        guard report.network != nil, !report.organisations.isEmpty else { return "" }
        let map = NetworkMap(report: report, words: words)
        let lines = map.lines.map { "<li>\($0.html)</li>" }.joined(separator: "\n")
        let picture = NetworkMapSVG(map)
        return """
            <section class="network" aria-labelledby="network">
            <h2 id="network">\(words[.map].html)</h2>
            \(picture.figure)
            <ul class="unseen\(isLarge || picture.isSmallOnPaper ? " on-paper" : "")">
            \(lines)
            </ul>
            </section>
            """
    }
}
