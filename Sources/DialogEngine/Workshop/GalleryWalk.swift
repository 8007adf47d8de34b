public import FoundationEssentials

/// A walk through what other groups have agreed on, one answer after the other.
///
/// It is what lets participants see other groups at all: wordings that were agreed on, the group's name and the question,
/// and nothing else. What the group was discussing waits meanwhile.
public struct GalleryWalk: Hashable, Sendable, Codable {
    /// Never empty.
    public let exhibits: [Exhibit]
    /// Which of them is looked at, from 0.
    public internal(set) var place = 0
    public let beganAt: Date
    /// When the group last went to another one.
    public internal(set) var movedAt: Date
    /// What the question had before, and gets back when the walk is over.
    let timebox: Timebox?
    let ready: [Person.ID]
    let nudgeAt: Date?

    package var exhibit: Exhibit { exhibits[place] }
}

/// An agreed answer of another group, as it was when the walk began.
public struct Exhibit: Hashable, Sendable, Codable {
    /// The group's name.
    public let group: String
    public let session: Session.ID
    public let question: Question.ID
    /// The question's key and words in the group's guide.
    public let key: LocalizedText
    public let prompt: LocalizedText
    public let text: String

    package init(
        group: String, session: Session.ID, question: Question.ID, key: LocalizedText, prompt: LocalizedText,
        text: String
    ) {
        self.group = group
        self.session = session
        self.question = question
        self.key = key
        self.prompt = prompt
        self.text = text
    }
}

/// What somebody of another group remarked on an agreed answer.
public struct Remark: Hashable, Sendable, Codable {
    public let id: RecordID
    public let question: Question.ID
    public internal(set) var text: String
    /// The name of the group that she belongs to, which is all that is shown of her.
    public let group: String
    /// Nil after she had it erased.
    public internal(set) var visitor: Visitor?
    public let at: Date
    public internal(set) var isWithdrawn = false
}

/// Who remarked something, as only her own group can tell.
public struct Visitor: Hashable, Sendable, Codable {
    public let session: Session.ID
    /// Her records there: several where she spoke before she proved her account.
    public let people: [Person.ID]

    package init(session: Session.ID, people: [Person.ID]) {
        self.session = session
        self.people = people
    }
}

/// What comes to a group from another one of its workshop.
public enum WorkshopCall: Hashable, Sendable, Codable {
    /// Read these, one by one.
    case openGallery([Exhibit])
    case closeGallery
    case remark(String, on: Exhibit, by: Visitor)
    /// Without an id, the latest one that is hers.
    case withdrawRemark(RecordID?, by: Visitor)
    /// Somebody has herself forgotten.
    case forget(Visitor)
}
