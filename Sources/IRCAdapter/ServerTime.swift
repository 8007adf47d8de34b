import FoundationEssentials

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
