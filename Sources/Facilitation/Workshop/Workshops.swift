import DialogEngine
import Synchronization

/// The groups of each workshop, as far as they are open; carries what a facilitator asks of all of them.
///
/// Nobody waits for anybody: a circular lies in every mailbox until its group comes to it, and comes back to the group that
/// it began in with the last answer. So two groups may ask each other at the same time.
final class Workshops: Sendable {
    private struct Member {
        let group: String
        let mailbox: Mailbox
    }

    private let members = Mutex<[String: [Member]]>([:])

    /// Adds a group to its workshop; one without a workshop is one by itself.
    func enter(_ group: Group, _ mailbox: Mailbox) {
        members.withLock { $0[group.workshopName, default: []].append(Member(group: group.name, mailbox: mailbox)) }
    }

    /// Takes a group out of its workshop.
    func leave(_ group: Group) {
        members.withLock { $0[group.workshopName]?.removeAll { $0.group == group.name } }
    }

    /// Puts a question into the mailbox of every group of the workshop, that of `home` as well, or into that of one group.
    func carry(_ question: CircularLetter.Question, from home: Group, to name: String? = nil) {
        let workshop = members.withLock { $0[home.workshopName] ?? [] }
        let members = workshop.filter { name == nil || $0.group.folded == name?.folded }
        guard let mailbox = workshop.first(where: { $0.group == home.name })?.mailbox else { return }
        if members.isEmpty {
            let letter = CircularLetter(question, to: [home.name]) { mailbox.put(.answered($0)) }
            letter.answer(.told(Line(.noSuchGroup, [.name: .text(name ?? "")])), of: home.name)
        }
        let letter = CircularLetter(question, to: members.map(\.group)) { mailbox.put(.answered($0)) }
        for member in members where !member.mailbox.put(.circular(letter)) {
            letter.answer(.told(Line(.groupUnreachable)), of: member.group)
        }
    }
}

extension Group {
    fileprivate var workshopName: String { workshop ?? name }
}
