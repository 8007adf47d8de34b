import DialogEngine
import Wording

/// The map as a graph in the DOT language of Graphviz, for whoever wants to lay it out herself.
struct NetworkMapDOT {
    let map: NetworkMap

    var text: String {
        let report = map.report
        let middle = report.network?.mission ?? report.title
        let head = [
            "graph network {", "  layout=twopi; root=mission; overlap=false; ranksep=2.4;",
            "  label=\(report.title.quoted); fontname=\"Helvetica\";",
            "  node [shape=box, style=rounded, fontname=\"Helvetica\"];",
            "  mission [label=\(middle.wrapped.quoted), shape=ellipse];",
        ]
        let sectors = map.sectors
        let nodes = sectors.indices.flatMap { index -> [String] in
            let cards = map.cards.filter { $0.sector == index }.map { "  " + node($0) }
            guard let sphere = sectors[index], !cards.isEmpty else { return cards }
            return ["  subgraph cluster_\(index) {", "    label=\(sphere.title.quoted);"]
                + cards.map { "  " + $0 } + ["  }"]
        }
        let edges = map.cards.map { card in
            "  mission -- \(card.organisation.id) [label=\(card.roles.quoted), style=\(Self.styles[card.ring])];"
        }
        return (head + nodes + edges + ["}"]).joined(separator: "\n") + "\n"
    }

    private static let styles = ["bold", "solid", "dashed", "dotted"]

    private func node(_ card: NetworkMap.Card) -> String {
        let lines = [card.name] + card.facts + (card.contact.map { ["\(map.words[.contact]): \($0.text)"] } ?? [])
        return "\(card.organisation.id) [label=\(lines.map(\.wrapped).joined(separator: "\n").quoted)];"
    }
}

extension String {
    fileprivate var wrapped: String {
        MapText.lines(self, size: 12, isBold: false, width: 220, limit: 8).joined(separator: "\n")
    }

    /// A string of the DOT language, with centred lines.
    fileprivate var quoted: String {
        "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }
}
