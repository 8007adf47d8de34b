import DialogEngine
import Wording

extension WordingReader {
    mutating func formats(_ field: Field) -> Phrasebook.Formats? {
        let fields = file.fields(
            of: field,
            [
                "day", "day_and_month", "typed_day", "time", "day_with_time", "quoted", "numbers", "greetings",
            ])
        let dayParts = [DatePattern.day, DatePattern.month, DatePattern.year]
        let timeParts = [DatePattern.hour, DatePattern.minute]
        let day = pattern(fields["day"], parts: dayParts, needed: dayParts)
        let dayAndMonth = pattern(
            fields["day_and_month"], parts: dayParts, needed: [DatePattern.day, DatePattern.month])
        let typedDay = pattern(fields["typed_day"], parts: dayParts, needed: [DatePattern.day, DatePattern.month])
        let time = pattern(fields["time"], parts: timeParts, needed: timeParts)
        let dayWithTime = template(fields["day_with_time"], Phrasebook.DateSlot.self)
        let quoted = template(fields["quoted"], Phrasebook.QuoteSlot.self)
        let numbers = numbers(fields["numbers"])
        let greetings = greetings(fields["greetings"])
        guard let day, let dayAndMonth, let typedDay, let time, let dayWithTime, let quoted else { return nil }
        return Phrasebook.Formats(
            day: day, dayAndMonth: dayAndMonth, typedDay: typedDay, time: time, dayWithTime: dayWithTime,
            quoted: quoted, numbers: numbers, greetings: greetings)
    }

    private mutating func pattern(_ field: Field, parts: [DatePattern.Part], needed: [DatePattern.Part]) -> String? {
        guard let pattern = file.line(field) else { return nil }
        if let flaw = DatePattern.flaw(of: pattern, parts: parts, needed: needed) { file.error(flaw, at: field) }
        return pattern
    }

    /// A template in which every slot has to be used.
    private mutating func template<Slot: RawRepresentable<String> & CaseIterable & Hashable & Sendable>(
        _ field: Field, _ slots: Slot.Type
    ) -> Template<Slot>? {
        guard let template = file.template(field, slots: Slot.allCases) else { return nil }
        let missing = Slot.allCases.filter { !template.slots.contains($0) }.map { "{\($0.rawValue)}" }
        if !missing.isEmpty { file.error("lacks \(missing.listed)", at: field) }
        return template
    }

    /// The words for 0, 1, 2 …, with `null` where digits are used.
    private mutating func numbers(_ field: Field) -> [String?] {
        let items = file.items(of: field)
        return items.map { $0.isAbsent ? nil : file.text($0) }
    }

    private mutating func greetings(_ field: Field) -> [Int: String] {
        let fields = file.fields(of: field)
        var greetings: [Int: String] = [:]
        for (name, position) in fields.keys {
            let text = file.line(fields[name])
            if let hour = Int(name), (0...23).contains(hour) {
                greetings[hour] = text
            } else {
                let what = "\"\(name)\" is no hour; use 0 to 23"
                file.report(.error, what, path: fields[name].path, at: position)
            }
        }
        if fields.field.isMapping, fields.keys.isEmpty { file.error("is empty", at: field) }
        return greetings
    }
}
