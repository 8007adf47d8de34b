import DialogEngine
import Foundation
import Testing

@testable import DialogEngine

@Suite("The contact plan")
struct ContactTests {
    /// The end of the ninth day after the beginning, with the reminder of a whole day.
    private static let due = DueDate(
        moment: Play.beginning.addingTimeInterval(9 * .day), isWholeDay: true,
        reminder: Play.beginning.addingTimeInterval(7.5 * .day))

    @Test("A plan is changed part by part")
    func planning() throws {
        var play = Play.network(("partners", "Stadtwerke"))
        play.tell(.bernd, .planContact(.o1, ContactPlan(assignee: "anna", format: "kaffee", due: Self.due)))
        play.tell(.bernd, .planContact(.o1, ContactPlan(request: "Rohre", rhythm: Rhythm(every: 4, .weeks))))
        let plan = try #require(play.session.network.member(.o1)?.contact?.plan)
        #expect(
            plan
                == ContactPlan(
                    assignee: "anna", person: 1, request: "Rohre", format: "coffee", rhythm: Rhythm(every: 4, .weeks),
                    due: Self.due))
        #expect(play.tell(.bernd, .showContacts).phrases == [.contactItem])
        #expect(play.tell(.bernd, .planContact(.o2, ContactPlan(assignee: "anna"))).phrases == [.noSuchOrganisation])
    }

    @Test("Whoever has it is reminded once when a contact is overdue, on the morning after its day")
    func reminder() {
        var play = Play.network(("partners", "Stadtwerke"))
        play.tell(.bernd, .planContact(.o1, ContactPlan(assignee: "anna", due: Self.due)))
        #expect(play.session.nextDeadline == Self.due.reminder.addingTimeInterval(2 * .day))
        #expect(play.wait(9 * .day).phrases.isEmpty)
        let decision = play.wait(.day)
        #expect(decision.output(.contactOverdue)?.audience == .addressed(Speaker.anna.identity))
        #expect(play.wait(.day).isNothing && play.session.nextDeadline == nil)
    }

    @Test("A contact that nobody of the room has is remembered in the room")
    func reminderOfStranger() {
        var play = Play.network(("partners", "Stadtwerke"))
        play.tell(.bernd, .planContact(.o1, ContactPlan(assignee: "Zoe", due: Self.due)))
        #expect(play.wait(10 * .day).output(.contactOverdue)?.audience == .room)
    }

    @Test("A contact that was made comes again by its rhythm, or not at all")
    func rhythm() throws {
        var play = Play.network(("partners", "Stadtwerke; Bauhof"))
        play.tell(.bernd, .planContact(.o1, ContactPlan(rhythm: Rhythm(every: 2, .weeks), due: Self.due)))
        play.pass(30 * .day)
        let decision = play.tell(.bernd, .makeContact(.o1))
        #expect(decision.phrases.contains(.contactMadeNext))
        let contact = try #require(play.session.network.member(.o1)?.contact)
        // 9 + 14 lies behind, 9 + 28 ahead; an hour before the end of the day.
        #expect(contact.plan.due?.moment == Self.due.moment.addingTimeInterval(28 * .day - .hour))
        #expect(contact.state(at: play.now) == .planned)
        #expect(play.tell(.bernd, .makeContact(.o2)).phrases.contains(.contactMade))
        #expect(play.session.network.member(.o2)?.contact?.state(at: play.now) == .made)
    }

    @Test(
        "The next date is the right day in every time zone, over clock changes too",
        arguments: ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC"],
        [Rhythm(every: 4, .weeks), Rhythm(every: 1, .months), Rhythm(every: 10, .days)])
    func nextDay(zone: String, rhythm: Rhythm) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        let day = DateComponents(year: 2026, month: 10, day: 7, hour: 23, minute: 59, second: 59)
        let moment = try #require(calendar.date(from: day))
        let due = DueDate(moment: moment, isWholeDay: true, reminder: moment.addingTimeInterval(-39 * 3600))
        let component: Calendar.Component =
            rhythm.unit == .weeks ? .weekOfYear : rhythm.unit == .months ? .month : .day
        for step in 1...12 {
            let expected = try #require(calendar.date(byAdding: component, value: step * rhythm.count, to: moment))
            let next = try #require(due.next(by: rhythm, after: expected.addingTimeInterval(-2 * .day)))
            #expect(calendar.isDate(next.moment, inSameDayAs: expected))
        }
    }

    @Test("Who is to make a contact sees it among her data")
    func myData() {
        var play = Play.network(("partners", "Stadtwerke"))
        play.tell(.bernd, .planContact(.o1, ContactPlan(assignee: "anna")))
        #expect(play.tell(.anna, .myData, .private).phrases.contains(.contactItem))
        #expect(play.tell(.bernd, .myData, .private).phrases.contains(.contactItem))
    }

    @Test("Of a forgotten person the plan keeps neither her name nor her words")
    func forgetting() throws {
        var play = Play.network(("partners", "Stadtwerke"))
        let plan = ContactPlan(assignee: "dirk", counterpart: "Zqfrau", request: "zqbitte")
        play.tell(.dirk, .planContact(.o1, plan))
        let before = play.session
        play.tell(.dirk, .forgetMe(confirmed: true))
        #expect(try !Folded.json(play.session).contains("zq"))
        let person = try #require(before.person(with: Speaker.dirk.identity))
        let redacted = play.events.map { $0.redacted(by: before.erasure(of: person.id)) }
        #expect(try !Folded.json(redacted).lowercased().contains("zq"))
    }
}
