// The version of the guide that leads the session.

extension Session {
    /// The questions of former versions that something was said to; nobody is led to them.
    package var formerQuestions: [Question] {
        (dialog.formerQuestions ?? []).filter { isSomethingKept(at: $0.id) }
    }

    /// The present version and those before it.
    var guides: [Dialog] { formerGuides + [dialog] }

    /// Every question that there is something to tell of: those that are asked, then those of former versions.
    package var allQuestions: [Question] { questions + formerQuestions }

    func isSomethingKept(at question: Question.ID) -> Bool {
        state(of: question) != .empty || answers[question]?.skipped != nil
            || derived.followUps.points[question].contains { !openPoints[$0].isWithdrawn }
    }

    mutating func applyGuide(_ event: Event) {
        switch event.kind {
        case .guideAdopted(let guide):
            formerGuides.append(dialog)
            go(on: guide)
        case .guideReturned(let guide):
            if !formerGuides.isEmpty { formerGuides.removeLast() }
            go(on: guide)
        case .guideNoticed(let hash):
            noticedGuide = hash
        case .recordsNamed(let question, let place, let mentions):
            note(mentions, by: event.by, at: question)
            switch place {
            case .contribution(let id):
                guard let index = contributions.place(of: id) else { return }
                contributions[index].mentions = mentions
            case .proposal: answers[question]?.draft?.mentions = mentions
            case .agreed: answers[question]?.agreed?.mentions = mentions
            }
        default:
            break
        }
    }

    private mutating func go(on guide: Dialog) {
        if let concerns = dialog.network?.positions[.opponent], !formerConcerns.contains(concerns) {
            formerConcerns.append(concerns)
        }
        laterGuide = guide
        dialog = guide
    }
}
