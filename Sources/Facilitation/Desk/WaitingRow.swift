/// What waits in a row: is added behind and taken from the front, at a cost that does not depend on how much waits.
struct WaitingRow<Element>: RandomAccessCollection {
    /// What was taken lies before `start` until it is half of all.
    private var places: [Element] = []
    private var start = 0

    var startIndex: Int { 0 }
    var endIndex: Int { places.count - start }

    subscript(position: Int) -> Element { places[start + position] }

    mutating func append(_ element: Element) {
        places.append(element)
    }

    /// Takes the first `count`, or all where there are fewer.
    mutating func take(_ count: Int) -> [Element] {
        let taken = Array(places[start...].prefix(count))
        start += taken.count
        if start * 2 >= places.count {
            places.removeFirst(start)
            start = 0
        }
        return taken
    }
}

extension WaitingRow: Sendable where Element: Sendable {}
