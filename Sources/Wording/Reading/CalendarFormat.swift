package import FoundationEssentials

/// Days and clock times in a time zone, read from and written by patterns; the same calendar for all wording.
package struct CalendarFormat: Hashable, Sendable {
    package let timeZone: TimeZone

    package init(timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    package var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }

    /// `date` by a pattern of `d dd M MM MMM yyyy H HH h mm a`; `MMM` are the first three letters of the month's name.
    package func text(_ date: Date, by pattern: String, monthNames: [String]) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        let hour = parts.hour ?? 0
        let month = parts.month ?? 1
        var text = ""
        var rest = pattern[...]
        while let letter = rest.first {
            let run = rest.prefix { $0 == letter }
            rest = rest.dropFirst(run.count)
            switch String(run) {
            case "d": text += "\(parts.day ?? 0)"
            case "dd": text += padded(parts.day ?? 0)
            case "M": text += "\(month)"
            case "MM": text += padded(month)
            case "MMM" where monthNames.indices.contains(month - 1):
                text += monthNames[month - 1].prefix(3).capitalized
            case "yyyy": text += "\(parts.year ?? 0)"
            case "H": text += "\(hour)"
            case "HH": text += padded(hour)
            case "h": text += "\((hour + 11) % 12 + 1)"
            case "mm": text += padded(parts.minute ?? 0)
            case "a": text += hour < 12 ? "am" : "pm"
            default: text += run
            }
        }
        return text
    }

    private func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Substring {
    fileprivate var capitalized: String {
        prefix(1).uppercased() + dropFirst()
    }
}
