/// Everything that Lotse says. The words stand in `Dialogs/wording/`, one file per language.
public enum Phrase: String, Hashable, Sendable, Codable, CaseIterable {
    /// A place in a phrase that is filled in when it is said.
    public enum Slot: String, Hashable, Sendable, Codable, CaseIterable {
        case author, count, date, due, expert, greeting, id, ids, name, names, number, organisation, parts, people,
            question, questions, record, state, step, text, total, values, verb
        /// Who runs Lotse; any phrase may name them.
        case `operator`
    }

    // Beginning and asking
    case greeting, howToTalk, howToTalkPrivately, howToCollect, privacy, questionHeader, questionHeaderPassing
    case questionHeaderPassingMany, prompt

    // Where a room is, as a prompt shows it, and what the group has on its question.
    case topic, presentCollected, presentDraft, presentAgreed, presentRuledOut, presentOpenPoints
    case topicSilent, lastQuestion

    // Contributions
    case noted, notedSeveral, notedElsewhere, notedBesideAgreed, notedSilently, notedAloud, alreadyNoted, continued
    case questionOrText, dateUnderstood, dateNotUnderstood, tooManyEntries, tooManyIDs
    case doesItGoOn, nothingToGoOnWith, restNotKept
    case contributedPrivately, edited, editSuggested, editSuggestedPrivately, editSuggestedToAuthor
    case suggestionPassedOn, noSuggestion, authorConfirms, ofAnotherAuthor, withdrawn, notYours
    case nothingToSubstitute, nothingToWithdraw, emptyText

    // Agreeing
    case proposed, proposalWhole, proposedPrivately, voteOnFormerWording, proposalEdited, proposalEditedConsentsGone
    case proposalEditedAskAgain, proposalWithdrawn, belongsElsewhere, sectionMissing, agreedStands
    case consentNoted, consentStands, consentAfterwards, objectionNoted, objectionAfterwards, abstentionNoted,
        noProposal
    case nothingToAgree, facilitatorsPropose, agreed, agreedByNobody, agreedAbstentions, agreedObjection
    case agreedObjectionPrivately, votesPrivately

    // Moving
    case skipped, ruledOut, orders, orderChanged, modeCollect, modeTalk, confirmNext, confirmEnd
    case firstQuestion, noSuchQuestion, isPaused, isRunning, paused, pausedBySplit, pausedUntil, resumed, ended
    case accountAgreed, accountCollected, accountDraft, accountRuledOut, accountEmpty, accountOpen, closing
    case remindersGoOn, outcomeIsOlder

    // Open points, parking lot, tasks
    case openPointRaised, expertAsked, expertAskedUntil, expertAskedReminder, openPointCleared
    case openPointClearedByExpert, alreadyCleared, noSuchRecord, parked, parkedItem, parkingLotEmpty
    case actionAssigned, actionAssignedUntil, actionForNobody, actionForNobodyUntil, actionFinished, alreadyDone
    case notYoursToChange, organisationInText, remindOfOpenPoint, askForResult, remindEverybody, remindOfAction

    // Time
    case timeboxSet, timeboxExtended, timeboxRemoved, timeboxLeft, timeboxWarning, timeboxPassed, noTimebox
    case silenceBegan, silencePassed, isSilent, isNotSilent, revealed, revealedItem, revealedNothing

    // People
    case someone, guest, unnamedOperator
    case welcome, welcomeBack, welcomeAgreed, welcomeCurrent, welcomeCurrentOpen, welcomePaused, welcomeSilent
    case welcomeSilentAloud
    case nameTaken, nameNumbered
    case welcomeBriefly, welcomeBrieflyCollecting, welcomeTogether, welcomeTogetherCollecting, welcomeMany
    case welcomeManyCollecting, vouched, isThisSomebodyKnown, notHereToVouchFor, nobodyToVouchFor, vouchForOthers
    case welcomeYours, introduced, introducedWithOrganisation, left, facilitators, facilitatorAdded
    case facilitatorRemoved, isFacilitator, isNoFacilitator, lastFacilitator, noSuchPerson, severalPeople,
        sessionLanguage
    case personItem, personIsGone, isAppointed, codeAccepted, codeForConnection, badCode, codeSaidAloud
    case ownLanguage, languages

    // Being ready, speaking, being asked
    case readyNoted, everybodyReady, notReady, queue, queueEmpty, queueInRoom, floorGiven, floorGivenQueue
    case nudgingOn, nudgingOff, nudge

    // Converging
    case grouped, groupSplit, alreadyGrouped, groupOfOne, alike
    case dotsOpened, dotsAreOpen, nothingToDot, noDots, dotsUnderWay, dotsPlaced, dotsAllPlaced, tooManyDots,
        dotsClosed, dotsItem
    case dotsNone, myDots

    // All groups of a workshop
    case announcement, onlyLeadingForAll, noOtherGroups, groupsOverview, groupsAtQuestion, groupsComparison
    case groupOverview, groupSilent, groupPaused, groupUnheard, groupEnded, groupWithoutSession
    case groupAgreed, groupDraft, groupCollected, groupRuledOut, groupEmpty
    case doneInGroups, groupAnswered, groupUnreachable

    // The gallery walk
    case galleryOpened, galleryHowTo, exhibit, galleryClosed, galleryClosedWithRemarks, galleryGoesOn,
        galleryAtBeginning
    case galleryNotInternal, galleryNothing, galleriesOpened, galleryIsOpen, galleryIsClosed, gallerySkipsPaused
    case gallerySkipsEnded, gallerySkipsSilent, gallerySkipsAlone, galleryShowsNothing, groupInGallery, groupActive,
        groupsQuiet, topicGallery
    case remarkNoted, remarkCame, remarkItem, remarkTooLate, remarkNotYours, remarkOfAnotherGroup, remarkStands,
        noRemarks
    case presentRemarks, nothingBrought, myRemarks, noSuchGroup, welcomeGallery, helpGallery, helpGalleryLead

    // The mission
    case mission, welcomeMission, missionOfferSilence, missionFromSilence, missionAgreed

    // Going on after the end, and leaving what is open
    case reopened, reopenOrStartAnew, confirmEndEmpty, draftStaysOpen, settleOpenPoint, settleAction, settleContact
    case bareVerb, noSuchDay, actionOverdue, helpPaused, helpPausedLead, facilitationIsGone, facilitationToTakeOver
    case facilitationRestsAMinute

    // Overview
    case statusStep, statusEmpty, statusSkipped, statusCollected, statusDraft, statusAgreed, statusRuledOut
    case statusWithOpenPoints, openPointItem, openPointItemAsked, openPointItemUntil, actionItem
    case actionItemUntil, openQuestions, nothingOpen, recapAgreed, recapDraft, recapDraftPrivately
    case recapRuledOut
    case recapContributions, recapContribution, recapCleared, recapFinished, recapNothing, explanation
    case exampleAnswer, stepItem, morePages, noMorePages

    // Help
    case helpStart, helpEnded, helpPlain, helpContribute, helpPropose, helpVote, helpLook, helpQuestion
    case helpLead, helpAgree, helpMore, verbHelp, noSuchVerb, howToLeave, notPrivateHere

    // The network
    case noNetwork, whichPosition, whichResource, spheres, noOrganisations, noSuchOrganisation, organisationItem
    case organisationAlso, organisationBrings, organisationTask, organisationBenefit, organisationConcern
    case positionPartner, positionSupporter, positionHolder, positionMissing, positionOpponent
    case kindOrganisation, kindGroup, kindPerson
    case oneOrSeveral, oneOrSeveralProposed
    case alikeOrganisations, organisationsMerged, alreadyMerged, organisationSplit, notMerged
    case askForHolder, allResourcesMatched, noResourceAwaited, resourceSettled, resourceAdded, notedAs
    case hurdleLinked, hurdleOutside, recordItem
    case gapTaskKinds, gapBenefits, gapTasks, gapSpheres, gapResources, gapHurdles
    case concernsNotice, concernsErased, noPersonalNames

    // Contacts
    case contactItem, contactOpen, contactUntil, contactCounterpart, contactRequest, contactLast, contactMade
    case contactMadeNext, contactOverdue, noContacts, badRhythm, everyDays, everyWeeks, everyMonths

    // The map and the success factors
    case mapMission, mapPosition, mapAsPicture, mapFromFacilitator, factorItem, factorEvidence, factorMissing

    // Refusals
    case answeredPrivately, noSession, noSessionYet, sessionEnded, mayNotStart, forMembers, forFacilitators
    case exportForFacilitators
    case notUnderstood, notUnderstoodNearest, badDate, pastDate, dateAfterRetention, badNumber, badSilence, badID
    case badFormat, notKept
    case notKeptDiskFull, notBegun, perhapsKept, storeGone, linesMissed, overloaded, lineTooLong, shuttingDown
    case joinFirst, whichGroup, groupChosen

    // To facilitators: the bot cannot be or speak in a room
    case excludedRemoved, excludedBanned, excludedFull, excludedInviteOnly, excludedNeedsKey, excludedNeedsAccount
    case excludedMuted, excludedRefused

    // Outcome
    case outcomeWritten, outcomePrivately, outcomeFailed, outcomesRenewed, outcomesRemain

    // Oneself
    case nothingAboutYou, myName, myContribution, myProposal, myObjection, myVote, myOpenPoint, myAction
    case myParked, keptUntil, onlyThisConnection, nothingInThisConnection, confirmForget
    case confirmForgetConnection, forgotten, handOverFirst
    case confirmErase, sessionErased, eraseFailed, notUTF8, noGuide

    // Partners: what they are told, and what facilitators are told of them
    case partnerStarted, partnerPaused, partnerPausedUntil, partnerResumed, partnerClosed, partnerStepClosed
    case partnerAgreed, partnerReopened, partnerOpenPoint, partnerCleared, partnerClearedPrivately
    case partnerOpenPointDue, partnerOrganisation, partnerTask, partnerTaskUntil, partnerTaskDue, partnerTest
    case partnerAsked, partnerAskedUntil, partnerMerged, partnerSplit, partnerNextStep, partnerNetworkTask
    case partnerTaskDone, partnerContact, partnerContactDetails, partnerContactMade, partnerContactMadeNext
    case partnerContactDue
    case partnerOff

    // Chat systems over HTTP
    case privateOnly, privateNowhere, noPrivateWay, howPrivateLinesCount, clearInstead

    // The guide's versions
    case guideShown, guideDiffers, guideCanGoBack, guideIsPresent, guideIsFirst, guideNoticed
    case guideCompared, guideNothingToSee, guideHowToAdopt, confirmGuide, guideAdopted, guideReturned
    case guideRemoves, guideRemovesAnswered, guideAdds, guideBringsBack, guideRenames, guideRewords, guideMoves
    case guideReshapes, guideKeepsInGroup, guideStaysInGroup
    case shapeText, shapeTextParts, shapeList, shapeListParts, shapeRows, shapeOrganisations, shapeOrganisationsParts
    case guideAddsStep, guideChangesStep, guideLacksOrder, guideChangesOrder, guideLosesLanguages, guideGainsLanguages
    case guideHelps, guideChangesNetwork, guideChangesFrame, guideOtherLanguages
    case questionHeaderFormer, statusFormer

    // Copying from paper
    case paperOfSomebodyHere
    case paperBegan, paperOf, paperOfNobody, paperIsPrivate, notCopying, paperAt, paperReadAs
    case paperEnded, paperEndedEmpty, paperTaken, countContributions, countProposals, countOpenPoints
    case proposedOnPaper, recapDraftOnPaper

    /// What can be filled in.
    public var slots: Set<Slot> {
        switch self {
        case .missionOfferSilence, .missionFromSilence, .missionAgreed, .noSuchDay, .helpPaused, .helpPausedLead,
            .facilitationToTakeOver:
            []
        case .mission, .welcomeMission: [.text]
        case .reopened: [.name]
        case .settleOpenPoint, .settleAction, .settleContact: [.id]
        case .bareVerb: [.verb]
        case .confirmEndEmpty: [.count, .total]
        case .reopenOrStartAnew: [.date, .name]
        case .facilitationIsGone: [.name, .names]
        case .draftStaysOpen: [.question, .text]
        case .actionOverdue: [.due, .id, .name, .text]
        case .groupsQuiet: [.names]
        case .groupActive, .nothingBrought, .galleryHowTo, .galleryClosed, .galleryGoesOn, .galleryAtBeginning,
            .galleryNothing, .galleryIsOpen,
            .galleryIsClosed, .gallerySkipsPaused, .gallerySkipsEnded, .gallerySkipsSilent, .gallerySkipsAlone,
            .galleryShowsNothing, .noRemarks, .welcomeGallery, .helpGallery, .helpGalleryLead:
            []
        case .remarkNotYours, .remarkStands: [.id]
        case .remarkTooLate, .noSuchGroup: [.name]
        case .galleryNotInternal: [.question]
        case .galleryClosedWithRemarks: [.total]
        case .galleriesOpened: [.count, .total]
        case .remarkOfAnotherGroup: [.id, .name]
        case .myRemarks: [.name, .values]
        case .groupInGallery, .topicGallery: [.number, .total]
        case .galleryOpened: [.question, .total]
        case .presentRemarks: [.count, .ids, .total]
        case .remarkNoted: [.id, .name, .question]
        case .remarkItem, .remarkCame: [.id, .name, .question, .text]
        case .exhibit: [.name, .number, .question, .text, .total]
        case .guideIsFirst, .guideNothingToSee, .guideHowToAdopt, .shapeText, .shapeList, .shapeOrganisations,
            .guideChangesNetwork, .guideChangesFrame:
            []
        case .guideDiffers, .guideCanGoBack, .guideIsPresent, .guideNoticed, .guideAdopted, .guideReturned: [.text]
        case .guideRemoves, .guideRemovesAnswered, .guideKeepsInGroup, .guideStaysInGroup, .questionHeaderFormer:
            [.question]
        case .guideHelps, .guideOtherLanguages: [.questions]
        case .guideChangesOrder: [.name]
        case .statusFormer: [.values]
        case .shapeTextParts, .shapeListParts, .shapeRows, .shapeOrganisationsParts, .guideLosesLanguages,
            .guideGainsLanguages:
            [.names]
        case .guideShown, .guideCompared, .guideLacksOrder: [.name, .text]
        case .guideAdds, .guideBringsBack, .guideRenames, .guideRewords: [.question, .text]
        case .guideAddsStep, .guideChangesStep: [.step, .text]
        case .guideMoves: [.question, .step]
        case .guideReshapes: [.question, .state]
        case .confirmGuide: [.count, .text, .total]
        case .paperBegan, .paperOfNobody, .paperIsPrivate, .notCopying, .paperEndedEmpty: []
        case .countContributions, .countProposals, .countOpenPoints: [.count]
        case .paperOf: [.name]
        case .paperAt: [.question]
        case .paperEnded, .paperTaken: [.names]
        case .proposedOnPaper, .recapDraftOnPaper: [.question, .text]
        case .paperReadAs: [.id, .question, .text]
        case .onlyLeadingForAll, .noOtherGroups, .groupPaused, .groupUnreachable: []
        case .groupSilent: [.count]
        case .groupEnded, .groupWithoutSession, .groupEmpty: [.name]
        case .groupUnheard: [.names]
        case .doneInGroups: [.total]
        case .announcement, .groupAgreed, .groupDraft, .groupRuledOut, .groupAnswered: [.name, .text]
        case .groupsComparison: [.question, .total]
        case .groupsOverview: [.total, .values]
        case .groupsAtQuestion: [.count, .question]
        case .groupCollected: [.name, .total, .values]
        case .groupOverview: [.count, .name, .question, .total, .values]
        case .queueEmpty, .queueInRoom, .nudgingOn, .nudgingOff, .groupOfOne, .dotsAreOpen, .noDots: []
        case .tooManyDots: [.count]
        case .tooManyEntries, .tooManyIDs: [.count, .total]
        case .notBegun: [.name]
        case .linesMissed: [.count]
        case .myDots, .dotsAllPlaced: [.ids]
        case .floorGiven: [.name]
        case .queue: [.names]
        case .notReady: [.people]
        case .nudge, .nothingToDot, .dotsNone: [.question]
        case .dotsPlaced: [.count, .ids]
        case .groupSplit: [.id, .ids]
        case .alreadyGrouped, .alike: [.id, .record]
        case .floorGivenQueue: [.name, .names]
        case .everybodyReady, .dotsUnderWay, .dotsClosed: [.question, .total]
        case .grouped: [.id, .ids, .text]
        case .readyNoted: [.count, .question, .total]
        case .dotsOpened: [.count, .ids, .question, .record]
        case .dotsItem: [.count, .id, .number, .text]
        case .noNetwork, .noOrganisations, .positionPartner, .positionSupporter, .positionHolder, .positionMissing,
            .positionOpponent, .kindOrganisation, .kindGroup, .kindPerson, .allResourcesMatched, .noResourceAwaited,
            .contactOpen, .noContacts, .badRhythm, .mapAsPicture, .mapFromFacilitator:
            []
        case .everyDays, .everyWeeks, .everyMonths:
            [.count]
        case .concernsNotice, .contactLast:
            [.date]
        case .contactUntil:
            [.due]
        case .noSuchOrganisation, .notMerged:
            [.id]
        case .whichPosition, .whichResource, .contactCounterpart:
            [.name]
        case .organisationBrings, .organisationTask, .organisationBenefit, .organisationConcern, .gapTaskKinds,
            .gapBenefits, .gapTasks, .gapSpheres, .gapResources, .gapHurdles, .factorEvidence, .factorMissing:
            [.names]
        case .concernsErased, .noPersonalNames:
            [.question]
        case .contactRequest, .mapMission:
            [.text]
        case .organisationAlso, .organisationSplit:
            [.id, .name]
        case .contactMade:
            [.id, .organisation]
        case .askForHolder, .resourceSettled, .notedAs, .hurdleOutside, .recordItem:
            [.id, .text]
        case .spheres:
            [.id, .values]
        case .factorItem:
            [.parts, .text]
        case .organisationItem:
            [.id, .name, .values]
        case .organisationsMerged, .alreadyMerged:
            [.id, .name, .record]
        case .contactMadeNext:
            [.due, .id, .organisation]
        case .contactItem:
            [.id, .organisation, .values]
        case .resourceAdded:
            [.id, .question, .text]
        case .mapPosition:
            [.names, .state, .total]
        case .alikeOrganisations, .hurdleLinked:
            [.id, .name, .record, .text]
        case .contactOverdue:
            [.due, .id, .name, .organisation]
        case .howToTalk, .howToTalkPrivately, .howToCollect, .lastQuestion, .alreadyNoted, .nothingToWithdraw,
            .emptyText,
            .modeCollect, .modeTalk, .confirmNext, .firstQuestion, .isPaused, .isRunning, .paused, .pausedBySplit,
            .resumed,
            .parkingLotEmpty, .timeboxRemoved, .timeboxPassed, .noTimebox, .silencePassed, .isSilent,
            .isNotSilent, .revealedNothing, .someone, .guest, .unnamedOperator, .welcomePaused, .welcomeSilent,
            .welcomeSilentAloud,
            .lastFacilitator,
            .sessionLanguage,
            .ownLanguage, .nothingOpen, .recapNothing, .noMorePages, .helpStart, .helpEnded, .helpPlain,
            .helpContribute, .helpPropose, .helpVote, .helpLook, .helpQuestion, .helpLead, .helpAgree,
            .helpMore, .noSession, .noSessionYet, .sessionEnded, .mayNotStart, .forMembers, .exportForFacilitators,
            .badDate,
            .pastDate, .badNumber, .badSilence, .badID, .overloaded, .lineTooLong, .shuttingDown, .joinFirst,
            .outcomeFailed,
            .nothingAboutYou, .confirmForget, .forgotten, .handOverFirst, .sessionErased, .notUTF8, .noGuide,
            .eraseFailed, .outcomeIsOlder, .outcomesRenewed, .outcomesRemain, .storeGone, .codeAccepted,
            .codeForConnection, .badCode, .codeSaidAloud, .howToLeave, .notPrivateHere, .onlyThisConnection,
            .nothingInThisConnection, .confirmForgetConnection, .nothingToGoOnWith, .vouchForOthers:
            []
        case .timeboxSet, .timeboxLeft, .timeboxWarning, .silenceBegan, .morePages, .votesPrivately:
            [.count]
        case .privacy, .keptUntil, .dateAfterRetention:
            [.date]
        case .pausedUntil:
            [.due]
        case .noted, .notedSilently, .edited, .noSuggestion, .withdrawn, .alreadyCleared, .noSuchRecord,
            .parked, .actionFinished, .notedAloud, .suggestionPassedOn, .ofAnotherAuthor, .alreadyDone,
            .notYoursToChange, .organisationInText, .howPrivateLinesCount, .clearInstead:
            [.id]
        case .notedSeveral:
            [.ids]
        case .remindersGoOn:
            [.ids, .values]
        case .answeredPrivately, .outcomePrivately, .ended, .introduced, .left, .facilitatorAdded, .facilitatorRemoved,
            .isFacilitator, .isNoFacilitator, .nameTaken, .paperOfSomebodyHere, .noSuchPerson, .personIsGone,
            .isAppointed, .notKept, .notKeptDiskFull, .perhapsKept, .confirmErase:
            [.name]
        case .facilitatorsPropose, .agreedAbstentions, .facilitators, .forFacilitators, .facilitationRestsAMinute:
            [.names]
        case .nameNumbered: [.name, .text]
        case .welcomeBriefly, .welcomeBrieflyCollecting:
            [.date, .parts]
        case .welcomeTogether, .welcomeTogetherCollecting:
            [.date, .names, .parts]
        case .welcomeMany, .welcomeManyCollecting:
            [.count, .date, .parts]
        case .vouched:
            [.author, .name, .text]
        case .isThisSomebodyKnown:
            [.name]
        case .notHereToVouchFor, .nobodyToVouchFor:
            [.text]
        case .welcome, .welcomeBack:
            [.parts]
        case .proposalEditedAskAgain:
            [.people]
        case .proposalEdited, .proposalWithdrawn, .agreedStands, .consentNoted, .consentStands,
            .consentAfterwards, .objectionNoted,
            .objectionAfterwards, .abstentionNoted, .noProposal, .nothingToAgree, .agreedByNobody, .skipped,
            .welcomeCurrent, .statusEmpty, .statusSkipped, .statusCollected, .statusDraft, .statusAgreed,
            .statusRuledOut, .myVote:
            [.question]
        case .prompt, .presentDraft, .presentAgreed, .presentRuledOut, .nothingToSubstitute, .orderChanged,
            .noSuchQuestion, .exampleAnswer, .noSuchVerb, .notUnderstood, .outcomeWritten, .groupChosen,
            .excludedRemoved, .excludedBanned, .excludedFull, .excludedInviteOnly, .excludedNeedsKey,
            .excludedNeedsAccount, .excludedMuted, .excludedRefused, .agreedObjectionPrivately, .doesItGoOn,
            .restNotKept:
            [.text]
        case .revealed:
            [.total]
        case .languages, .badFormat, .whichGroup:
            [.values]
        case .authorConfirms, .notYours:
            [.author, .id]
        case .timeboxExtended:
            [.count, .total]
        case .openPointRaised:
            [.date, .id]
        case .closing:
            [.date, .text]
        case .greeting:
            [.greeting, .text]
        case .notedElsewhere, .notedBesideAgreed:
            [.id, .question]
        case .continued, .revealedItem, .recapContribution, .recapCleared, .recapFinished, .myOpenPoint, .myAction,
            .myParked, .editSuggestedToAuthor:
            [.id, .text]
        case .dateUnderstood:
            [.due, .id]
        case .dateNotUnderstood:
            [.date, .id, .text]
        case .sectionMissing:
            [.ids, .text]
        case .statusWithOpenPoints:
            [.ids, .state]
        case .presentCollected, .presentOpenPoints, .accountOpen, .welcomeYours:
            [.ids, .total]
        case .introducedWithOrganisation:
            [.name, .organisation]
        case .agreedObjection, .myName, .oneOrSeveralProposed:
            [.name, .text]
        case .severalPeople:
            [.name, .people]
        case .personItem:
            [.name, .number, .text]
        case .editSuggestedPrivately:
            [.author, .id, .text]
        case .proposalEditedConsentsGone:
            [.names, .people]
        case .agreed:
            [.names, .question]
        case .proposalWhole, .ruledOut, .recapAgreed, .recapRuledOut, .explanation, .myProposal, .myObjection,
            .questionOrText,
            .proposedPrivately, .voteOnFormerWording, .recapDraftPrivately:
            [.question, .text]
        case .recapContributions:
            [.question, .values]
        case .confirmEnd, .welcomeAgreed, .accountAgreed, .accountCollected, .accountDraft,
            .accountRuledOut,
            .accountEmpty, .openQuestions:
            [.questions, .total]
        case .statusStep:
            [.step, .values]
        case .orders:
            [.text, .values]
        case .verbHelp, .notUnderstoodNearest:
            [.text, .verb]
        case .expertAsked:
            [.expert, .id, .name]
        case .oneOrSeveral, .parkedItem, .actionAssigned, .actionForNobody, .actionItem:
            [.id, .name, .text]
        case .contributedPrivately, .belongsElsewhere, .openPointItem:
            [.id, .question, .text]
        case .welcomeCurrentOpen:
            [.ids, .question, .total]
        case .proposed, .recapDraft:
            [.name, .question, .text]
        case .topic, .topicSilent:
            [.number, .question, .total]
        case .stepItem:
            [.number, .step, .text]
        case .editSuggested:
            [.author, .id, .name, .text]
        case .myContribution:
            [.date, .id, .question, .text]
        case .expertAskedUntil:
            [.due, .expert, .id, .name]
        case .actionAssignedUntil, .actionForNobodyUntil, .remindOfAction, .actionItemUntil:
            [.due, .id, .name, .text]
        case .openPointCleared:
            [.id, .question, .record, .text]
        case .questionHeader:
            [.number, .question, .step, .total]
        case .expertAskedReminder:
            [.date, .due, .expert, .id, .name]
        case .remindEverybody:
            [.due, .expert, .id, .text]
        case .remindOfOpenPoint, .askForResult:
            [.due, .expert, .id, .name, .text]
        case .openPointItemAsked:
            [.expert, .id, .name, .question, .text]
        case .openPointClearedByExpert:
            [.expert, .id, .question, .record, .text]
        case .questionHeaderPassing, .questionHeaderPassingMany:
            [.count, .number, .question, .questions, .step, .total]
        case .openPointItemUntil:
            [.due, .expert, .id, .name, .question, .text]
        case .privateOnly, .privateNowhere, .noPrivateWay:
            []
        case .partnerPaused, .partnerResumed, .partnerTest, .partnerOff:
            [.name]
        case .partnerStarted:
            [.name, .text]
        case .partnerPausedUntil:
            [.due, .name]
        case .partnerClosed:
            [.count, .name, .total]
        case .partnerStepClosed:
            [.name, .step]
        case .partnerReopened:
            [.name, .question]
        case .partnerAgreed:
            [.name, .question, .text]
        case .partnerOpenPoint, .partnerCleared:
            [.id, .name, .question, .text]
        case .partnerClearedPrivately:
            [.id, .name, .question]
        case .partnerOrganisation, .partnerSplit, .partnerContact, .partnerContactMade:
            [.id, .name, .organisation]
        case .partnerMerged:
            [.id, .name, .organisation, .record, .text]
        case .partnerContactDetails:
            [.id, .name, .organisation, .values]
        case .partnerContactMadeNext, .partnerContactDue:
            [.due, .id, .name, .organisation]
        case .partnerTask, .partnerAsked, .partnerNextStep, .partnerNetworkTask, .partnerTaskDone:
            [.id, .name, .text]
        case .partnerOpenPointDue, .partnerTaskUntil, .partnerTaskDue, .partnerAskedUntil:
            [.due, .id, .name, .text]
        }
    }
}
