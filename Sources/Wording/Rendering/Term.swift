/// A fixed expression of the written outcome: a heading, a column, a state, a short sentence.
///
/// A term has no slots. Where a value belongs to it, the value stands behind it (`Stand: 22.11.2026`), so that every
/// format can put the two apart in its own way.
public enum Term: String, Hashable, Sendable, CaseIterable {
    // What the documents are called; also a part of their file names
    case minutes, summary, largePrint, data, organisations, calendar, withoutNames, forSharing

    // The head
    case guide, date, asOf, people, facilitator, keptUntil, questionsFrom

    // States of a question
    case stateEmpty, stateSkipped, stateCollected, stateDraft, stateAgreed, stateNotApplicable, `internal`

    // A question
    case nothingYet
    case nobodyYet, staysInGroup, reason, proposal, proposedBy, agreedUntilThen, consenting, consentingNobody
    case abstaining, objection, objections, toFormerWording, privately, contributions, groups, dots, madeFrom, source,
        remark, remarks
    case erased

    // Open points and tasks
    case openPoints, openPoint, question, asked, owner, until, result, state, open, cleared
    case tasks, task, who, done, parkingLot

    // Organisations
    case number, name, positions, kind
    /// Between the columns of a table for spreadsheets: the list separator of those who read the language.
    case columnSeparator

    // The network
    case map, network, mission, sphere, brings, benefit, gaps, gapTaskKinds, gapSpheres, gapResources, gapBenefits
    case gapTasks, gapHurdles, gapContradictory, noOrganisations

    // The contact plan
    case contactPlan, organisation, counterpart, request, format, rhythm, lastContact
    case contact, contactOpen, contactPlanned, contactOverdue, contactMade

    // What former versions of the guide asked
    case formerQuestions

    // Paper
    case onPaper, worksheet, worksheetGroup, worksheetDate, worksheetHow, worksheetCopying
    case hintText, hintList, hintRows, hintOrganisations, hintKinds, hintInternal

    // The closing account
    case account, accountAgreed, accountCollected, accountDraft, accountNotApplicable, accountEmpty, accountOpen
    case nothingOpen
}
