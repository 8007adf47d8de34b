import DialogEngine
import Wording

/// Finds among the events of a session what everybody in the group's rooms has heard and may hear again.
///
/// | said in a room             | comes back as         | but not once                                         |
/// |----------------------------|-----------------------|------------------------------------------------------|
/// | a contribution             | `+ Text`, `+key Text` | it is withdrawn; while it waits for the end of silence |
/// | a proposal                 | `= Text`              | it is withdrawn                                      |
/// | an objection               | `!object Reason`      | its author has had another word                      |
/// | an open point              | `? Text`              | it is withdrawn                                      |
/// | what cleared an open point | `!clear K1 Text`      | the point is withdrawn                               |
/// | something parked           | `!park Text`          | it is withdrawn                                      |
///
/// Denied by default: what came privately, on paper or from an expert, what belongs to an internal question, what somebody
/// said who was forgotten. A text that was corrected comes in its last wording, and not at all if that came privately.
struct PublicRecord {
    private enum Subject: Hashable {
        case record(RecordID)
        case result(of: RecordID)
        case proposal(Question.ID)
        case objection(Question.ID, by: Person.ID)
    }

    private struct Entry {
        let event: Event
        let speaker: Person.ID
        let name: String
        /// What stands before the text.
        let beginning: String
        var text: String
    }

    private let wording: Phrasebook
    /// As it was when the event at hand happened.
    private var session: Session
    private var entries: [Entry?] = []
    /// The latest entry on each subject.
    private var indices: [Subject: Int] = [:]

    /// The lines in `events`, which are all of a session's.
    ///
    /// - Parameters:
    ///   - session: the session now; it may know of more than the events.
    ///   - messages: the network's ids of the messages that caused the events.
    ///   - wording: the session's, for what verbs are called.
    static func lines(
        of events: [Event], in session: Session, messages: [Change.Message], wording: Phrasebook
    ) -> [PublicLine] {
        var record = PublicRecord(session: Session(dialog: session.dialog), wording: wording)
        for event in events {
            record.read(event)
            guard (try? record.session.apply(event)) != nil else { return [] }
        }
        let hidden = session.contributions.filter { $0.isHidden || $0.isWithdrawn }
        for contribution in hidden { record.drop(.record(contribution.id)) }
        let forgotten = Set(session.people.filter(\.isForgotten).map(\.id))
        let ids = messageIDs(of: events, messages)
        var given: Set<String> = []
        return record.entries.compactMap { entry in
            guard let entry, !forgotten.contains(entry.speaker), !entry.name.isEmpty, !entry.text.isEmpty else {
                return nil
            }
            let (seq, at) = (entry.event.seq, entry.event.at)
            let own = ids[seq].flatMap { given.insert($0).inserted ? $0 : nil }
            return PublicLine(
                id: own ?? "\(session.id)-\(seq)", at: at, name: entry.name, text: entry.beginning + entry.text)
        }
    }

    private init(session: Session, wording: Phrasebook) {
        self.session = session
        self.wording = wording
    }

    /// The message behind each event that has words: the last event of a message has its id, and those before it came in
    /// the same moment from the same person.
    private static func messageIDs(of events: [Event], _ messages: [Change.Message]) -> [Int: String] {
        let byLastEvent = Dictionary(messages.map { ($0.seq, $0.id) }, uniquingKeysWith: { $1 })
        var ids: [Int: String] = [:]
        var last: (event: Event, id: String)?
        for event in events.reversed() {
            if let id = byLastEvent[event.seq] { last = (event, id) }
            guard let (end, id) = last, end.at == event.at, end.by == event.by, end.source == event.source else {
                continue
            }
            ids[event.seq] = id
        }
        return ids
    }

    // MARK: Reading

    private mutating func read(_ event: Event) {
        switch event.kind {
        case .contributed(let id, let question, let text, _, _):
            add(.record(id), "+\(key(of: question)) ", text, at: question, event)
        case .contributionEdited(let id, let text, _): reword(.record(id), text, event)
        case .amended(let id, let text?, _): reword(.record(id), text, event)
        case .withdrawn(let id):
            drop(.record(id))
            drop(.result(of: id))
        case .proposed(let question, let text, _, _): add(.proposal(question), "= ", text, at: question, event)
        case .proposalEdited(let question, let text, _): reword(.proposal(question), text, event)
        case .proposalWithdrawn(let question): drop(.proposal(question))
        case .voted(let question, let vote):
            guard let voter = event.by else { return }
            drop(.objection(question, by: voter))
            guard case .objection(let reason) = vote else { return }
            add(.objection(question, by: voter), "\(call(.object)) ", reason, at: question, event)
        case .openPointRaised(let id, let question, let text): add(.record(id), "? ", text, at: question, event)
        case .openPointCleared(let id, let result):
            let question = session.openPoint(id)?.question
            add(.result(of: id), "\(call(.clear)) \(id) ", result, at: question, event)
        case .parked(let id, let text): add(.record(id), "\(call(.park)) ", text, at: session.current, event)
        default: break
        }
    }

    private mutating func add(
        _ subject: Subject, _ beginning: String, _ text: String, at question: Question.ID?, _ event: Event
    ) {
        guard isPublic(event), let speaker = event.by, let name = session.person(speaker)?.handle,
            let question = question.flatMap({ session.dialog.question($0) }), !question.isInternal
        else { return }
        indices[subject] = entries.count
        entries.append(Entry(event: event, speaker: speaker, name: name, beginning: beginning, text: text))
    }

    private mutating func reword(_ subject: Subject, _ text: String, _ event: Event) {
        guard isPublic(event) else { return drop(subject) }
        if let index = indices[subject] { entries[index]?.text = text }
    }

    private mutating func drop(_ subject: Subject) {
        if let index = indices.removeValue(forKey: subject) { entries[index] = nil }
    }

    private func isPublic(_ event: Event) -> Bool {
        switch event.source {
        case .chat, .console, .webhook: true
        case .private, .paper, .expert: false
        }
    }

    /// What names the question behind the `+`, unless the group was at it.
    private func key(of id: Question.ID) -> String {
        guard id != session.current, let question = session.dialog.question(id) else { return "" }
        return question.key[session.language]
    }

    private func call(_ verb: Verb) -> String {
        wording.verbs[verb]?.calls.first.map { "!\($0)" } ?? "!\(verb.rawValue)"
    }
}
