import DialogEngine
import FoundationEssentials

/// What a document may tell: a session with everything left out that its readers must not see.
///
/// All formats are written from a report and never from a session, so that what is hidden is hidden in one place:
/// withdrawn contributions, silent ones that nobody has revealed, internal questions where others read, people where
/// no names are wanted, and the authors of contributions that came privately. Control characters are gone from every
/// text. What is masked here cannot be forgotten in a format.
struct Report {
    let title: String
    let session: SessionHead
    let guide: Guide
    let language: Language
    let audience: OutcomeDocument.Audience
    let withNames: Bool
    /// When the session last changed: a document of it is the same whenever it is made.
    let asOf: Date
    let peopleCount: Int
    /// Nobody where no names are wanted.
    let people: [Participant]
    let steps: [Step]
    /// Questions of former versions of the guide that something was said to.
    let formerQuestions: [Question]
    let openPoints: [OpenPoint]
    let actions: [Action]
    let parked: [Parked]
    let organisations: [Organisation]
    /// What calendars are to strike out.
    let formerDates: [FormerDate]
    /// What the organisations belong to; nil where the guide knows no network.
    let network: Network?

    var questions: [Question] { steps.flatMap(\.questions) + formerQuestions }

    struct SessionHead {
        let id: String
        let name: String
        let state: Session.State
        /// What its ids begin with where they have to be unique everywhere.
        let token: String
        let order: String
        let startedAt: Date
        let retainedUntil: Date
    }

    struct Guide {
        let id: String
        let version: String
        let contentHash: String
        let title: String
        let attribution: String
    }

    /// Somebody named: a participant by her number in the session, or a name that was only typed.
    struct Name: Hashable {
        let person: Person.ID?
        let text: String
    }

    struct Participant {
        let name: Name
        let organisation: String?
        let isFacilitator: Bool
    }

    /// The people as a reader lists them: who came back over another connection stands there once.
    var participants: [Participant] {
        var listed: [Participant] = []
        var places: [String: Int] = [:]
        for person in people {
            if let index = places[person.name.text] {
                let earlier = listed[index]
                listed[index] = Participant(
                    name: earlier.name, organisation: person.organisation ?? earlier.organisation,
                    isFacilitator: earlier.isFacilitator || person.isFacilitator)
            } else {
                places[person.name.text] = listed.count
                listed.append(person)
            }
        }
        return listed
    }

    struct Step {
        let id: String
        let number: Int
        let title: String
        /// The title on the summary sheet.
        let sheetTitle: String
        let questions: [Question]
    }

    struct OpenPoint {
        let id: RecordID
        let question: DialogEngine.Question.ID
        /// The key of the question, and its words.
        let key: String
        let prompt: String
        let text: String
        let owner: Name?
        let expert: String?
        let due: DueDate?
        let result: String?
        let revision: Int

        var isOpen: Bool { result == nil }
    }

    struct Action {
        let id: RecordID
        let text: String
        let assignee: Name?
        let due: DueDate?
        let isDone: Bool
        let revision: Int
    }

    struct Parked {
        let id: RecordID
        let text: String
        let by: Name?
        let at: Date
    }

    /// An organisation, with every place at which the group named it.
    struct Organisation {
        let id: RecordID
        let name: String
        /// The names that were found to mean the same.
        let aliases: [String]
        let kind: DialogEngine.Organisation.Kind
        /// The id of its sphere.
        let sphere: String?
        let roles: [NetworkPosition]
        let positions: [Position]
        let contact: Contact?
    }

    struct Position {
        let question: DialogEngine.Question.ID
        let key: String
        let entry: Content.Entry
    }
}
