// Somebody without an account is here again, and nobody but the group can know that it is she.

extension Turn {
    /// A facilitator says that who is here as `name` is who was here as `former`, or under the same name, and whose connection
    /// has ended. Everybody hears that, because it also gives her back what is hers alone.
    mutating func vouch(for name: String, as former: String?) {
        let shown = Value.text(name.shortened(to: 40))
        let here = session.people(named: name, among: session.people.filter(\.isPresent))
        guard let person = here.first else { return refuse(.notHereToVouchFor, [.text: shown]) }
        guard here.count == 1 else { return askWhich(here, name) }
        guard person.id != me?.id else { return refuse(.vouchForOthers) }
        let gone = session.people.filter { !$0.isPresent && $0.identity.isConnection && $0.id != person.id }
        guard let record = session.people(named: former ?? person.handle, among: gone).last else {
            return refuse(.nobodyToVouchFor, [.text: .text((former ?? name).shortened(to: 40))])
        }
        let formerName = self.name(record.id)
        bring(record, under: person.identity)
        say(.vouched, [.name: .text(person.handle), .text: formerName, .author: self.name(me?.id)])
    }

    private mutating func bring(_ person: Person, under identity: Identity) {
        record(.identified(person.id, as: identity))
        unite(session.people(with: identity))
    }

    /// Of the records of one person the oldest goes on, with the right to facilitate.
    mutating func unite(_ records: [Person]) {
        guard let oldest = records.first, records.count > 1 else { return }
        if !oldest.isPresent { record(.came(oldest.id), by: oldest.id) }
        if !oldest.isFacilitator, records.contains(where: \.isFacilitator) {
            record(.facilitatorAdded(oldest.id), by: oldest.id)
        }
        for other in records.dropFirst() {
            if other.isPresent { record(.went(other.id), by: other.id) }
            if other.isFacilitator { record(.facilitatorRemoved(other.id), by: other.id) }
        }
    }

    /// Who has come under the name of somebody whose connection ended is a stranger until a facilitator knows better.
    mutating func offerToVouch(for id: Person.ID) {
        guard let person = session.person(id), person.identity.isConnection,
            session.people.contains(where: {
                $0.id != id && !$0.isPresent && !$0.isForgotten && $0.identity.isConnection
                    && $0.handle.folded == person.handle.folded
            }), facilitators.contains(where: { $0.isPresent && $0.id != id })
        else { return }
        say(.isThisSomebodyKnown, [.name: .text(person.handle)], to: .facilitators)
    }
}
