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
/// At last every pair is looked at; should two overlap, the tracks move out a little and all are looked at again.
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
        var (core, breadth) = (max(middle.width / cell.width, middle.height / cell.height) / 2, 1.04)
        var plan = Plan(counts: counts, cell: cell, middle: middle, core: core, breadth: breadth)
        while let overlap = plan.overlap(card: card, gap: gap) {
            switch overlap {
            case .inside: core += 0.05
            case .outside: breadth += 0.03
            }
            plan = Plan(counts: counts, cell: cell, middle: middle, core: core, breadth: breadth)
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

/// A layout in the making.
private struct Plan {
    let middle: MapLayout.Box
    let centres: [MapLayout.Point]
    let rings: [MapLayout.Size?]
    let borders: [Double]
    let outer: MapLayout.Size
    /// For the middle and each card, whether it is the middle or on the innermost track.
    private let isInside: [Bool]

    /// Where two overlap: on the innermost track or with the middle, or further out.
    enum Overlap {
        case inside, outside
    }

    /// - Parameters:
    ///   - core: the radius of the middle, in cards.
    ///   - breadth: of a track, in cards.
    init(counts: [[Int]], cell: MapLayout.Size, middle: MapLayout.Size, core: Double, breadth: Double) {
        self.middle = MapLayout.Box(centre: .init(x: 0, y: 0), size: middle)
        let tracks = Tracks(counts: counts, core: core, breadth: breadth)
        borders = tracks.borders
        rings = tracks.ends.map { end in
            end.map { MapLayout.Size(width: $0 * cell.width, height: $0 * cell.height) }
        }
        outer = rings.compactMap(\.self).last ?? MapLayout.Size(width: middle.width / 2, height: middle.height / 2)
        let points = counts.indices.flatMap { tracks.points(of: $0) }
        isInside = [true] + points.map { hypot($0.x, $0.y) < core + breadth * 0.75 }
        centres = points.map { MapLayout.Point(x: $0.x * cell.width, y: $0.y * cell.height) }
    }

    func overlap(card: MapLayout.Size, gap: Double) -> Overlap? {
        let padded = MapLayout.Size(width: card.width + gap / 2, height: card.height + gap / 2)
        let boxes = [middle] + centres.map { MapLayout.Box(centre: $0, size: padded) }
        for (index, box) in boxes.enumerated() {
            let other = boxes[(index + 1)...].firstIndex { $0.overlaps(box) }
            if let other { return isInside[index] && isInside[other] ? .inside : .outside }
        }
        return nil
    }
}

/// The circles that cards stand on, in the plane where a card is a unit square.
///
/// Every ring begins with one track. As long as the sectors together need more than the whole way around, the ring that
/// needs most gets a further one.
private struct Tracks {
    private let counts: [[Int]]
    private let core: Double
    private let breadth: Double
    private var numbers: [Int]

    /// How many cards a track of radius 1 takes.
    private static let circumference = 4 * 2.0.squareRoot()

    init(counts: [[Int]], core: Double, breadth: Double) {
        self.counts = counts
        self.core = core
        self.breadth = breadth
        numbers = counts.map { $0.contains { $0 > 0 } ? 1 : 0 }
        while needs.reduce(0, +) > Self.circumference, let fullest = fullest { numbers[fullest] += 1 }
    }

    /// The radii of a ring's tracks.
    private func radii(of ring: Int) -> [Double] {
        let before = numbers[..<ring].reduce(0, +)
        return (0..<numbers[ring]).map { core + (Double(before + $0) + 0.5) * breadth }
    }

    /// Each ring's outer border; of an empty one none.
    var ends: [Double?] {
        counts.indices.map { ring in radii(of: ring).last.map { $0 + breadth / 2 } }
    }

    private func need(of sector: Int, in ring: Int) -> Double {
        counts[ring][sector] == 0 ? 0 : Double(counts[ring][sector]) / radii(of: ring).reduce(0, +)
    }

    /// How much of the way each sector needs, where all of it is ``circumference``; an empty one room for its title.
    private var needs: [Double] {
        (counts.first?.indices ?? 0..<0).map { sector in
            max(0.45, counts.indices.map { need(of: sector, in: $0) }.max() ?? 0)
        }
    }

    private var fullest: Int? {
        let sectors = counts.first?.indices ?? 0..<0
        return counts.indices.filter { numbers[$0] > 0 }.max { first, second in
            sectors.map { need(of: $0, in: first) }.reduce(0, +) < sectors.map { need(of: $0, in: second) }.reduce(0, +)
        }
    }

    /// The way parted by what each sector needs; the first one is in the middle above.
    var borders: [Double] {
        let needs = needs
        let whole = needs.reduce(0, +)
        var borders = [needs.count > 1 ? -needs[0] / whole / 2 : 0]
        for need in needs { borders.append(borders[borders.count - 1] + need / whole) }
        return borders
    }

    func points(of ring: Int) -> [MapLayout.Point] {
        let (borders, radii) = (borders, radii(of: ring))
        return counts[ring].indices.flatMap { sector in
            shares(of: counts[ring][sector], by: radii).enumerated().flatMap { track, count in
                (0..<count).map { place in
                    let share = (Double(place) + 0.5) / Double(count)
                    let direction = MapLayout.direction(
                        borders[sector] + (borders[sector + 1] - borders[sector]) * share)
                    return MapLayout.Point(x: direction.x * radii[track], y: direction.y * radii[track])
                }
            }
        }
    }

    /// `count` cards parted among tracks by their radii; what is left over goes to the outer ones.
    private func shares(of count: Int, by radii: [Double]) -> [Int] {
        let whole = radii.reduce(0, +)
        var shares = radii.map { Int(Double(count) * $0 / whole) }
        for track in shares.indices.reversed() where shares.reduce(0, +) < count { shares[track] += 1 }
        return shares
    }
}
