import DialogEngine
import Facilitation
import FoundationEssentials
import GRDB

/// What partners are told: written with the change, taken out when it is delivered.
extension TableWriter {
    func insert(_ notices: [PartnerNotice], of session: Session.ID) throws {
        for notice in notices {
            try run(
                """
                INSERT INTO deliveries (id, partner, session, type, at, next_attempt, seq)
                SELECT ?1, ?2, ?3, ?4, ?5, ?5, 1 + coalesce(max(seq), 0) FROM deliveries
                WHERE session = ?3 AND partner = ?2
                """,
                [notice.id, notice.partner, session, notice.type, notice.at.timeIntervalSinceReferenceDate])
            try run(
                "INSERT INTO notices (delivery, text, data) VALUES (?, ?, ?)",
                [db.lastInsertedRowID, notice.text, notice.data])
        }
    }

    /// Keeps how attempts ended, and returns what follows on those that are done with.
    func record(_ attempts: [DeliveryAttempt]) throws -> [Delivery] {
        for attempt in attempts {
            try run(
                """
                INSERT INTO attempts (delivery, at, status, failure, seconds)
                SELECT number, ?, ?, ?, ? FROM deliveries WHERE id = ?
                """,
                [
                    attempt.at.timeIntervalSinceReferenceDate, attempt.status, attempt.failure,
                    attempt.duration / .seconds(1), attempt.delivery.notice.id,
                ])
            try settle(attempt)
        }
        for (partner, attempts) in Dictionary(grouping: attempts, by: \.delivery.partner) {
            try setHealth(of: partner, attempts)
        }
        return try attempts.compactMap { attempt in
            switch attempt.verdict {
            case .delivered, .dead:
                try tables.following(attempt.delivery, at: attempt.at.timeIntervalSinceReferenceDate)
            case .again, .off: nil
            }
        }
    }

    private func settle(_ attempt: DeliveryAttempt) throws {
        let id = attempt.delivery.notice.id
        switch attempt.verdict {
        case .delivered:
            try run("UPDATE deliveries SET state = 'delivered', attempts = attempts + 1 WHERE id = ?", [id])
            try run("DELETE FROM notices WHERE delivery = (SELECT number FROM deliveries WHERE id = ?)", [id])
        case .again(let moment):
            try run(
                "UPDATE deliveries SET attempts = attempts + 1, next_attempt = ? WHERE id = ?",
                [moment.timeIntervalSinceReferenceDate, id])
        case .dead:
            try run("UPDATE deliveries SET state = 'dead', attempts = attempts + 1 WHERE id = ?", [id])
        case .off:
            try run("UPDATE deliveries SET attempts = attempts + 1 WHERE id = ?", [id])
        }
    }

    /// Of all attempts that ended together, those behind the last success count.
    private func setHealth(of partner: String, _ attempts: [DeliveryAttempt]) throws {
        let failures = attempts.split(omittingEmptySubsequences: false) { $0.verdict == .delivered }.last ?? []
        if failures.count < attempts.count {
            try run("UPDATE partners SET failing_since = NULL WHERE name = ? AND failing_since IS NOT NULL", [partner])
        }
        guard let first = failures.first else { return }
        try run(
            """
            INSERT INTO partners (name, failing_since) VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET failing_since = coalesce(failing_since, ?2)
            """,
            [partner, first.at.timeIntervalSinceReferenceDate])
        for attempt in attempts {
            guard case .off(let reason) = attempt.verdict else { continue }
            try run(
                "UPDATE partners SET off_since = coalesce(off_since, ?), reason = ? WHERE name = ?",
                [attempt.at.timeIntervalSinceReferenceDate, reason, partner])
        }
    }

    /// What the operator does; returns how many deliveries it concerns.
    func change(_ change: PartnerChange) throws -> Int {
        switch change {
        case .enable(let partner, let moment):
            try run("DELETE FROM partners WHERE name = ?", [partner])
            try run(
                "UPDATE deliveries SET attempts = 0, next_attempt = ? WHERE partner = ? AND state = 'waiting'",
                [moment.timeIntervalSinceReferenceDate, partner])
        case .replay(let partner, let selection, let moment):
            let condition: String
            let arguments: StatementArguments
            switch selection {
            case .id(let id): (condition, arguments) = ("id = ?", [id])
            case .since(let start): (condition, arguments) = ("at >= ?", [start.timeIntervalSinceReferenceDate])
            }
            try run(
                """
                UPDATE deliveries SET state = 'waiting', attempts = 0, next_attempt = ?
                WHERE partner = ? AND state = 'dead' AND \(condition)
                """,
                [moment.timeIntervalSinceReferenceDate, partner] + arguments)
        }
        return db.changesCount
    }
}
