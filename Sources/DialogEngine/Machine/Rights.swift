/// Who may do what; whatever is not listed is denied.
///
/// | action                    | stranger | participant | facilitator | operator |
/// |---------------------------|----------|-------------|-------------|----------|
/// | help                      | yes      | yes         | yes         | yes      |
/// | status                    | yes      | yes         | yes         | yes      |
/// | contribute                | no       | yes         | yes         | no       |
/// | correctOwn                | no       | yes         | yes         | no       |
/// | correctOthers             | no       | no          | yes         | no       |
/// | lead                      | no       | no          | yes         | no       |
/// | seeOtherGroups            | no       | no          | yes         | yes      |
/// | exportOwn                 | no       | yes         | yes         | yes      |
/// | exportSession             | no       | no          | yes         | yes      |
/// | eraseOwn                  | no       | yes         | yes         | yes      |
/// | eraseSession              | no       | no          | yes         | yes      |
/// | administer                | no       | no          | no          | yes      |
///
/// `status` is how far the group is, without its words; whoever may `contribute` may also read what others brought.
/// `seeOtherGroups` is before release; a gallery walk, which it takes to open one, is the release to the groups in it.
/// `lead` is to move, set times, close and agree; `administer` is partners, accounts and configuration. The operator acts
/// on the command line.
package enum Right: String, Sendable, CaseIterable {
    case help, status, contribute, correctOwn, correctOthers, lead, seeOtherGroups, exportOwn, exportSession, eraseOwn
    case eraseSession, administer
}

package enum Role: String, Sendable, CaseIterable {
    case stranger, participant, facilitator, `operator`

    package func may(_ right: Right) -> Bool {
        switch (self, right) {
        case (_, .help), (_, .status): true
        case (.participant, .contribute), (.participant, .correctOwn): true
        case (.participant, .exportOwn), (.participant, .eraseOwn): true
        case (.facilitator, .administer): false
        case (.facilitator, _): true
        case (.operator, .seeOtherGroups), (.operator, .exportOwn), (.operator, .exportSession): true
        case (.operator, .eraseOwn), (.operator, .eraseSession), (.operator, .administer): true
        case (.stranger, _), (.participant, _), (.operator, _): false
        }
    }
}

extension Session {
    /// Who somebody is in this group: the one answer to »who leads it«, for every way in which she asks.
    ///
    /// A facilitator is whom the operator appointed for this group, and who became one in this session: by beginning it, by
    /// a code, or by another facilitator. Nothing that holds in another group counts.
    package func role(of speaker: Speaker) -> Role {
        let known = person(with: speaker.identity)
        if speaker.appointment == .facilitator || known?.isFacilitator == true { return .facilitator }
        return known != nil || speaker.standing == .member ? .participant : .stranger
    }
}

extension Command {
    /// The right that the command needs before anything else is looked at.
    package var right: Right {
        switch self {
        case .guide(.show): .status
        case .guide: .lead
        case .paper, .copy: .contribute
        case .worksheet: .exportSession
        case .help, .unknown, .incomplete, .more, .leave, .plain, .aside, .bare, .bareVerb, .goOn, .privately,
            .redeem:
            .help
        case .status, .explain, .example, .listFacilitators, .language: .status
        case .contribute, .append, .raise, .propose, .consent, .object, .abstain, .askExpert, .clear, .park, .assign,
            .finish,
            .openItems, .showParked, .recap, .here, .away, .ready, .queue, .placeDots, .addOrganisation,
            .describeOrganisation, .showOrganisations, .noHolder, .resolveHurdle, .planContact, .makeContact,
            .showContacts, .showMap, .showFactors, .remark, .showRemarks, .question:
            .contribute
        case .edit, .substitute, .withdraw, .withdrawRemark: .correctOwn
        case .start, .end, .pause, .resume, .vouch, .addFacilitator, .removeFacilitator, .next, .back, .goTo, .skip,
            .ruleOut,
            .order, .mode, .silence, .reveal, .timebox, .agree, .giveFloor, .nudge, .group, .merge, .split, .dots, .all,
            .announce:
            .lead
        case .groups, .openGallery, .closeGalleries: .seeOtherGroups
        case .myData: .exportOwn
        case .forgetMe: .eraseOwn
        case .minutes, .export: .exportSession
        case .eraseSession: .eraseSession
        }
    }
}
