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
        let size = max(middle.width / (card.width + gap), middle.height / (card.height + gap)) / 2
        // A wider middle may spare a track; the smallest map is taken.
        let plans = [0, 0.2, 0.4, 0.6].map { more in
            Plan.withoutOverlap(counts: counts, card: card, gap: gap, middle: middle, core: size + more)
        }
        let plan = plans.dropFirst().reduce(plans[0]) { $1.outer.width < $0.outer.width ? $1 : $0 }
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
    private(set) var centres: [MapLayout.Point] = []
    /// Where the first two cards overlap; nil if none do.
    private(set) var overlap: Overlap?
    let rings: [MapLayout.Size?]
    let borders: [Double]
    let outer: MapLayout.Size

    /// Where two overlap: on the innermost track or with the middle, or further out.
    enum Overlap {
        case inside, outside
    }

    /// Where on its piece of a track the first card may stand, as a share of what each card has; the middle is best.
    private static let phases = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]

    /// The first plan without overlap, beginning with a middle of radius `core`.
    static func withoutOverlap(
        counts: [[Int]], card: MapLayout.Size, gap: Double, middle: MapLayout.Size, core: Double
    ) -> Plan {
        var (core, breadth) = (core, 1.04)
        while true {
            let plan = Plan(counts: counts, card: card, gap: gap, middle: middle, core: core, breadth: breadth)
            switch plan.overlap {
            case .inside: core += 0.03
            case .outside: breadth += 0.02
            case nil: return plan
            }
        }
    }

    /// - Parameters:
    ///   - core: the radius of the middle, in cards.
    ///   - breadth: of a track, in cards.
    init(
        counts: [[Int]], card: MapLayout.Size, gap: Double, middle: MapLayout.Size, core: Double, breadth: Double
    ) {
        let cell = MapLayout.Size(width: card.width + gap, height: card.height + gap)
        let tracks = Tracks(counts: counts, core: core, breadth: breadth)
        self.middle = MapLayout.Box(centre: .init(x: 0, y: 0), size: middle)
        borders = tracks.borders
        rings = tracks.ends.map { end in
            end.map { MapLayout.Size(width: $0 * cell.width, height: $0 * cell.height) }
        }
        outer = rings.compactMap(\.self).last ?? MapLayout.Size(width: middle.width / 2, height: middle.height / 2)
        let padded = MapLayout.Size(width: card.width + gap / 2, height: card.height + gap / 2)
        var placed = [self.middle]
        for piece in tracks.pieces {
            let candidates = Self.phases.filter(piece.allows).map { phase in
                piece.points(phase: phase).map {
                    MapLayout.Box(centre: .init(x: $0.x * cell.width, y: $0.y * cell.height), size: padded)
                }
            }
            let free = candidates.first { boxes in
                boxes.indices.allSatisfy { index in
                    !(placed + boxes[..<index]).contains { $0.overlaps(boxes[index]) }
                }
            }
            if free == nil { overlap = overlap ?? (piece.isInnermost ? .inside : .outside) }
            placed += free ?? candidates[0]
        }
        centres = placed.dropFirst().map(\.centre)
    }
}

/// What a sector has of a track: so many cards, evenly on its part of the way.
private struct Piece {
    let count: Int
    let radius: Double
    let start: Double
    let end: Double
    let isInnermost: Bool

    /// Whether cards that begin at `phase` keep clear of the neighbours' pieces; in the middle they always do.
    func allows(phase: Double) -> Bool {
        let room = (end - start) * Tracks.circumference * radius / Double(count)
        return phase == 0.5 || min(phase, 1 - phase) * room >= 0.5
    }

    func points(phase: Double) -> [MapLayout.Point] {
        (0..<count).map { place in
            let direction = MapLayout.direction(start + (end - start) * (Double(place) + phase) / Double(count))
            return MapLayout.Point(x: direction.x * radius, y: direction.y * radius)
        }
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
    static let circumference = 4 * 2.0.squareRoot()

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

    /// The pieces with cards on them: by ring, then by sector, then from the inside.
    var pieces: [Piece] {
        let borders = borders
        return counts.indices.flatMap { ring in
            let radii = radii(of: ring)
            return counts[ring].indices.flatMap { sector in
                zip(shares(of: counts[ring][sector], by: radii), radii).filter { $0.0 > 0 }.map { count, radius in
                    Piece(
                        count: count, radius: radius, start: borders[sector], end: borders[sector + 1],
                        isInnermost: radius < core + breadth)
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
