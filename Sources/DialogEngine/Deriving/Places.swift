/// Where records lie in their list, by a key that several may have; in sequence.
struct Places<Key: Hashable & Sendable>: Hashable, Sendable {
    private var places: [Key: [Int]] = [:]

    subscript(key: Key) -> [Int] { places[key] ?? [] }

    func has(_ key: Key) -> Bool { places[key] != nil }

    func has(_ place: Int, under key: Key) -> Bool {
        let known = self[key]
        let index = known.slot(of: place)
        return index < known.count && known[index] == place
    }

    mutating func add(_ place: Int, under key: Key) {
        guard let last = places[key]?.last, last >= place else { return places[key, default: []].append(place) }
        let index = self[key].slot(of: place)
        if self[key][index] != place { places[key]?.insert(place, at: index) }
    }

    mutating func remove(_ place: Int, under key: Key) {
        let known = self[key]
        let index = known.slot(of: place)
        guard index < known.count, known[index] == place else { return }
        guard known.count > 1 else { return places[key] = nil }
        places[key]?.remove(at: index)
    }

    mutating func removeAll(under key: Key) {
        places[key] = nil
    }
}

extension [Int] {
    /// Where `place` stands in the rising sequence, or would.
    fileprivate func slot(of place: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
