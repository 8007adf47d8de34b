/// How far the group is with one question.
///
/// Open points are independent of it: a question in any state can have some. What is collected in silence counts from
/// the moment it is shown.
///
/// | state         | input                  | becomes       | because                                                    |
/// |---------------|------------------------|---------------|------------------------------------------------------------|
/// | empty         | contribute             | collected     |                                                            |
/// | empty         | propose                | draft         | a proposal needs no contribution before it                 |
/// | empty         | consent                | empty         | refused: there is no proposal                              |
/// | empty         | object                 | empty         | refused: there is no proposal                              |
/// | empty         | abstain                | empty         | refused: there is no proposal                              |
/// | empty         | agree                  | empty         | refused: there is no proposal                              |
/// | empty         | skip                   | empty         | a gap is a finding                                         |
/// | empty         | ruleOut                | notApplicable |                                                            |
/// | empty         | raise                  | empty         | an open point beside it                                    |
/// | empty         | withdrawContribution   | empty         | refused: there is none                                     |
/// | empty         | withdrawProposal       | empty         | refused: there is none                                     |
/// | collected     | contribute             | collected     |                                                            |
/// | collected     | propose                | draft         |                                                            |
/// | collected     | consent                | collected     | refused: there is no proposal                              |
/// | collected     | object                 | collected     | refused: there is no proposal                              |
/// | collected     | abstain                | collected     | refused: there is no proposal                              |
/// | collected     | agree                  | collected     | refused: there is no proposal                              |
/// | collected     | skip                   | collected     | what was collected stays                                   |
/// | collected     | ruleOut                | notApplicable | contributions stay in the history                          |
/// | collected     | raise                  | collected     |                                                            |
/// | collected     | withdrawContribution   | empty         | the last live one leaves the outcome                       |
/// | collected     | withdrawProposal       | collected     | refused: there is none                                     |
/// | draft         | contribute             | draft         | noted beside the proposal                                  |
/// | draft         | propose                | draft         | the new proposal takes the place of the old one            |
/// | draft         | consent                | draft         | the last word of each person counts                        |
/// | draft         | object                 | draft         |                                                            |
/// | draft         | abstain                | draft         |                                                            |
/// | draft         | agree                  | agreed        | objections are kept and printed                            |
/// | draft         | skip                   | draft         |                                                            |
/// | draft         | ruleOut                | notApplicable | the proposal is gone                                       |
/// | draft         | raise                  | draft         |                                                            |
/// | draft         | withdrawContribution   | draft         |                                                            |
/// | draft         | withdrawProposal       | collected     | empty without contributions, agreed with an earlier answer |
/// | agreed        | contribute             | agreed        | noted; a new proposal re-opens                             |
/// | agreed        | propose                | draft         | re-opened; the agreed answer stands until the next one     |
/// | agreed        | consent                | agreed        | the last word of each person counts                        |
/// | agreed        | object                 | agreed        | printed with the answer                                    |
/// | agreed        | abstain                | agreed        |                                                            |
/// | agreed        | agree                  | agreed        | refused: nothing is open                                   |
/// | agreed        | skip                   | agreed        |                                                            |
/// | agreed        | ruleOut                | notApplicable |                                                            |
/// | agreed        | raise                  | agreed        |                                                            |
/// | agreed        | withdrawContribution   | agreed        | the joint wording stands by itself                         |
/// | agreed        | withdrawProposal       | agreed        | refused: nothing is open                                   |
/// | notApplicable | contribute             | collected     | it applies after all; agreed with an earlier answer        |
/// | notApplicable | propose                | draft         |                                                            |
/// | notApplicable | consent                | notApplicable | refused: there is no proposal                              |
/// | notApplicable | object                 | notApplicable | refused: there is no proposal                              |
/// | notApplicable | abstain                | notApplicable | refused: there is no proposal                              |
/// | notApplicable | agree                  | notApplicable | refused: there is no proposal                              |
/// | notApplicable | skip                   | notApplicable |                                                            |
/// | notApplicable | ruleOut                | notApplicable | with the new reason                                        |
/// | notApplicable | raise                  | notApplicable |                                                            |
/// | notApplicable | withdrawContribution   | notApplicable | refused: there is none                                     |
/// | notApplicable | withdrawProposal       | notApplicable | refused: there is none                                     |
public enum QuestionState: String, Hashable, Sendable, Codable, CaseIterable {
    case empty
    /// Contributions without an agreed wording.
    case collected
    /// A proposal is open.
    case draft
    case agreed
    case notApplicable
}

extension Session {
    public func state(of question: Question.ID) -> QuestionState {
        let answer = answer(to: question)
        if answer.ruledOut != nil { return .notApplicable }
        if answer.draft != nil { return .draft }
        if answer.agreed != nil { return .agreed }
        return hasVisibleContributions(to: question) ? .collected : .empty
    }
}
