import DialogEngine
import FoundationEssentials

/// Something that a partner is told: what kind, the line for people, the data for programs.
package struct PartnerEvent: Sendable {
    /// The `type` of a webhook.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case sessionStarted = "session.started"
        case sessionPaused = "session.paused"
        case sessionResumed = "session.resumed"
        case sessionClosed = "session.closed"
        /// Every question of a step is agreed or does not apply.
        case stepClosed = "step.closed"
        case answerAgreed = "answer.agreed"
        case answerReopened = "answer.reopened"
        case openPointRaised = "open_point.raised"
        case openPointCleared = "open_point.cleared"
        /// The partner itself is asked about an open point.
        case openPointAsked = "open_point.asked"
        /// The partner is asked for the result of an open point soon.
        case openPointDue = "open_point.due"
        case organisationAdded = "organisation.added"
        /// Two organisations were found to be the same.
        case organisationMerged = "organisation.merged"
        case organisationSplit = "organisation.split"
        /// What the partner's own organisation is to do in the network.
        case organisationTaskAssigned = "organisation.task_assigned"
        case nextStepAdded = "next_step.added"
        /// The group wants to speak to the partner's own organisation, has spoken to it, or is late.
        case contactPlanned = "contact.planned"
        case contactMade = "contact.made"
        case contactDue = "contact.due"
        /// A task for the partner's own organisation.
        case taskAssigned = "task.assigned"
        case taskDue = "task.due"
        case taskDone = "task.done"
    }

    let kind: Kind
    let line: Line
    let data: PartnerData
}

/// The `data` of a webhook. What does not belong to an event is left out.
struct PartnerData: Hashable, Sendable, Codable {
    struct SessionPart: Hashable, Sendable, Codable {
        var id: String
        /// Nothing but the id is left where words were erased.
        var name: String?
        var group: String?
        /// The guide's short name.
        var dialog: String?
    }

    struct StepPart: Hashable, Sendable, Codable {
        var id: String
        var title: String
    }

    struct QuestionPart: Hashable, Sendable, Codable {
        var id: String
        var key: String
    }

    struct AnswerPart: Hashable, Sendable, Codable {
        var text: String
        /// How many people agreed, abstained, objected.
        var consenting: Int
        var abstaining: Int
        var objecting: Int
        /// Who agreed, where names are shown.
        var names: [String]?
    }

    struct RecordPart: Hashable, Sendable, Codable {
        /// The id within the session: `K1`, `A2`, `O3`, `N4`. What an organisation is to do in the network has none.
        var id: String?
        var text: String?
        /// The id of one of the guide's kinds of tasks.
        var kind: String?
        /// Who has it, where names are shown.
        var owner: String?
        var due: Date?
    }

    /// How the group approaches the partner's organisation.
    struct ContactPart: Hashable, Sendable, Codable {
        /// What it is asked for.
        var request: String?
        /// The id of one of the guide's formats, or the group's own words.
        var format: String?
        /// How often, as a duration of ISO 8601.
        var every: String?
        var due: Date?
        /// Whom in the organisation, and who of the group, where names are shown.
        var counterpart: String?
        var owner: String?
    }

    struct Progress: Hashable, Sendable, Codable {
        var agreed: Int
        var total: Int
    }

    /// The place among all events for this partner about this session, from 1 without a gap.
    var seq: Int?
    /// Left out in an event of the type `partner.test`, which belongs to none.
    var session: SessionPart?
    var step: StepPart?
    var question: QuestionPart?
    var answer: AnswerPart?
    var openPoint: RecordPart?
    var organisation: RecordPart?
    /// The organisation that was found to be the same as `organisation`.
    var merged: RecordPart?
    var nextStep: RecordPart?
    var contact: ContactPart?
    var task: RecordPart?
    /// How many of the questions are agreed.
    var progress: Progress?
    /// Until when a pause lasts.
    var until: Date?
    /// Whether a person had her words erased before they could be delivered.
    var erased: Bool?

    private enum CodingKeys: String, CodingKey {
        case seq, session, step, question, answer
        case openPoint = "open_point"
        case organisation, merged
        case nextStep = "next_step"
        case contact, task, progress, until, erased
    }
}
