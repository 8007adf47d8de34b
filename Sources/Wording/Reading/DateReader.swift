package import DialogEngine
package import FoundationEssentials

/// Reads days and clock times as people type them, in the words of every language.
///
/// | typed                                        | means                                             |
/// |----------------------------------------------|---------------------------------------------------|
/// | `2.12.` `02.12.26` `2. Dezember` `2 Dec 2026`  | that day; without a year the next one that comes  |
/// | `2026-12-02`                                 | that day                                          |
/// | `heute` `morgen` `übermorgen`                | counted from now                                  |
/// | `Freitag` `nächsten Freitag`                 | the next one, today excluded                      |
/// | `in 2 Wochen` `in 3 days` `in 20 min`        | counted from now                                  |
/// | a clock time behind any of them, or alone    | `18:00` `18.30 Uhr` `18 Uhr`; alone, the next one |
///
/// A day without a clock time ends with its last second; its reminder is at nine in the morning of the day before. The
/// reminder of a clock time is an hour before it.
package struct DateReader: Sendable {
    package enum Reading: Hashable, Sendable {
        case due(DueDate)
        /// The words are no date.
        case notADate
        /// A day that the calendar does not have, such as 31.2.
        case noSuchDay
        /// A moment that has come already, or a day that is over.
        case past
    }

    private let calendar: Calendar
    private let vocabulary: Vocabulary

    package init(phrasebooks: some Sequence<Phrasebook>, timeZone: TimeZone) {
        calendar = CalendarFormat(timeZone: timeZone).calendar
        vocabulary = Vocabulary(phrasebooks)
    }

    package func read(_ text: String, now: Date) -> Reading {
        var tokens = tokens(in: text)
        guard !tokens.isEmpty else { return .notADate }
        if let moment = moment(after: tokens, now: now) { return due(at: moment, now: now) }
        let time = takeTime(from: &tokens)
        if tokens.isEmpty, let time { return due(at: next(time, after: now), now: now) }
        guard let day = day(tokens, now: now) else { return isNamed(tokens) ? .noSuchDay : .notADate }
        guard let time else { return due(on: day, now: now) }
        return calendar.date(bySettingHour: time.hour, minute: time.minute, second: 0, of: day)
            .map { due(at: $0, now: now) } ?? .notADate
    }

    /// Whether the words name a day and a month, which is none if nobody could read it.
    private func isNamed(_ tokens: [String]) -> Bool {
        if let parts = numbers(tokens.joined(), separatedBy: ".") ?? numbers(tokens.joined(), separatedBy: "-") {
            return parts.count == 2 || parts.count == 3
        }
        let hasMonth = tokens.contains { vocabulary.month($0) != nil }
        return hasMonth && (2...3).contains(tokens.count) && tokens.contains { $0.first?.isNumber ?? false }
    }

    // MARK: Results

    private func due(on day: Date, now: Date) -> Reading {
        let start = calendar.startOfDay(for: day)
        guard let end = calendar.date(byAdding: .day, value: 1, to: start)?.addingTimeInterval(-1),
            let before = calendar.date(byAdding: .day, value: -1, to: start),
            let reminder = calendar.date(bySettingHour: 9, minute: 0, second: 0, of: before)
        else { return .notADate }
        return end < now ? .past : .due(DueDate(moment: end, isWholeDay: true, reminder: reminder))
    }

    private func due(at moment: Date, now: Date) -> Reading {
        moment <= now
            ? .past : .due(DueDate(moment: moment, isWholeDay: false, reminder: moment.addingTimeInterval(-3600)))
    }

    private func next(_ time: (hour: Int, minute: Int), after now: Date) -> Date {
        let today = calendar.date(bySettingHour: time.hour, minute: time.minute, second: 0, of: now) ?? now
        return today > now ? today : calendar.date(byAdding: .day, value: 1, to: today) ?? today
    }

    // MARK: Reading

    /// Words and numbers, lower case; `2.12.` and `18:00` stay whole, a comma parts.
    private func tokens(in text: String) -> [String] {
        text.lowercased().replacing(",", with: " ")
            .split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// `in 20 minutes`, `in 2 hours`: a moment rather than a day.
    private func moment(after tokens: [String], now: Date) -> Date? {
        guard let (number, unit) = span(tokens), number <= 100_000 else { return nil }
        switch unit {
        case .minutes: return now.addingTimeInterval(Double(number) * 60)
        case .hours: return now.addingTimeInterval(Double(number) * 3600)
        default: return nil
        }
    }

    private func span(_ tokens: [String]) -> (number: Int, unit: Word)? {
        guard tokens.count == 3, vocabulary.means(tokens[0], .in), let number = Int(tokens[1]), number > 0 else {
            return nil
        }
        let unit = [Word.minutes, .hours, .days, .weeks, .months].first { vocabulary.means(tokens[2], $0) }
        return unit.map { (number, $0) }
    }

    /// Takes a clock time from the end, with the words around it.
    private func takeTime(from tokens: inout [String]) -> (hour: Int, minute: Int)? {
        var rest = tokens
        var saidClock = false
        if let last = rest.last, vocabulary.means(last, .clock) {
            rest.removeLast()
            saidClock = true
        }
        guard let last = rest.last else { return nil }
        let time = clockTime(last, saidClock: saidClock)
        if time == nil, let mark = last.firstIndex(of: "t") {
            guard let iso = clockTime(String(last[last.index(after: mark)...])) else { return nil }
            tokens = rest.dropLast() + [String(last[..<mark])]
            return iso
        }
        guard time != nil else { return nil }
        rest.removeLast()
        if let word = rest.last, vocabulary.means(word, .at) { rest.removeLast() }
        tokens = rest
        return time
    }

    private func clockTime(_ token: String, saidClock: Bool = false) -> (hour: Int, minute: Int)? {
        for separator in saidClock ? [":", "."] : [":"] {
            let parts = token.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1] else { continue }
            return (0...23).contains(hour) && (0...59).contains(minute) ? (hour, minute) : nil
        }
        guard saidClock, let hour = Int(token), (0...23).contains(hour) else { return nil }
        return (hour, 0)
    }

    private func day(_ tokens: [String], now: Date) -> Date? {
        let today = calendar.startOfDay(for: now)
        if let (number, unit) = span(tokens), number <= 1000 {
            switch unit {
            case .days: return calendar.date(byAdding: .day, value: number, to: today)
            case .weeks: return calendar.date(byAdding: .day, value: number * 7, to: today)
            case .months: return calendar.date(byAdding: .month, value: number, to: today)
            default: return nil
            }
        }
        var words = tokens
        if words.count > 1, vocabulary.means(words[0], .next) { words.removeFirst() }
        if words.count == 1 {
            if let offset = vocabulary.dayOffset(words[0]) {
                return calendar.date(byAdding: .day, value: offset, to: today)
            }
            if let weekday = vocabulary.weekday(words[0]) { return next(weekday: weekday, after: today) }
            if let iso = numbers(words[0], separatedBy: "-"), iso.count == 3 {
                return date(year: iso[0], month: iso[1], day: iso[2])
            }
        }
        return dayAndMonth(words, today: today)
    }

    private func next(weekday: Int, after today: Date) -> Date? {
        let present = calendar.component(.weekday, from: today)
        let ahead = (weekday - present + 7) % 7
        return calendar.date(byAdding: .day, value: ahead == 0 ? 7 : ahead, to: today)
    }

    /// `2.12.`, `2. 12. 2026`, `2. Dezember 2026`, `Dec 2 2026`.
    private func dayAndMonth(_ words: [String], today: Date) -> Date? {
        if let month = words.first.flatMap(vocabulary.month), words.count > 1 {
            return dayAndMonth([words[1], words[0]] + words.dropFirst(2), month: month, today: today)
        }
        if words.count > 1, let month = vocabulary.month(words[1]) {
            return dayAndMonth(words, month: month, today: today)
        }
        let parts = numbers(words.joined(), separatedBy: ".") ?? []
        guard parts.count == 2 || parts.count == 3 else { return nil }
        return date(day: parts[0], month: parts[1], year: parts.count == 3 ? parts[2] : nil, today: today)
    }

    private func dayAndMonth(_ words: [String], month: Int, today: Date) -> Date? {
        guard words.count <= 3, let day = Int(words[0].prefix(while: \.isNumber)) else { return nil }
        if words.count == 3 {
            guard let year = Int(words[2]) else { return nil }
            return date(day: day, month: month, year: year, today: today)
        }
        return date(day: day, month: month, year: nil, today: today)
    }

    private func numbers(_ text: String, separatedBy separator: Character) -> [Int]? {
        let parts = text.split(separator: separator)
        let numbers = parts.compactMap { Int($0) }
        return numbers.count == parts.count && !numbers.isEmpty ? numbers : nil
    }

    private func date(day: Int, month: Int, year: Int?, today: Date) -> Date? {
        if let year { return date(year: year < 100 ? 2000 + year : year, month: month, day: day) }
        let present = calendar.component(.year, from: today)
        // 29.2. may be four years away, at most eight.
        return (present...(present + 8)).lazy
            .compactMap { date(year: $0, month: month, day: day) }
            .first { $0 >= today }
    }

    /// The day, or nil where the calendar does not have it.
    private func date(year: Int, month: Int, day: Int) -> Date? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let wanted = DateComponents(year: year, month: month, day: day)
        guard let date = calendar.date(from: wanted) else { return nil }
        let found = calendar.dateComponents([.month, .day], from: date)
        return found.month == month && found.day == day ? date : nil
    }
}
