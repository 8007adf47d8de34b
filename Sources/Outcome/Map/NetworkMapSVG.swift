import DialogEngine
import Foundation
import Wording

/// The map as a picture (SVG 1.1): no script, nothing from outside, the same bytes for the same report.
///
/// Nothing is told by colour alone: what an organisation is to the group stands on its card in words, rings differ in
/// their borders too, the state of a contact is a sign with words. Title and description carry everything as text.
struct NetworkMapSVG {
    let map: NetworkMap
    let cards: [CardText]
    let layout: MapLayout
    private let titles: [SectorTitle]
    /// The breadth of the page in pixels.
    private let width: Double
    /// How far the map reaches above and below its middle.
    private let height: Double
    /// Where the middle of the map is.
    private let centre: MapLayout.Point

    private static let margin = 36.0
    private static let headHeight = 112.0
    private static let cardWidth = 202.0
    private static let middle = MapLayout.Size(width: 330, height: 150)
    private static let middleSizes = [
        middle, .init(width: 380, height: 176), .init(width: 430, height: 206), .init(width: 490, height: 250),
    ]
    /// What stands in the middle: the mission, as soon as the group has one, else what the session is called.
    private let middleText: MiddleText
    private var words: Words { map.words }
    private var report: Report { map.report }

    init(_ map: NetworkMap) {
        self.map = map
        cards = map.cards.map { CardText($0, width: Self.cardWidth) }
        let size = MapLayout.Size(width: Self.cardWidth, height: max(cards.map(\.height).max() ?? 0, 64))
        let sectors = map.sectors
        let counts = (0..<NetworkMap.ringCount).map { ring in
            sectors.indices.map { sector in map.cards.count { $0.ring == ring && $0.sector == sector } }
        }
        middleText = MiddleText(map.report.network?.mission ?? map.report.title, in: Self.middleSizes)
        layout = MapLayout(rings: counts, card: size, middle: middleText.size, gap: 12)
        titles = SectorTitle.titles(of: sectors, around: layout)
        let side = titles.map(\.reach.width).max() ?? 0
        width = max(2 * (max(layout.outer.width, side) + Self.margin), 1000)
        height = max(layout.outer.height, titles.map(\.reach.height).max() ?? 0)
        centre = MapLayout.Point(x: width / 2, y: Self.headHeight + Self.margin + height)
    }

    /// The picture as a file of its own, with everything as text in it.
    var text: String {
        let (picture, height) = picture(withSource: true)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(pixels(width)) \(pixels(height))" \
            width="\(pixels(width))" height="\(pixels(height))" role="img" \
            aria-labelledby="map-title map-description" lang="\(words.language.rawValue.xml)" \
            font-family="\(Self.fonts)">
            <title id="map-title">\(words[.map].xml): \(report.title.xml)</title>
            <desc id="map-description">\(map.lines.joined(separator: "\n").xml)</desc>
            \(picture)
            </svg>

            """
    }

    /// Whether its letters are less than five points high on a landscape A4 page, so that the text is printed too.
    var isSmallOnPaper: Bool { width > 2200 }

    /// The picture as a part of a page that says beside it what it shows, and whose questions they are.
    var figure: String {
        let (picture, height) = picture(withSource: false)
        return """
            <svg class="map" aria-hidden="true" viewBox="0 0 \(pixels(width)) \(pixels(height))" \
            font-family="\(Self.fonts)">
            \(picture)
            </svg>
            """
    }

    private func picture(withSource: Bool) -> (text: String, height: Double) {
        let (legend, height) = legend(from: centre.y + self.height + 1.5 * Self.margin, withSource: withSource)
        let ground = "<rect width=\"\(pixels(width))\" height=\"\(pixels(height))\" fill=\"#ffffff\"/>"
        let cards = zip(cards, layout.cards).map(card)
        let parts = [ground, head, rings, sectors, middle] + cards + [legend]
        return (parts.filter { !$0.isEmpty }.joined(separator: "\n"), height)
    }

    private static let fonts = "'Source Sans 3','Segoe UI','Helvetica Neue',Arial,'Liberation Sans',sans-serif"

    // MARK: Ground

    private var head: String { headLines.joined(separator: "\n") }

    private var headLines: [String] {
        let room = width - 2 * Self.margin
        // On one line as large as it fits, else on two.
        let size = [34.0, 30, 26, 22].first {
            MapText.lines(report.title, size: $0, isBold: true, width: room, limit: 99).count == 1
        }
        let lines = MapText.lines(
            report.title, size: size ?? 19, isBold: true, width: room, limit: size == nil ? 2 : 1)
        let titles = lines.enumerated().map { index, part in
            line(
                part, at: (Self.margin, size == nil ? 76 + Double(index) * 23 : 86), size: size ?? 19, isBold: true)
        }
        return titles + [
            line(report.guide.title, at: (Self.margin, 46), size: 16, colour: Self.soft),
            line(
                "\(words[.map]) · \(words[.asOf]) \(words.day(report.asOf))",
                at: (width - Self.margin, 46), size: 16, colour: Self.soft, anchor: "end"),
            "<path d=\"M\(pixels(Self.margin)) \(pixels(Self.headHeight))H\(pixels(width - Self.margin))\" "
                + "stroke=\"\(Self.ink)\" stroke-width=\"2\"/>",
        ]
    }

    /// The rings from the outside, so that the inner ones lie upon the outer ones.
    private var rings: String {
        zip(layout.rings, RingStyle.all).reversed().compactMap { size, style in
            size.map { size in
                "<ellipse cx=\"\(pixels(centre.x))\" cy=\"\(pixels(centre.y))\" rx=\"\(pixels(size.width))\" "
                    + "ry=\"\(pixels(size.height))\" fill=\"\(style.ground)\" stroke=\"\(style.colour)\" "
                    + "stroke-width=\"1.5\"\(style.dashes)/>"
            }
        }.joined(separator: "\n")
    }

    /// The lines between sectors, and their titles around the outermost ring.
    private var sectors: String {
        guard map.sectors.count > 1 else { return "" }
        let lines = layout.borders.dropLast().map { way in
            let direction = MapLayout.direction(way)
            let end = MapLayout.Point(
                x: centre.x + direction.x * layout.outer.width, y: centre.y + direction.y * layout.outer.height)
            return "<path d=\"M\(pixels(centre.x)) \(pixels(centre.y))L\(pixels(end.x)) \(pixels(end.y))\" "
                + "stroke=\"#ffffff\" stroke-width=\"5\"/>"
        }
        let texts = titles.flatMap { title in
            title.lines.enumerated().map { index, text in
                line(
                    text, at: (centre.x + title.x, centre.y + title.y + Double(index) * SectorTitle.leading),
                    size: SectorTitle.size, isBold: true, colour: Self.soft, anchor: title.anchor)
            }
        }
        return (lines + texts).joined(separator: "\n")
    }

    private var middle: String {
        let size = layout.middle.size
        let (lines, fontSize) = (middleText.lines, middleText.fontSize)
        let top = centre.y - Double(lines.count) * fontSize * MiddleText.leading / 2 + 8
        let shape =
            "<rect x=\"\(pixels(centre.x - size.width / 2))\" y=\"\(pixels(centre.y - size.height / 2))\" "
            + "width=\"\(pixels(size.width))\" height=\"\(pixels(size.height))\" rx=\"84\" fill=\"\(Self.deep)\"/>"
        let label = (report.network?.mission).map { _ in
            line(
                words[.mission].uppercased(), at: (centre.x, top - 14), size: 12, isBold: true, colour: "#cfe0ec",
                anchor: "middle")
        }
        let text2 = lines.enumerated().map { index, part in
            line(
                part, at: (centre.x, top + 10 + Double(index) * fontSize * MiddleText.leading), size: fontSize,
                isBold: true,
                colour: "#ffffff", anchor: "middle")
        }
        return ([shape, label].compactMap(\.self) + text2).joined(separator: "\n")
    }

    // MARK: Cards

    private func card(_ card: CardText, _ box: MapLayout.Box) -> String {
        let style = RingStyle.all[card.ring]
        let (left, top) = (centre.x + box.left, centre.y + box.top)
        var parts = [
            "<rect x=\"\(pixels(left))\" y=\"\(pixels(top))\" width=\"\(pixels(box.size.width))\" "
                + "height=\"\(pixels(box.size.height))\" rx=\"9\" fill=\"#ffffff\" stroke=\"\(style.colour)\" "
                + "stroke-width=\"\(style.line)\"\(style.dashes)/>"
        ]
        var base = top + (box.size.height - card.height) / 2 + CardText.padding
        for part in card.lines {
            base += part.size * CardText.leading
            let isContact = part.role == .contact
            let start = left + CardText.padding + (isContact ? 18 : 0)
            if isContact { parts.append(sign(card.contact, x: left + CardText.padding + 6, y: base - 4)) }
            let colour = part.role == .roles ? style.colour : part.role == .name ? Self.ink : Self.soft
            parts.append(
                line(part.text, at: (start, base), size: part.size, isBold: part.isBold, colour: colour))
        }
        return "<g>\n\(parts.joined(separator: "\n"))\n</g>"
    }

    /// A half circle, a full one with a tick, or a full one with an exclamation mark.
    private func sign(_ state: DialogEngine.Contact.State?, x: Double, y: Double) -> String {
        guard let state else { return "" }
        let circle = "<circle cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"6\" "
        switch state {
        case .planned:
            return circle + "fill=\"#ffffff\" stroke=\"\(Self.ink)\" stroke-width=\"1.5\"/>"
                + "<path d=\"M\(pixels(x)) \(pixels(y - 6))a6 6 0 0 1 0 12z\" fill=\"\(Self.ink)\"/>"
        case .made:
            return circle + "fill=\"\(Self.ink)\"/><path d=\"M\(pixels(x - 3)) \(pixels(y))l2.2 2.4l4-4.8\" "
                + "fill=\"none\" stroke=\"#ffffff\" stroke-width=\"1.6\"/>"
        case .overdue:
            return circle + "fill=\"#a3210f\"/><path d=\"M\(pixels(x)) \(pixels(y - 3.6))v4.2m0 1.6v1.6\" "
                + "stroke=\"#ffffff\" stroke-width=\"1.8\"/>"
        }
    }

    // MARK: Legend

    /// What signs and borders mean, what is still missing, and whose questions they are; with the height of the page.
    private func legend(from top: Double, withSource: Bool) -> (text: String, height: Double) {
        let room = width - 2 * Self.margin
        var parts: [String] = []
        var y = top
        var x = Self.margin
        func place(_ text: String, _ symbol: (Double, Double) -> String) {
            let needed = 34 + MapText.width(text, size: 14, isBold: false) + 22
            if x > Self.margin, x + needed > width - Self.margin {
                x = Self.margin
                y += 26
            }
            parts.append(symbol(x, y - 5))
            parts.append(line(text, at: (x + 32, y), size: 14))
            x += needed
        }
        for (ring, style) in RingStyle.all.enumerated() where layout.rings[ring] != nil {
            place(ringTitle(ring)) { x, y in
                "<rect x=\"\(pixels(x))\" y=\"\(pixels(y - 7))\" width=\"24\" height=\"14\" rx=\"3\" "
                    + "fill=\"\(style.ground)\" stroke=\"\(style.colour)\" stroke-width=\"\(style.line)\"\(style.dashes)/>"
            }
        }
        if map.cards.contains(where: { $0.facts.first?.hasPrefix("+ ") ?? false }) {
            place(words[.brings]) { x, y in line("+", at: (x + 12, y + 5), size: 16, isBold: true) }
        }
        for state in DialogEngine.Contact.State.allCases where cards.contains(where: { $0.contact == state }) {
            place("\(words[.contact]) \(words[state.term])") { x, y in sign(state, x: x + 16, y: y) }
        }
        y += 12
        for text in map.gaps {
            for part in MapText.lines(text, size: 14, isBold: false, width: room, limit: 3) {
                y += 21
                parts.append(line(part, at: (Self.margin, y), size: 14))
            }
        }
        if report.organisations.isEmpty {
            y += 21
            parts.append(line(words[.noOrganisations], at: (Self.margin, y), size: 14))
        }
        y += 30
        let source = "\(words[.questionsFrom]): \(report.guide.attribution)"
        for part in withSource ? MapText.lines(source, size: 12, isBold: false, width: room, limit: 2) : [] {
            parts.append(line(part, at: (Self.margin, y), size: 12, colour: Self.soft))
            y += 17
        }
        return (parts.joined(separator: "\n"), y + 12)
    }

    private func ringTitle(_ ring: Int) -> String {
        let positions: [NetworkPosition] = [[.partner], [.supporter, .holder], [.missing], [.opponent]][ring]
        return positions.map { words.text(Line($0.phrase)) }.joined(separator: " · ")
    }

    // MARK: Pieces

    private static let ink = "#17242f"
    private static let soft = "#44545f"
    private static let deep = "#0b3553"

    private func line(
        _ text: String, at place: (x: Double, y: Double), size: Double, isBold: Bool = false,
        colour: String = NetworkMapSVG.ink, anchor: String = "start"
    ) -> String {
        let weight = isBold ? " font-weight=\"700\"" : ""
        let anchoring = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
        return "<text x=\"\(pixels(place.x))\" y=\"\(pixels(place.y))\" font-size=\"\(pixels(size))\"\(weight)"
            + " fill=\"\(colour)\"\(anchoring)>\(text.xml)</text>"
    }

    /// A length with at most one digit behind the point, the same on every machine.
    private func pixels(_ length: Double) -> String {
        let tenths = Int((length * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }
}

/// How a ring and the cards on it are drawn; each differs from the others without colours too.
private struct RingStyle {
    let colour: String
    let ground: String
    let line: String
    let dashes: String

    static let all = [
        RingStyle(colour: "#0b4f7d", ground: "#d8e7f2", line: "3", dashes: ""),
        RingStyle(colour: "#256340", ground: "#e4f1e7", line: "1.5", dashes: ""),
        RingStyle(colour: "#8a4b08", ground: "#faf1e2", line: "2", dashes: " stroke-dasharray=\"9 5\""),
        RingStyle(colour: "#742a5c", ground: "#f7ebf2", line: "2", dashes: " stroke-dasharray=\"2 4\""),
    ]
}

extension String {
    /// The text with everything escaped that means something in XML, without what XML does not allow.
    fileprivate var xml: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" })).html
    }
}
