import Foundation

/// Reads and writes the times of a rehearsal.
struct RehearsalClock {
    private let calendar: Calendar

    init(timeZone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
    }

    /// `+10m`, `+2h`, `+3d`, `+1w` from `now`, `2026-12-01 09:00`, or `2026-12-01` for nine in the morning; nil for
    /// anything else.
    func moment(_ text: String, after now: Date) -> Date? {
        if text.hasPrefix("+") { return passed(text.dropFirst(), since: now) }
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 5 || numbers.count == 3 else { return nil }
        let components = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers.count == 5 ? numbers[3] : 9,
            minute: numbers.count == 5 ? numbers[4] : 0)
        return calendar.date(from: components)
    }

    private func passed(_ text: Substring, since now: Date) -> Date? {
        guard let unit = text.last, let number = Int(text.dropLast()), (1...100_000).contains(number) else {
            return nil
        }
        switch unit {
        case "m": return calendar.date(byAdding: .minute, value: number, to: now)
        case "h": return calendar.date(byAdding: .hour, value: number, to: now)
        case "d": return calendar.date(byAdding: .day, value: number, to: now)
        case "w": return calendar.date(byAdding: .day, value: number * 7, to: now)
        default: return nil
        }
    }

    func text(_ moment: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment)
        func padded(_ number: Int?) -> String { String(format: "%02d", number ?? 0) }
        return
            "\(parts.year ?? 0)-\(padded(parts.month))-\(padded(parts.day)) \(padded(parts.hour)):\(padded(parts.minute))"
    }
}
