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
        func lines(_ role: Role, _ text: String, sizes: [Double], isBold: Bool = false, limit: Int) -> [Line] {
            let room = room - (role == .contact ? 18 : 0)
            let size = sizes.first { MapText.fits(text, size: $0, isBold: isBold, width: room, limit: limit) }
            return MapText.lines(text, size: size ?? sizes[sizes.count - 1], isBold: isBold, width: room, limit: limit)
                .map { Line(role: role, text: $0, size: size ?? sizes[sizes.count - 1], isBold: isBold) }
        }
        let fitsTwo = [18, 16.5, 15].contains {
            MapText.fits(card.name, size: $0, isBold: true, width: room, limit: 2)
        }
        let name = lines(.name, card.name, sizes: [18, 16.5, 15, 13.5, 12.5], isBold: true, limit: fitsTwo ? 2 : 3)
        // Three lines for everything that an organisation brings, does, and is waiting for.
        let contacts = card.contact.map { lines(.contact, $0.text, sizes: [13.5, 12.5], limit: 1) } ?? []
        let left = 3 - contacts.count
        var facts: [Line] = []
        for (index, fact) in card.facts.prefix(left).enumerated() {
            let others = min(card.facts.count, left) - index - 1
            facts += lines(.fact, fact, sizes: [13.5], limit: max(left - facts.count - others, 1))
        }
        self.lines = lines(.roles, card.roles, sizes: [12.5, 11], isBold: true, limit: 1) + name + facts + contacts
    }

    /// In pixels, with the padding.
    var height: Double {
        2 * Self.padding + lines.reduce(0) { $0 + $1.size * Self.leading }
    }
}
