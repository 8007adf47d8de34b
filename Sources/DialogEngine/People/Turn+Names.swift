// Names: what somebody says or agrees to stands under hers, in the room and on paper, so nobody bears another's.

extension Turn {
    /// Shows the person by the name of her network, with her number where somebody else in the group has that name. For
    /// whoever has chosen no name of her own.
    mutating func tellApart(_ id: Person.ID) {
        guard let person = session.person(id) else { return }
        let name = freeName(person.handle, for: person)
        guard name != person.name else { return }
        record(.introduced(id, name: name, organisation: nil), by: id)
        guard name != person.handle else { return }
        say(
            .nameNumbered, [.text: .text(person.handle.shortened(to: 40)), .name: .text(name)],
            to: .addressed(person.identity))
    }

    /// Whether a name that somebody wants is another's. One of a connection that is gone may have been her own: there she gets
    /// it with her number.
    func isTaken(_ name: String, by person: Person) -> Bool {
        session.others(called: name, than: person).contains { $0.isPresent || !$0.identity.isConnection }
    }

    /// `name`, with the person's number behind it where somebody else has or had it.
    func freeName(_ name: String, for person: Person) -> String {
        var free = name
        while !session.others(called: free, than: person).isEmpty { free += " (\(person.id))" }
        return free
    }
}

extension Session {
    /// Everybody else who is, or was, shown by that name or one that looks like it: one that she chose, or her network's.
    func others(called name: String, than person: Person) -> [Person] {
        let look = name.look
        return people.filter {
            $0.id != person.id && !$0.isForgotten && $0.identity != person.identity
                && ($0.name.look == look || $0.handle.look == look)
        }
    }
}

extension Person {
    /// Whether she has chosen no name: hers is the one of her network, with or without her number behind it.
    var hasNetworkName: Bool { name == handle || name.hasPrefix(handle) && name.hasSuffix(" (\(id))") }
}

extension String {
    /// The text as far as it is told apart at a glance: folded, with letters of other scripts in the place of the Latin ones
    /// that they look like. A text without letters and digits is what it is.
    fileprivate var look: String {
        let latin = String(
            lowercased().unicodeScalars.reduce(into: String.UnicodeScalarView()) {
                $0.append(Self.lookalikes[$1] ?? $1)
            })
        let folded = latin.folded
        return folded.isEmpty ? self : folded
    }

    /// Cyrillic and Greek small letters, and the Latin ones that nobody tells from them.
    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "в": "b", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
        "с": "c", "т": "t", "у": "y", "х": "x", "ѕ": "s", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ɡ": "g", "ı": "i",
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
        "χ": "x",
    ]
}
