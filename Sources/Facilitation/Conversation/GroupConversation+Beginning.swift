import DialogEngine
import FoundationEssentials
import Wording

// Beginning a session: its id, its name, and how long it is kept.

extension GroupConversation {
    /// A session that ended, or that never was, makes way for a new one.
    mutating func beginIfAsked(_ command: Command, by message: IncomingMessage) async throws(StoreError) {
        guard session == nil || makesWay(for: command, at: message.at), let guide else { return }
        var name = group.name
        if case .start(let given?, _) = command { name = given }
        let id = try await freeID(for: name, at: message.at)
        let settings = StartSettings(
            session: id, name: name, language: group.language, order: group.order, mode: group.mode,
            retainedUntil: retention(from: message.at, months: group.retentionMonths),
            concernsRetainedUntil: retention(
                from: message.at, months: min(group.concernsRetentionMonths, group.retentionMonths)),
            facilitatorsPropose: group.facilitatorsPropose, token: Self.newToken)
        session = Session(dialog: guide, settings: settings)
    }

    /// Eighty random bits, as sixteen letters and digits.
    private static var newToken: String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
        return String((0..<16).map { _ in letters[Int.random(in: letters.indices)] })
    }

    /// Whether a session is over and another one is to begin: asked for as such, under another name, or after a week.
    private func makesWay(for command: Command, at now: Date) -> Bool {
        guard case .start(let name, let anew) = command, let session, session.state == .ended || session.state == .new
        else { return false }
        let endedLately = session.endedAt.map { now.timeIntervalSince($0) < 7 * 86_400 } ?? false
        return anew || !endedLately || name.map { $0.folded != session.name.folded } ?? false
    }

    /// `stadtbaeume-2026-11-22`, with a number behind it when there is one of that name already.
    private func freeID(for name: String, at now: Date) async throws(StoreError) -> Session.ID {
        let calendar = calendar
        let day = calendar.dateComponents([.year, .month, .day], from: now)
        let date = [day.year, day.month, day.day].map { ($0 ?? 0) < 10 ? "0\($0 ?? 0)" : "\($0 ?? 0)" }
        let words = name.split { !$0.isLetter && !$0.isNumber }.map { $0.folded }.filter { !$0.isEmpty }
        let stem = ((words.isEmpty ? ["lotse"] : words) + date).joined(separator: "-")
        var id = stem
        var number = 1
        while true {
            let isStored = try await services.store.load(id) != nil
            if !isStored, services.sessionIDs.take(id, for: group.name) { break }
            number += 1
            id = "\(stem)-\(number)"
        }
        return id
    }

    /// The last moment of the month that lies the retention ahead.
    private func retention(from now: Date, months: Int) -> Date {
        let calendar = calendar
        guard let month = calendar.dateInterval(of: .month, for: now)?.start,
            let end = calendar.date(byAdding: .month, value: months + 1, to: month)
        else { return now }
        return end.addingTimeInterval(-1)
    }

    var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = interpreter.timeZone
        return calendar
    }
}
