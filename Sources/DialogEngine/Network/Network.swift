/// The network as it stands: read from the answers at present, and from what people said about its records.
///
/// Nothing of it is kept but in events: what a question collects stands in the contributions and answers to it, what no
/// question asks for stands with the record.
package struct Network: Hashable, Sendable {
    package let members: [Member]
    package let resources: [Resource]
    package let steps: [Item]
    package let hurdles: [Hurdle]

    /// An organisation, with those that are the same.
    package struct Member: Hashable, Sendable {
        package let record: Organisation
        /// What is the same under another name.
        package let merged: [Organisation]
        package let positions: [NetworkPosition]
        /// What was said about it, in the order of the questions.
        package let statements: [Statement]

        package var id: RecordID { record.id }
        package var name: String { record.name }
        package var contact: Contact? { contactRecord.contact }
        /// The record that the contact is kept with.
        package var contactRecord: Organisation {
            ([record] + merged).first { $0.contact != nil } ?? record
        }
        package var sphere: String? { record.sphere ?? merged.lazy.compactMap(\.sphere).first }
        package var kind: Organisation.Kind { record.kind ?? merged.lazy.compactMap(\.kind).first ?? .organisation }

        package func statements(at question: Question.ID?) -> [Statement] {
            statements.filter { $0.question == question }
        }
    }

    /// One entry of an answer that names an organisation.
    package struct Statement: Hashable, Sendable {
        package let question: Question.ID
        package let entry: Entry
        /// The contribution that it stands in; nil in a joint wording.
        package let source: RecordID?
    }

    /// Something that the group needs.
    package struct Resource: Hashable, Sendable {
        package let item: Item
        /// The id of its kind.
        package let kind: String?
        /// Who can bring it.
        package let holders: [RecordID]
        /// The open point about who could.
        package let openPoint: RecordID?

        package var isMatched: Bool { !holders.isEmpty }
    }

    package struct Hurdle: Hashable, Sendable {
        package enum Way: Hashable, Sendable {
            /// The next step that removes it.
            case step(Item)
            /// It is outside the group's hands.
            case outside
            /// What is said about its removal, which is no next step.
            case words(String)
            case open
        }

        package let item: Item
        package let way: Way

        package var isSettled: Bool {
            switch way {
            case .step, .outside: true
            case .words, .open: false
            }
        }
    }
}

extension Network {
    package func member(_ id: RecordID) -> Member? {
        members.first { $0.id == id || $0.merged.contains { $0.id == id } }
    }

    package func members(as position: NetworkPosition) -> [Member] {
        members.filter { $0.positions.contains(position) }
    }

    /// The resources that nobody brings yet.
    package var unmatched: [Resource] { resources.filter { !$0.isMatched } }
}
