/// How old a signed request may be: whoever saw one cannot send it once more much later.
enum RequestAge {
    /// How far the sender's clock may be off, in seconds, to either side.
    static let tolerance: UInt = 300

    /// Whether a request of that time was sent lately; both are seconds since 1970.
    ///
    /// The time comes from outside and may be any number there is.
    static func isRecent(_ timestamp: Int, at now: Int) -> Bool {
        let (distance, isTooFar) = timestamp.subtractingReportingOverflow(now)
        return !isTooFar && distance.magnitude <= tolerance
    }
}
