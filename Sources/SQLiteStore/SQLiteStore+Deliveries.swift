public import Facilitation
public import FoundationEssentials
import GRDB

extension SQLiteStore: DeliveryStore {
    public func due(
        at moment: Date, for partners: [String], limit: Int
    ) async throws(StoreError) -> [Delivery] {
        try await read { try $0.due(at: moment, for: partners, limit: limit) }
    }

    public func record(_ attempts: [DeliveryAttempt]) async throws(StoreError) -> [Delivery] {
        try await writer().perform(.record(attempts)).following
    }

    // MARK: For the operator

    package func partnerHealth() async throws(StoreError) -> [PartnerHealth] {
        try await read { try $0.partnerHealth() }
    }

    /// The latest attempts first.
    package func deliveryLog(of partner: String, limit: Int) async throws(StoreError) -> [DeliveryLogEntry] {
        try await read { try $0.deliveryLog(of: partner, limit: limit) }
    }

    /// Does what the operator wants, also while a Lotse has the file open; returns how many deliveries it concerns.
    ///
    /// SQLite lets one process write at a time and the others wait; a running Lotse looks at these tables anew each time.
    package static func change(_ change: PartnerChange, inFileAt path: String) throws(StoreError) -> Int {
        do {
            _ = try StoreFile(path: path).stamp()
            var configuration = Configuration()
            configuration.busyMode = .timeout(Double(busyTimeoutInMilliseconds) / 1000)
            configuration.prepareDatabase { db in
                try Schema.checkForReading(db)
                try db.execute(
                    sql: "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return try queue.write { try TableWriter(db: $0, codec: Codec()).change(change) }
        } catch {
            throw StoreError(error)
        }
    }
}
