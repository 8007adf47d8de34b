/// The name of a sphere beside the outermost ring, at the middle of its sector; counted from the middle of the map.
struct SectorTitle {
    /// In pixels.
    static let size = 19.0
    static let leading = 23.0
    private static let width = 190.0
    private static let distance = 14.0

    let lines: [String]
    let x: Double
    /// The base line of the first line.
    let y: Double
    /// `start`, `middle` or `end`, as SVG has it.
    let anchor: String
    /// How far it reaches from the middle, across and down.
    let reach: MapLayout.Size

    static func titles(of sectors: [Report.Sphere?], around layout: MapLayout) -> [SectorTitle] {
        guard sectors.count > 1 else { return [] }
        return sectors.enumerated().compactMap { index, sphere in
            sphere.map {
                SectorTitle($0.title, at: (layout.borders[index] + layout.borders[index + 1]) / 2, around: layout.outer)
            }
        }
    }

    private init(_ title: String, at way: Double, around outer: MapLayout.Size) {
        let direction = MapLayout.direction(way)
        lines = MapText.lines(title, size: Self.size, isBold: true, width: Self.width, limit: 3)
        anchor = direction.x > 0.35 ? "start" : direction.x < -0.35 ? "end" : "middle"
        x = direction.x * (outer.width + Self.distance)
        // Above the ring the last line stands at the border, below it the first one, at its sides the middle.
        let border = direction.y * (outer.height + Self.distance)
        let more = Double(lines.count - 1) * Self.leading
        y = border + (direction.y - 1) * more / 2 + (direction.y + 1) * Self.size * 0.38
        let breadth = lines.map { MapText.width($0, size: Self.size, isBold: true) }.max() ?? 0
        reach = MapLayout.Size(
            width: abs(x) + (anchor == "middle" ? breadth / 2 : breadth), height: max(abs(y - Self.size), abs(y + more))
        )
    }
}
