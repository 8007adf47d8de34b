import DialogEngine

extension String {
    /// The one of `candidates` that was probably meant, or nil if none is near.
    package func nearest(in candidates: some Sequence<String>) -> String? {
        let typed = lowercased()
        let tolerance = Swift.max(1, Swift.min(3, typed.count / 3))
        let near = candidates.map { (candidate: $0, distance: typed.editDistance(to: $0.lowercased())) }
            .filter { $0.distance <= tolerance }
            .min { $0.distance < $1.distance }
        if let near { return near.candidate }
        let longer = candidates.filter { typed.count > 2 && $0.lowercased().hasPrefix(typed) }
        return longer.count == 1 ? longer[0] : nil
    }
}

/// What may be meant, behind what was found: `; did you mean "title"?`, or a small set to choose from.
package func suggestion(for typed: String, in candidates: some Collection<String>) -> String {
    if let nearest = typed.nearest(in: candidates) { return "; did you mean \"\(nearest)\"?" }
    var choice: [String] = []
    for candidate in candidates where !choice.contains(candidate) { choice.append(candidate) }
    return choice.isEmpty || choice.count > 16 ? "" : "; allowed: \(choice.joined(separator: ", "))"
}
