/// Where contributions lie by question, person and record, how many count, which group each is in, and the words of the
/// latest.
struct ContributionIndex: Hashable, Sendable {
    /// What a contribution is found by, as far as that can change.
    private struct Keys: Hashable {
        var isVisible = false
        var isSaid = false
        var mentions: [RecordID] = []
    }

    private var keys: [Keys] = []
    private(set) var all = Places<Question.ID>()
    /// What counts and everybody can see.
    private(set) var visible = Places<Question.ID>()
    private(set) var authored = Places<Person.ID>()
    private(set) var mentioning = Places<RecordID>()
    /// How many a person has brought privately.
    private(set) var privately: [Person.ID: Int] = [:]
    /// How many at a question still have words.
    private(set) var said: [Question.ID: Int] = [:]
    /// The groups that a contribution is in.
    private(set) var groups = Places<RecordID>()
    /// The words of the latest at each question, by their places.
    private(set) var words: [Int: Likeness.Words] = [:]

    init() {}

    init(of session: Session) {
        for place in session.contributions.indices { note(place, in: session, isLatest: false) }
        var counts: [Question.ID: Int] = [:]
        for place in session.contributions.indices.reversed() {
            let contribution = session.contributions[place]
            let count = counts[contribution.question, default: 0]
            counts[contribution.question] = count + 1
            if count < Likeness.reach { words[place] = Likeness.Words(contribution.text) }
        }
        for place in session.contributionGroups.indices { noteGroup(place, in: session) }
    }

    mutating func note(_ place: Int, in session: Session) {
        note(place, in: session, isLatest: place == keys.count)
    }

    private mutating func note(_ place: Int, in session: Session, isLatest: Bool) {
        let contribution = session.contributions[place]
        let question = contribution.question
        if place == keys.count { begin(with: contribution, at: place) }
        let old = keys[place]
        keys[place].isVisible = !contribution.isWithdrawn && !contribution.isHidden
        keys[place].isSaid = !contribution.text.isEmpty
        keys[place].mentions = contribution.mentions.map(\.id)
        let new = keys[place]
        if old.isVisible, !new.isVisible { visible.remove(place, under: question) }
        if !old.isVisible, new.isVisible { visible.add(place, under: question) }
        if old.isSaid != new.isSaid { said.count(new.isSaid ? 1 : -1, of: question) }
        if old.mentions != new.mentions {
            for id in old.mentions { mentioning.remove(place, under: id) }
            for id in new.mentions { mentioning.add(place, under: id) }
        }
        if isLatest || words[place] != nil { words[place] = Likeness.Words(contribution.text) }
    }

    private mutating func begin(with contribution: Contribution, at place: Int) {
        keys.append(Keys())
        all.add(place, under: contribution.question)
        if let author = contribution.author {
            authored.add(place, under: author)
            if contribution.source == .private { privately[author, default: 0] += 1 }
        }
        let places = all[contribution.question]
        if places.count > Likeness.reach { words[places[places.count - Likeness.reach - 1]] = nil }
    }

    mutating func noteGroup(_ place: Int, in session: Session) {
        let group = session.contributionGroups[place]
        for id in group.members {
            if group.isSplit { groups.remove(place, under: id) } else { groups.add(place, under: id) }
        }
    }
}

extension [Question.ID: Int] {
    /// Counts `number` more, or less; what there is none of is not in it.
    mutating func count(_ number: Int, of question: Question.ID) {
        let sum = self[question, default: 0] + number
        self[question] = sum == 0 ? nil : sum
    }
}
