package import FoundationEssentials

/// When an input came: the wall clock for what people see, a steady clock for what has to last a while.
package struct Moment: Hashable, Sendable {
    package let date: Date
    /// Time since some fixed point; never goes back.
    package let uptime: Duration

    package init(date: Date, uptime: Duration) {
        self.date = date
        self.uptime = uptime
    }
}

/// The `time` tag of IRCv3 `server-time`: `2026-11-22T19:00:00.000Z`.
enum ServerTime {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    static func render(_ date: Date) -> String {
        date.formatted(style)
    }

    static func parse(_ text: String) -> Date? {
        (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }
}
