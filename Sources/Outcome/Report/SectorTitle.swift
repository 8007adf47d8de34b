/// The name of a sphere beside the outermost ring, at the middle of its sector; counted from the middle of the map.
struct SectorTitle {
    /// In pixels.
    static let size = 19.0
    static let leading = 23.0
    private static let width = 190.0
    private static let distance = 16.0

    let lines: [String]
    let x: Double
    /// The base line of the first line.
    let y: Double
    /// `start`, `middle` or `end`, as SVG has it.
    let anchor: String
    /// The room that it takes.
    let box: MapLayout.Box

    /// How far it reaches from the middle, across and down.
    var reach: MapLayout.Size {
        MapLayout.Size(
            width: abs(box.centre.x) + box.size.width / 2, height: abs(box.centre.y) + box.size.height / 2)
    }

    /// The titles of all sectors that have one; each moves out until it stands clear of the cards.
    static func titles(of sectors: [Report.Sphere?], around layout: MapLayout) -> [SectorTitle] {
        guard sectors.count > 1 else { return [] }
        return sectors.enumerated().compactMap { index, sphere in
            guard let sphere else { return nil }
            let way = (layout.borders[index] + layout.borders[index + 1]) / 2
            var distance = distance
            var title = SectorTitle(sphere.title, at: way, distance, beyond: layout.outer)
            while layout.cards.contains(where: title.box.overlaps) {
                distance += 6
                title = SectorTitle(sphere.title, at: way, distance, beyond: layout.outer)
            }
            return title
        }
    }

    private init(_ title: String, at way: Double, _ distance: Double, beyond outer: MapLayout.Size) {
        let direction = MapLayout.direction(way)
        lines = MapText.lines(title, size: Self.size, isBold: true, width: Self.width, limit: 3)
        anchor = direction.x > 0.35 ? "start" : direction.x < -0.35 ? "end" : "middle"
        x = direction.x * (outer.width + distance)
        // Above the ring the last line stands at the border, below it the first one, at its sides the middle.
        let more = Double(lines.count - 1) * Self.leading
        y =
            direction.y * (outer.height + distance) + (direction.y - 1) * more / 2 + (direction.y + 1) * Self.size
            * 0.38
        let breadth = lines.map { MapText.width($0, size: Self.size, isBold: true) }.max() ?? 0
        let shift = anchor == "middle" ? 0 : anchor == "start" ? breadth / 2 : -breadth / 2
        box = MapLayout.Box(
            centre: .init(x: x + shift, y: y + more / 2 - Self.size * 0.35),
            size: .init(width: breadth + 8, height: more + Self.size + 6))
    }
}
