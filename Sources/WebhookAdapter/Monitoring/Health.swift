/// How Lotse is doing, as `/health` tells it.
///
/// | it is                                                 | status | first line |
/// |-------------------------------------------------------|--------|------------|
/// | well                                                  | 200    | `ok`       |
/// | not reaching somebody, or slow, but keeping all it is told | 200    | `degraded` |
/// | unable to keep what it is told                        | 503    | `failing`  |
///
/// Only the last is a reason to start it anew, or to send people elsewhere: what is away comes back, and lines wait for it.
package struct Health: Hashable, Sendable {
    /// Why nothing can be kept; nil where it can.
    package var trouble: String?
    /// What else is amiss, a line for each.
    package var warnings: [String]

    package init(trouble: String? = nil, warnings: [String] = []) {
        (self.trouble, self.warnings) = (trouble, warnings)
    }

    var text: String {
        let state = trouble != nil ? "failing" : warnings.isEmpty ? "ok" : "degraded"
        return ([state] + [trouble].compactMap(\.self) + warnings).map { "\($0)\n" }.joined()
    }
}
