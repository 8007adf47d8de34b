import FoundationEssentials

// Who is ready, who wants to speak, and whether the silent are asked.

extension Session {
    /// How long a question stands before those who have brought nothing are asked, in seconds.
    static let patience = 300.0

    mutating func applySpeaking(_ event: Event) {
        switch event.kind {
        case .becameReady:
            if let person = event.by, !ready.contains(person) { ready.append(person) }
        case .queueJoined:
            if let person = event.by, !queue.contains(person) { queue.append(person) }
        case .queueLeft:
            queue.removeAll { $0 == event.by }
        case .floorGiven(let person):
            queue.removeAll { $0 == person }
        case .nudgingChanged(let isOn):
            isNudging = isOn
            nudgeAt = isOn ? event.at + Self.patience : nil
        case .nudged:
            nudgeAt = nil
        default:
            break
        }
    }
}

extension Event.Kind {
    /// Whether somebody brought or decided something; coming, going and being reminded do not count.
    var isSaid: Bool {
        switch self {
        case .contributed, .contributionEdited, .editSuggested, .withdrawn, .amended, .proposed, .proposalEdited,
            .proposalWithdrawn, .voted, .agreed, .skipped, .ruledOut, .openPointRaised, .expertAsked,
            .openPointCleared, .parked, .actionAssigned, .actionFinished, .started, .resumed, .reopened, .moved,
            .becameReady,
            .queueJoined, .contributionsGrouped, .groupSplit, .dotsPlaced, .galleryMoved:
            true
        default: false
        }
    }
}
