import DialogEngine

/// The lines of a card, broken to its breadth.
struct CardText {
    enum Role {
        case roles, name, fact, contact
    }

    struct Line {
        let role: Role
        let text: String
        /// In pixels.
        let size: Double
        let isBold: Bool
    }

    static let padding = 11.0
    /// The distance between base lines, as a share of the font size.
    static let leading = 1.24

    let ring: Int
    let lines: [Line]
    let contact: Contact.State?

    init(_ card: NetworkMap.Card, width: Double) {
        let room = width - 2 * Self.padding
        ring = card.ring
        contact = card.contact?.state
        func lines(_ role: Role, _ text: String, size: Double, isBold: Bool = false, limit: Int) -> [Line] {
            MapText.lines(
                text, size: size, isBold: isBold, width: room - (role == .contact ? 18 : 0), limit: limit
            ).map { Line(role: role, text: $0, size: size, isBold: isBold) }
        }
        self.lines =
            lines(.roles, card.roles, size: 12.5, isBold: true, limit: 2)
            + lines(
                .name, card.name, size: Self.nameSize(card.name, room: room), isBold: true, limit: 3)
            + Self.facts(card.facts) { lines(.fact, $0, size: 13.5, limit: $1) }
            + (card.contact.map { lines(.contact, $0.text, size: 13.5, limit: 1) } ?? [])
    }

    /// The largest size at which no word of the name is broken and nothing of it is left out.
    private static func nameSize(_ name: String, room: Double) -> Double {
        let words = name.split(whereSeparator: \.isWhitespace).map(String.init)
        return [19.0, 17, 15.5, 14].first { size in
            words.allSatisfy { MapText.width($0, size: size, isBold: true) <= room }
                && MapText.lines(name, size: size, isBold: true, width: room, limit: 4).count <= 3
        } ?? 12.5
    }

    /// A single fact on two lines, several on one each.
    private static func facts(_ facts: [String], _ lines: (String, Int) -> [Line]) -> [Line] {
        facts.count == 1 ? lines(facts[0], 2) : facts.prefix(2).flatMap { lines($0, 1) }
    }

    /// In pixels, with the padding.
    var height: Double {
        2 * Self.padding + lines.reduce(0) { $0 + $1.size * Self.leading }
    }
}
