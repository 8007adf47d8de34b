import Testing

@testable import Outcome

@Suite("Where the cards of a map stand")
struct MapLayoutTests {
    private static let card = MapLayout.Size(width: 202, height: 118)
    private static let middle = MapLayout.Size(width: 330, height: 150)

    /// `count` cards over rings and sectors: by turns, all in one place, or most of them in one sector.
    static func counts(_ count: Int, sectors: Int, _ spread: Spread) -> [[Int]] {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: sectors), count: 4)
        for index in 0..<count {
            switch spread {
            case .even: counts[index % 3][index / 3 % sectors] += 1
            case .oneRing(let ring): counts[ring][index % sectors] += 1
            case .crowded: counts[index % 3][index % 5 == 0 ? index / 5 % sectors : sectors - 1] += 1
            }
        }
        return counts
    }

    enum Spread {
        static let allCases: [Spread] = [.even, .oneRing(0), .oneRing(2), .crowded]

        case even, oneRing(Int), crowded
    }

    @Test("No two of them overlap, nor the middle, however many there are", arguments: 1...40)
    func overlaps(count: Int) {
        let counts = Self.counts(count, sectors: [1, 4, 5][count % 3], Spread.allCases[count % 4])
        let layout = MapLayout(rings: counts, card: Self.card, middle: Self.middle, gap: 12)
        #expect(layout.cards.count == count)
        let boxes = [layout.middle] + layout.cards
        for (first, box) in boxes.enumerated() {
            let other = boxes[(first + 1)...].firstIndex { $0.overlaps(box) }
            #expect(other == nil, "\(first) and \(other ?? 0) of \(counts)")
        }
    }

    @Test("Cards stand on the page: within the outermost ring and a card's corner", arguments: [1, 8, 25, 40])
    func bounds(count: Int) {
        let layout = MapLayout(
            rings: Self.counts(count, sectors: 4, .even), card: Self.card, middle: Self.middle, gap: 12)
        for box in layout.cards {
            #expect(abs(box.centre.x) + box.size.width / 2 <= layout.outer.width + 8)
            #expect(abs(box.centre.y) + box.size.height / 2 <= layout.outer.height + 8)
        }
    }

    @Test("An even map of twenty-five is not much larger than its cards need")
    func size() {
        let layout = MapLayout(
            rings: Self.counts(25, sectors: 4, .even), card: Self.card, middle: Self.middle, gap: 12)
        let area = 4 * layout.outer.width * layout.outer.height
        #expect(area < 5 * 25 * Self.card.width * Self.card.height)
    }

    @Test("Without any card there is the middle alone")
    func empty() {
        let layout = MapLayout(rings: [[0], [0], [0], [0]], card: Self.card, middle: Self.middle, gap: 12)
        #expect(layout.cards.isEmpty && layout.rings == [nil, nil, nil, nil])
    }

    @Test(
        "Equal parts of the way are equal in the larger of their distances",
        arguments: zip([0, 0.25, 0.5, 0.75], [(0.0, -1.0), (1, 0), (0, 1), (-1, 0)]))
    func directions(way: Double, point: (Double, Double)) {
        let direction = MapLayout.direction(way)
        #expect(abs(direction.x - point.0) < 1e-9 && abs(direction.y - point.1) < 1e-9)
    }
}
