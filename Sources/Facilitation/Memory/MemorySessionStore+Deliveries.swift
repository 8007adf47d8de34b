import DialogEngine
public import FoundationEssentials

extension MemorySessionStore: DeliveryStore {
    public func due(at moment: Date, for partners: [String], limit: Int) -> [Delivery] {
        deliveries.due(at: moment, for: partners, limit: limit)
    }

    public func record(_ attempts: [DeliveryAttempt]) -> [Delivery] {
        attempts.compactMap { deliveries.record($0) }
    }
}

/// What partners are still to be told, and how they are doing.
struct MemoryDeliveries {
    private struct Lane: Hashable {
        let partner: String
        let session: Session.ID
    }

    private struct Letter {
        var notice: Delivery.Notice
        var isWaiting = true
        var attempts = 0
        var nextAttempt: Date
    }

    private struct Health {
        var failingSince: Date?
        var isOff = false
    }

    /// The letters of a lane in sequence; their places are their numbers.
    private var lanes: [Lane: [Letter]] = [:]
    private var partners: [String: Health] = [:]

    mutating func add(_ notices: [PartnerNotice], of session: Session.ID) {
        for notice in notices {
            let kept = Delivery.Notice(
                id: notice.id, type: notice.type, at: notice.at, words: .init(text: notice.text, data: notice.data))
            lanes[Lane(partner: notice.partner, session: session), default: []]
                .append(Letter(notice: kept, nextAttempt: notice.at))
        }
    }

    mutating func forgetWords(of session: Session.ID) {
        for lane in lanes.keys where lane.session == session {
            for index in lanes[lane, default: []].indices {
                guard let notice = lanes[lane]?[index].notice else { continue }
                lanes[lane]?[index].notice = .init(id: notice.id, type: notice.type, at: notice.at, words: nil)
            }
        }
    }

    mutating func erase(_ session: Session.ID) {
        for lane in lanes.keys where lane.session == session { lanes[lane] = nil }
    }

    func due(at moment: Date, for partners: [String], limit: Int) -> [Delivery] {
        let heads = lanes.keys.filter { partners.contains($0.partner) }.compactMap { head(of: $0, at: moment) }
        return heads.sorted { $0.since < $1.since }.prefix(limit).map(\.delivery)
    }

    /// The first that waits in a lane, where its time has come.
    private func head(of lane: Lane, at moment: Date) -> (delivery: Delivery, since: Date)? {
        guard let index = lanes[lane]?.firstIndex(where: \.isWaiting), let letter = lanes[lane]?[index],
            letter.nextAttempt <= moment, partners[lane.partner]?.isOff != true
        else { return nil }
        let delivery = Delivery(
            notice: letter.notice, partner: lane.partner, session: lane.session, seq: index + 1,
            attempts: letter.attempts, failingSince: partners[lane.partner]?.failingSince)
        return (delivery, letter.nextAttempt)
    }

    /// Returns what follows in the lane, where the letter is done with.
    mutating func record(_ attempt: DeliveryAttempt) -> Delivery? {
        let lane = Lane(partner: attempt.delivery.partner, session: attempt.delivery.session)
        let index = attempt.delivery.seq - 1
        guard lanes[lane]?.indices.contains(index) == true else { return nil }
        lanes[lane]?[index].attempts += 1
        var health = partners[lane.partner] ?? Health()
        health.failingSince = attempt.verdict == .delivered ? nil : health.failingSince ?? attempt.at
        defer { partners[lane.partner] = health }
        switch attempt.verdict {
        case .again(let moment): lanes[lane]?[index].nextAttempt = moment
        case .off: health.isOff = true
        case .delivered, .dead:
            lanes[lane]?[index].isWaiting = false
            partners[lane.partner] = health
            return head(of: lane, at: attempt.at)?.delivery
        }
        return nil
    }
}
