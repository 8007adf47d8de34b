/// A kind of records and a name, folded.
struct RecordName: Hashable, Sendable {
    let kind: RecordID.Kind
    let name: String
}

/// The records that come into being when their names are first typed, by name.
struct NameIndex: Hashable, Sendable {
    /// What new mentions change for texts that were read before.
    enum Change {
        case nothing
        /// These names mean a record from here on.
        case names([RecordName])
        /// A name means another record than before.
        case everything
    }

    private var organisations: [String?] = []
    private var items: [RecordName?] = []
    private var places = Places<RecordName>()
    private(set) var itemPlaces: [RecordID: Int] = [:]
    /// The last number of each kind of items.
    private(set) var lastNumbers: [RecordID.Kind: Int] = [:]
    /// The names of the organisations as they are compared, by their places.
    private(set) var comparable: [OrganisationName] = []
    private(set) var marks: [OrganisationName.Mark] = []

    init() {}

    init(of session: Session) {
        for place in session.organisations.indices { _ = noteOrganisation(place, in: session) }
        for place in session.items.indices { _ = noteItem(place, in: session) }
    }

    /// The place of the record that a folded name means, in its list.
    func place(_ kind: RecordID.Kind, named name: String) -> Int? {
        places[RecordName(kind: kind, name: name)].first
    }

    mutating func note(_ mentions: [Mention], in session: Session) -> Change {
        var new: [RecordName] = []
        for mention in mentions {
            let change: Change
            if mention.id.kind == .organisation {
                change =
                    session.organisations.place(of: mention.id).map { noteOrganisation($0, in: session) } ?? .nothing
            } else {
                change = session.place(ofItem: mention.id, knowing: self).map { noteItem($0, in: session) } ?? .nothing
            }
            switch change {
            case .nothing: break
            case .names(let names): new += names
            case .everything: return .everything
            }
        }
        return new.isEmpty ? .nothing : .names(new)
    }

    /// How many items it has seen.
    var itemCount: Int { items.count }

    private mutating func noteOrganisation(_ place: Int, in session: Session) -> Change {
        let name = session.organisations[place].name
        if place == organisations.count {
            organisations.append(nil)
            comparable.append(OrganisationName("", knowing: .none))
            marks.append(comparable[place].mark)
        }
        let (old, new) = (organisations[place], name.isEmpty ? nil : name.folded)
        guard old != new else { return .nothing }
        organisations[place] = new
        comparable[place] = OrganisationName(name, knowing: session.dialog.network?.names ?? .none)
        marks[place] = comparable[place].mark
        return move(
            place, from: old.map { RecordName(kind: .organisation, name: $0) },
            to: new.map { RecordName(kind: .organisation, name: $0) })
    }

    private mutating func noteItem(_ place: Int, in session: Session) -> Change {
        let item = session.items[place]
        if place == items.count {
            items.append(nil)
            itemPlaces[item.id] = place
            lastNumbers[item.id.kind] = max(lastNumbers[item.id.kind] ?? 0, item.id.number)
        }
        let (old, new) = (
            items[place], item.name.isEmpty ? nil : RecordName(kind: item.id.kind, name: item.name.folded)
        )
        guard old != new else { return .nothing }
        items[place] = new
        return move(place, from: old, to: new)
    }

    private mutating func move(_ place: Int, from old: RecordName?, to new: RecordName?) -> Change {
        if let old { places.remove(place, under: old) }
        guard let new else { return .everything }
        let isOnly = !places.has(new)
        places.add(place, under: new)
        if old == nil, isOnly { return .names([new]) }
        return old == nil && places[new].first != place ? .nothing : .everything
    }
}

extension Session {
    /// Where an item lies, also one that `names` has not seen yet.
    func place(ofItem id: RecordID, knowing names: NameIndex) -> Int? {
        if let place = names.itemPlaces[id] { return place }
        guard names.itemCount < items.count else { return nil }
        return items[names.itemCount...].firstIndex { $0.id == id }
    }
}
