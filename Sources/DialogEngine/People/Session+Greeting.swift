extension Session {
    /// What somebody who comes has to know of the moment: the question, and what is special about the way of working.
    package var greetingParts: [Line] {
        var parts: [Line] = []
        if let question = currentQuestion {
            let points = openPoints.filter(\.isOpen).map(\.id)
            var values: [Phrase.Slot: Value] = [.question: .key(question)]
            if !points.isEmpty {
                values[.ids] = .ids(points)
                values[.total] = .count(points.count)
            }
            parts.append(Line(points.isEmpty ? .welcomeCurrent : .welcomeCurrentOpen, values))
        }
        if gallery != nil { parts.append(Line(.welcomeGallery)) }
        if state == .paused { parts.append(Line(.welcomePaused)) }
        if silence != nil { parts.append(Line(.welcomeSilent)) }
        return parts
    }
}
