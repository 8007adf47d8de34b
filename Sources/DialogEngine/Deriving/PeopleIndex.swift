/// Who is known by which identity and is called what, without those who had themselves forgotten.
struct PeopleIndex: Hashable, Sendable {
    /// What a person is found by.
    private struct Keys: Hashable {
        var identity: Identity?
        var handle = ""
        var name = ""
        /// The words of her name.
        var words: Set<String> = []
        /// Her whole name, where it has several words.
        var calling: [String] = []
        var isFacilitator = false

        init() {}

        init(_ person: Person) {
            guard !person.isForgotten else { return }
            identity = person.identity
            handle = person.handle.folded
            name = person.name == person.handle ? handle : person.name.folded
            words = Set(person.name.split(separator: " ").map(\.folded))
            let calling = PersonalName.words(of: person.name)
            if calling.count > 1 { self.calling = calling }
            isFacilitator = person.isFacilitator
        }
    }

    private var keys: [Keys] = []
    private var identities = Places<Identity>()
    private var handles = Places<String>()
    private var names = Places<String>()
    private var words = Places<String>()
    private var callings = Places<String>()
    private(set) var facilitators: [Person.ID] = []

    /// Her records, in sequence.
    func ids(with identity: Identity) -> [Person.ID] { identities[identity] }

    /// The ways in which `wanted`, folded, may mean somebody, the surest first: by her number, her handle or her whole name,
    /// or a part of it.
    func ids(called wanted: String) -> [[Person.ID]] {
        let number = Int(wanted).flatMap { "\($0)" == wanted && keys.indices.contains($0 - 1) ? $0 : nil }
        let called = Set(handles[wanted]).union(names[wanted]).sorted()
        return [number.map { [$0] } ?? [], called, words[wanted]]
    }

    /// Whether somebody's whole name stands in `words`, folded.
    func isAnybodyCalled(in words: [String]) -> Bool {
        words.indices.contains { index in
            callings[words[index]].contains { words[index...].starts(with: keys[$0 - 1].calling) }
        }
    }

    /// The folded words by which she may be called.
    func callings(of id: Person.ID) -> Set<String> {
        guard keys.indices.contains(id - 1) else { return [] }
        return keys[id - 1].words.union(["\(id)", keys[id - 1].handle, keys[id - 1].name])
    }

    mutating func note(_ person: Person) {
        guard person.id > 0, person.id <= keys.count + 1 else { return }
        if person.id == keys.count + 1 { keys.append(Keys()) }
        let (old, new) = (keys[person.id - 1], Keys(person))
        guard old != new else { return }
        keys[person.id - 1] = new
        if let identity = old.identity { identities.remove(person.id, under: identity) }
        if let identity = new.identity { identities.add(person.id, under: identity) }
        if !old.handle.isEmpty { handles.remove(person.id, under: old.handle) }
        if !new.handle.isEmpty { handles.add(person.id, under: new.handle) }
        if !old.name.isEmpty { names.remove(person.id, under: old.name) }
        if !new.name.isEmpty { names.add(person.id, under: new.name) }
        for word in old.words { words.remove(person.id, under: word) }
        for word in new.words { words.add(person.id, under: word) }
        if let first = old.calling.first { callings.remove(person.id, under: first) }
        if let first = new.calling.first { callings.add(person.id, under: first) }
        guard old.isFacilitator != new.isFacilitator else { return }
        facilitators.removeAll { $0 == person.id }
        if new.isFacilitator { facilitators = (facilitators + [person.id]).sorted() }
    }
}
