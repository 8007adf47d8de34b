import DialogEngine
import FoundationEssentials
import Synchronization

/// What a facilitator asks of all groups of her workshop, on its way through them, and what they have answered.
final class CircularLetter: Sendable {
    struct Question: Sendable {
        let circular: Circular
        let sender: Sender
        /// Where she asked.
        let place: IncomingMessage.Place
        let at: Date
        /// The line in which she asked, as her network numbers it.
        var messageID: String?
        /// The group that she asked in.
        var home = ""

        var adapter: String { place.adapter }
    }

    enum Answer: Sendable {
        /// Not a group of hers.
        case none
        /// A line about the group, the question that it is at, and for how many minutes it has been quiet.
        case seen(Line, at: LocalizedText?, minutesQuiet: Int = 0)
        /// What others may read of the group's.
        case shown([Exhibit])
        case done
        /// The group's answer to what it was to do, most often a refusal.
        case told(Line)
    }

    let question: Question
    private let groups: [String]
    private let collected = Mutex<[String: Answer]>([:])
    private let isComplete: @Sendable (CircularLetter) -> Void

    /// - Parameter isComplete: told once, with the last answer.
    init(_ question: Question, to groups: [String], isComplete: @escaping @Sendable (CircularLetter) -> Void) {
        self.question = question
        self.groups = groups
        self.isComplete = isComplete
    }

    /// Notes what a group answers; its first answer counts.
    func answer(_ answer: Answer, of group: String) {
        let isLast = collected.withLock { collected in
            guard collected[group] == nil else { return false }
            collected[group] = answer
            return collected.count == groups.count
        }
        if isLast { isComplete(self) }
    }

    /// The answers of her groups, by the numbers and letters of their names.
    var answers: [(group: String, answer: Answer)] {
        let collected = collected.withLock { $0 }
        return groups.sorted { $0.withPaddedNumbers < $1.withPaddedNumbers }.compactMap { group in
            guard let answer = collected[group] else { return nil }
            if case .none = answer { return nil }
            return (group, answer)
        }
    }
}

extension String {
    /// The text with its numbers at one length, so that `Gruppe 2` comes before `Gruppe 10`.
    var withPaddedNumbers: String {
        var text = ""
        var rest = self[...]
        while !rest.isEmpty {
            let number = rest.prefix(while: \.isNumber)
            if !number.isEmpty { text += String(repeating: "0", count: max(0, 9 - number.count)) + number }
            rest = rest.dropFirst(number.count)
            let word = rest.prefix { !$0.isNumber }
            text += word
            rest = rest.dropFirst(word.count)
        }
        return text
    }
}
