import Foundation

/// Where the cards of a map stand: on rings around the middle, each ring parted into sectors.
///
/// All cards have one size. Divided by it, the plane has unit squares for cards, and two of them overlap only if both
/// their distances, across and down, are less than one. In that plane rings are circles; on the page they are ellipses.
///
///     ring ┌─ one track or more, where one is too short for its cards
///     ─────┤
///          └─ on each track every sector has a piece, on which its cards stand evenly
///
/// At last every pair is looked at; should two overlap, everything moves out a little and is looked at again.
struct MapLayout: Equatable {
    struct Size: Equatable {
        let width: Double
        let height: Double
    }

    struct Point: Equatable {
        let x: Double
        let y: Double
    }

    struct Box: Equatable {
        let centre: Point
        let size: Size

        var left: Double { centre.x - size.width / 2 }
        var top: Double { centre.y - size.height / 2 }

        func overlaps(_ other: Box) -> Bool {
            abs(centre.x - other.centre.x) < (size.width + other.size.width) / 2
                && abs(centre.y - other.centre.y) < (size.height + other.size.height) / 2
        }
    }

    /// The middle is at 0, 0.
    let middle: Box
    /// Where each card stands, in the order of the cards.
    let cards: [Box]
    /// The half-axes of each ring's outer border; of an empty ring none.
    let rings: [Size?]
    /// Where sectors meet, as fractions of the way around, from the top clockwise.
    let borders: [Double]
    /// The half-axes of the outermost ring.
    let outer: Size

    /// - Parameters:
    ///   - rings: for each ring, from the inside, and each sector, the number of cards; the cards come in this order.
    ///   - card: the size of each card.
    ///   - gap: the least distance between two cards.
    init(rings counts: [[Int]], card: Size, middle: Size, gap: Double) {
        let cell = Size(width: card.width + gap, height: card.height + gap)
        var plan = Plan(counts: counts, cell: cell, middle: middle, scale: 1)
        while plan.hasOverlap(card: card, gap: gap) {
            plan = Plan(counts: counts, cell: cell, middle: middle, scale: plan.scale + 0.02)
        }
        self.middle = plan.middle
        cards = plan.centres.map { Box(centre: $0, size: card) }
        rings = plan.rings
        borders = plan.borders
        outer = plan.outer
    }

    /// The point at `way`, a fraction of the way around the unit circle, from the top clockwise.
    ///
    /// Equal parts of the way are equal in the larger of their distances across and down, which is what keeps cards apart:
    /// along the upper and lower quarter they differ across, along the sides down.
    static func direction(_ way: Double) -> Point {
        let turned = (way - way.rounded(.down)) * 4
        let quarter = (turned + 0.5).rounded(.down)
        let angle = quarter * .pi / 2 + asin((turned - quarter) * 2.0.squareRoot())
        return Point(x: sin(angle), y: -cos(angle))
    }
}

/// A layout in the making, at a certain scale.
private struct Plan {
    let scale: Double
    let middle: MapLayout.Box
    var centres: [MapLayout.Point] = []
    var rings: [MapLayout.Size?] = []
    let borders: [Double]
    var outer: MapLayout.Size

    /// Half a card's diagonal, and so the least half of a track's breadth, in cards.
    private static let reach = 0.57
    /// How many cards a track of radius 1 takes.
    private static let circumference = 4 * 2.0.squareRoot()

    init(counts: [[Int]], cell: MapLayout.Size, middle: MapLayout.Size, scale: Double) {
        self.scale = scale
        self.middle = MapLayout.Box(centre: .init(x: 0, y: 0), size: middle)
        borders = Self.borders(of: counts)
        let core = max(middle.width / cell.width, middle.height / cell.height) / 2
        var radius = (core + 0.12 + Self.reach) * scale
        outer = MapLayout.Size(width: middle.width / 2, height: middle.height / 2)
        for ring in counts {
            guard ring.contains(where: { $0 > 0 }) else {
                rings.append(nil)
                continue
            }
            let tracks = tracks(for: ring, from: radius)
            centres += positions(of: ring, on: tracks, cell: cell)
            let border = (tracks.last ?? radius) + Self.reach * scale
            outer = MapLayout.Size(width: border * cell.width, height: border * cell.height)
            rings.append(outer)
            radius = border + Self.reach * scale
        }
    }

    /// Each sector gets as much of the way as it has cards, and room for one on the innermost track; an empty one less.
    private static func borders(of counts: [[Int]]) -> [Double] {
        let sectors = counts.first?.indices ?? 0..<0
        let cards = sectors.map { sector in counts.map { Double($0[sector]) }.reduce(0, +) }
        let all = max(cards.reduce(0, +), 1)
        let weights = cards.map { max($0, all * ($0 > 0 ? 0.16 : 0.08)) }
        let whole = weights.reduce(0, +)
        // The first border lies so that the first sector begins at the top left, unless it is the only one.
        let start = weights.count > 1 ? -weights[0] / whole / 2 : 0
        var borders = [start]
        for weight in weights { borders.append(borders[borders.count - 1] + weight / whole) }
        return borders
    }

    /// The radii of as many tracks as the fullest sector of the ring needs.
    private func tracks(for ring: [Int], from radius: Double) -> [Double] {
        var tracks = [radius]
        while ring.indices.contains(where: { sector in
            tracks.map { capacity(of: sector, at: $0) }.reduce(0, +) < ring[sector]
        }) {
            tracks.append(radius + 2 * Self.reach * scale * Double(tracks.count))
        }
        return tracks
    }

    private func capacity(of sector: Int, at radius: Double) -> Int {
        Int((borders[sector + 1] - borders[sector]) * Self.circumference * radius)
    }

    private func positions(of ring: [Int], on tracks: [Double], cell: MapLayout.Size) -> [MapLayout.Point] {
        ring.indices.flatMap { sector in
            shares(of: ring[sector], by: tracks.map { capacity(of: sector, at: $0) }).enumerated().flatMap {
                track, count in
                (0..<count).map { place in
                    let share = (Double(place) + 0.5) / Double(count)
                    let way = borders[sector] + (borders[sector + 1] - borders[sector]) * share
                    let direction = MapLayout.direction(way)
                    return MapLayout.Point(
                        x: direction.x * tracks[track] * cell.width, y: direction.y * tracks[track] * cell.height)
                }
            }
        }
    }

    /// `count` cards parted by what each track can take, the rest on the outer ones.
    private func shares(of count: Int, by capacities: [Int]) -> [Int] {
        let whole = max(capacities.reduce(0, +), 1)
        var shares = capacities.map { min($0, count * $0 / whole) }
        for track in shares.indices.reversed() {
            let rest = count - shares.reduce(0, +)
            shares[track] += min(rest, capacities[track] - shares[track])
        }
        return shares
    }

    func hasOverlap(card: MapLayout.Size, gap: Double) -> Bool {
        let padded = MapLayout.Size(width: card.width + gap / 2, height: card.height + gap / 2)
        let boxes = [middle] + centres.map { MapLayout.Box(centre: $0, size: padded) }
        return boxes.indices.contains { first in
            boxes[(first + 1)...].contains { boxes[first].overlaps($0) }
        }
    }
}
