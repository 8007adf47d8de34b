import DialogEngine
import Facilitation
import FoundationEssentials
import GRDB

extension Tables {
    private static let delivery = """
        SELECT d.id AS id, d.partner AS partner, d.session AS session, d.seq AS seq, type, at, attempts, text, data,
            failing_since, next_attempt, off_since
        FROM deliveries AS d LEFT JOIN notices ON delivery = d.number LEFT JOIN partners ON name = d.partner
        """

    /// The first that waits in each session for each of the partners, where its time has come.
    func due(at moment: Date, for partners: [String], limit: Int) throws -> [Delivery] {
        // The names as one value, so that the statement is the same whoever is asked for.
        let names = String(decoding: try JSONEncoder().encode(partners), as: UTF8.self)
        let sql = """
            WITH heads AS (
                SELECT partner, session, min(seq) AS seq FROM deliveries
                WHERE state = 'waiting' AND partner IN (SELECT value FROM json_each(?1)) GROUP BY partner, session
            )
            \(Self.delivery) JOIN heads
                ON heads.partner = d.partner AND heads.session = d.session AND heads.seq = d.seq
            WHERE d.next_attempt <= ?2 AND off_since IS NULL ORDER BY d.next_attempt LIMIT ?3
            """
        return try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: [names, moment.timeIntervalSinceReferenceDate, limit]
        ).map(Self.delivery)
    }

    /// The next that waits for the same partner in the same session, where its time has come.
    func following(_ delivery: Delivery, at moment: Double) throws -> Delivery? {
        let sql = """
            \(Self.delivery)
            WHERE d.partner = ? AND d.session = ? AND state = 'waiting' ORDER BY d.seq LIMIT 1
            """
        let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [delivery.partner, delivery.session])
        guard let row, row["next_attempt"] <= moment, row["off_since"] == Double?.none else { return nil }
        return Self.delivery(row)
    }

    private static func delivery(_ row: Row) -> Delivery {
        let text: String? = row["text"]
        let failingSince: Double? = row["failing_since"]
        return Delivery(
            notice: .init(
                id: row["id"], type: row["type"], at: Date(timeIntervalSinceReferenceDate: row["at"]),
                words: text.map { .init(text: $0, data: row["data"]) }),
            partner: row["partner"], session: row["session"], seq: row["seq"], attempts: row["attempts"],
            failingSince: failingSince.map { Date(timeIntervalSinceReferenceDate: $0) })
    }

    // MARK: For the operator

    func partnerHealth() throws -> [PartnerHealth] {
        // Beside min(), SQLite takes the other columns from the row that has the minimum.
        let sql = """
            WITH counts AS (
                SELECT partner, sum(state = 'waiting') AS waiting, sum(state = 'dead') AS dead
                FROM deliveries GROUP BY partner
            ), heads AS (
                SELECT partner, next_attempt, min(seq) FROM deliveries WHERE state = 'waiting' GROUP BY partner, session
            ), names AS (SELECT name FROM partners UNION SELECT partner FROM counts)
            SELECT names.name AS name, failing_since, off_since, reason, coalesce(waiting, 0) AS waiting,
                coalesce(dead, 0) AS dead,
                (SELECT min(next_attempt) FROM heads WHERE heads.partner = names.name) AS next_attempt
            FROM names LEFT JOIN partners ON partners.name = names.name
                LEFT JOIN counts ON counts.partner = names.name
            ORDER BY names.name
            """
        return try Row.fetchAll(db, sql: sql).map { row in
            PartnerHealth(
                name: row["name"], failingSince: date(row["failing_since"]), offSince: date(row["off_since"]),
                reason: row["reason"], waiting: row["waiting"], nextAttempt: date(row["next_attempt"]),
                dead: row["dead"])
        }
    }

    func deliveryLog(of partner: String, limit: Int) throws -> [DeliveryLogEntry] {
        let sql = """
            SELECT id, session, seq, type, d.at AS at, state, attempts,
                a.at AS tried, status, failure, seconds
            FROM deliveries AS d LEFT JOIN attempts AS a ON a.delivery = d.number
            WHERE partner = ? ORDER BY d.number DESC, a.number DESC LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [partner, limit]).map { row in
            DeliveryLogEntry(
                id: row["id"], session: row["session"], seq: row["seq"], type: row["type"],
                at: Date(timeIntervalSinceReferenceDate: row["at"]), state: row["state"],
                triedAt: date(row["tried"]), status: row["status"], failure: row["failure"], seconds: row["seconds"])
        }
    }

    private func date(_ seconds: Double?) -> Date? {
        seconds.map { Date(timeIntervalSinceReferenceDate: $0) }
    }
}
