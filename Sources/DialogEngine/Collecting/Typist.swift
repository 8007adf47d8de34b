public import FoundationEssentials

/// Somebody who copies what a group wrote on paper: a line after the other, each with the key of its question before it.
struct Typist: Hashable, Sendable, Codable {
    /// Whose sheet it is, where she said so: a table, a person; no record is made of it.
    var writer: String?
    /// Where a line without a key belongs.
    var question: Question.ID?
    var contributions = 0
    var proposals = 0
    var openPoints = 0
}

/// What is asked about copying from paper.
public enum PaperRequest: Hashable, Sendable {
    case begin(writer: String?)
    case end
}

/// A line that somebody copies from paper.
///
/// | typed            | word      | mark         |
/// |------------------|-----------|--------------|
/// | `recht: Text`    | `recht`   | contribution |
/// | `recht= Text`    | `recht`   | proposal     |
/// | `recht? Text`    | `recht`   | open point   |
/// | `recht:`         | `recht`   | contribution, without a text: what follows belongs there |
/// | `= Text`         |           | proposal     |
/// | `Text`           |           | contribution |
///
/// Whether the word is a question's key, the machine finds out; where it is none, the whole line is a contribution.
public struct PaperLine: Hashable, Sendable {
    public enum Mark: Hashable, Sendable {
        case contribution, proposal, openPoint
    }

    public let word: String?
    public let mark: Mark
    /// What stands behind word and mark.
    public let text: String
    public let whole: String

    public init(word: String? = nil, mark: Mark = .contribution, text: String, whole: String) {
        self.word = word
        self.mark = mark
        self.text = text
        self.whole = whole
    }
}

extension Event {
    /// Whose words the event carries: nobody's of the session where they were copied from paper.
    var author: Person.ID? { source == .paper ? nil : by }
}

extension Session {
    /// Whether the person with this identity copies from paper.
    package func isCopying(_ identity: Identity) -> Bool {
        !typists.isEmpty && person(with: identity).map { typists[$0.id] != nil } ?? false
    }

    mutating func applyPaper(_ event: Event) {
        if case .writerForgotten(let records, let people) = event.kind {
            for index in contributions.indices where records.contains(contributions[index].id) {
                contributions[index].erase()
                contributions[index].writer = nil
            }
            for person in people { typists[person]?.writer = nil }
        }
        guard let person = event.by else { return }
        switch event.kind {
        case .paperBegan(let writer): typists[person, default: Typist()].writer = writer
        case .paperTurned(let question): typists[person]?.question = question
        case .paperEnded: typists[person] = nil
        default: break
        }
    }

    /// Forgets what `writer` wrote on paper, as the operator does at her request; returns the event of it.
    public mutating func forget(writer: String, at now: Date) -> [Event] {
        let copiedBy = typists.filter { $0.value.writer?.folded == writer.folded }.keys.sorted()
        let event = Event(
            seq: seq + 1, at: now, by: nil, source: .console,
            kind: .writerForgotten(erasure(ofWriter: writer).records.sorted(), copiedBy: copiedBy))
        follow(event)
        return [event]
    }

    /// Who wrote on paper, as far as that was said.
    public var writers: Set<String> {
        Set(contributions.compactMap(\.writer) + typists.values.compactMap(\.writer))
    }

    /// What forgetting `writer` takes from the events so far.
    public func erasure(ofWriter writer: String) -> Erasure {
        let hers = contributions.filter { $0.writer?.folded == writer.folded }.map(\.id)
        return Erasure(records: Set(hers), writer: writer)
    }

    /// Who wrote on paper what the event brings.
    func writer(of event: Event) -> String? {
        event.source == .paper ? event.by.flatMap { typists[$0]?.writer } : nil
    }

    mutating func countCopied(at question: Question.ID, by person: Person.ID?, _ count: WritableKeyPath<Typist, Int>) {
        guard let person else { return }
        typists[person]?.question = question
        typists[person]?[keyPath: count] += 1
    }
}
