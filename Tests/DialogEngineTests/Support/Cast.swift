import DialogEngine
import FoundationEssentials

/// The people of the tests.
extension Speaker {
    static let anna = Speaker(identity: Identity(rawValue: "local/anna"), name: "anna", appointment: .starter)
    static let bernd = Speaker(identity: Identity(rawValue: "local/bernd"), name: "bernd")
    static let ceyda = Speaker(identity: Identity(rawValue: "local/ceyda"), name: "ceyda")
    static let dirk = Speaker(identity: Identity(rawValue: "local/dirk"), name: "dirk")
    /// Somebody who is not in the group's room.
    static let eve = Speaker(identity: Identity(rawValue: "local/eve"), name: "eve", standing: .stranger)
}

extension RecordID {
    static let b1 = RecordID(.contribution, 1)
    static let b2 = RecordID(.contribution, 2)
    static let k1 = RecordID(.openPoint, 1)
    static let a1 = RecordID(.action, 1)
    static let o1 = RecordID(.organisation, 1)
    static let o2 = RecordID(.organisation, 2)
    static let p1 = RecordID(.parked, 1)
}

extension TimeInterval {
    static let minute = 60.0
    static let hour = 3_600.0
    static let day = 86_400.0
}

extension DueDate {
    /// A clock time; the reminder comes an hour before.
    static func at(_ moment: Date) -> DueDate {
        DueDate(moment: moment, isWholeDay: false, reminder: moment.addingTimeInterval(-.hour))
    }
}
