/// An organisation that a contribution or an answer names; named twice, it is one record.
public struct Organisation: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case organisation, group, person
    }

    public let id: RecordID
    /// Empty once everybody who named it is forgotten.
    public internal(set) var name: String
    /// Everybody who named it.
    public internal(set) var namedBy: [Person.ID]
    /// The questions at which it was ever named.
    public internal(set) var namedAt: [Question.ID] = []
    /// The id of one of the guide's spheres.
    public internal(set) var sphere: String?
    public internal(set) var kind: Kind?
    /// The record that people found to mean the same.
    public internal(set) var mergedInto: RecordID?
    /// The records that people found to mean something else, although their names are alike.
    public internal(set) var distinctFrom: [RecordID] = []
    public internal(set) var contact: Contact?

    init(id: RecordID, name: String) {
        self.id = id
        self.name = name
        namedBy = []
    }

    /// Reads records of any version; the first had an id, a name and who named it.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(RecordID.self, forKey: .id)
        name = try values.decode(String.self, forKey: .name)
        namedBy = try values.decode([Person.ID].self, forKey: .namedBy)
        namedAt = try values.decodeIfPresent([Question.ID].self, forKey: .namedAt) ?? []
        sphere = try values.decodeIfPresent(String.self, forKey: .sphere)
        kind = try values.decodeIfPresent(Kind.self, forKey: .kind)
        mergedInto = try values.decodeIfPresent(RecordID.self, forKey: .mergedInto)
        distinctFrom = try values.decodeIfPresent([RecordID].self, forKey: .distinctFrom) ?? []
        contact = try values.decodeIfPresent(Contact.self, forKey: .contact)
    }
}

/// A resource, a next step or a hurdle that a contribution or an answer names; named twice, it is one record.
public struct Item: Hashable, Sendable, Codable {
    /// What becomes of a hurdle.
    public enum Resolution: Hashable, Sendable, Codable {
        /// The next step that removes it.
        case step(RecordID)
        /// It is outside the group's hands.
        case outside
    }

    public let id: RecordID
    /// Empty once everybody who named it is forgotten.
    public internal(set) var name: String
    /// Everybody who named it.
    public internal(set) var namedBy: [Person.ID] = []
    public internal(set) var resolution: Resolution?

    init(id: RecordID, name: String) {
        self.id = id
        self.name = name
    }
}

/// A record that comes into being when its name is first typed.
protocol Named {
    var id: RecordID { get }
    var name: String { get set }
    var namedBy: [Person.ID] { get set }

    init(id: RecordID, name: String)
}

extension Organisation: Named {}
extension Item: Named {}

extension Array where Element: Named {
    /// Keeps who named the record of `mention`, which lies at `place`, or is made where there is none.
    ///
    /// A name that was erased with whoever named it first comes back when somebody else names it. Returns its place.
    mutating func note(_ mention: Mention, at place: Int?, by person: Person.ID?) -> Int {
        let index = place ?? endIndex
        if index == endIndex { append(Element(id: mention.id, name: mention.name)) }
        if self[index].name.isEmpty { self[index].name = mention.name }
        if let person, !self[index].namedBy.contains(person) { self[index].namedBy.append(person) }
        return index
    }

    /// What nobody else named is known by its id alone, unless it is among `kept`.
    mutating func forget(namedBy person: Person.ID, keeping kept: Set<RecordID>) {
        for index in indices where self[index].namedBy.contains(person) {
            self[index].namedBy.removeAll { $0 == person }
            if self[index].namedBy.isEmpty, !kept.contains(self[index].id) { self[index].name = "" }
        }
    }
}
