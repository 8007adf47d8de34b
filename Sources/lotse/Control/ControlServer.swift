import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Does what commands ask of this running Lotse, over a Unix domain socket in its state folder.
///
/// | bound                                   | what happens then                             |
/// |-----------------------------------------|-----------------------------------------------|
/// | 16 commands at once                     | one more is refused                           |
/// | a request of 2 MiB, within 10 seconds   | the connection is closed                      |
/// | an answer that is read within a minute  | the connection is closed                      |
/// | the service's own user, and root        | anybody else is refused before she is heard   |
///
/// Each connection has a task of its own, so that a slow one holds nobody up.
final class ControlServer: Service {
    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static let capacity = 16

    private let folder: String
    private let owner: UInt32
    private let patience: (request: TimeAmount, answer: TimeAmount)
    private let steward: Steward
    private let logger: Logger
    private let listening = Mutex<NIOAsyncChannel<Connection, Never>?>(nil)
    private let underWay = Atomic(0)

    /// - Parameters:
    ///   - folder: the state folder; whoever has its store may replace the socket of one that was killed.
    ///   - owner: the user who may command beside root.
    init(
        folder: String, steward: Steward, logger: Logger, owner: UInt32 = geteuid(),
        patience: (request: TimeAmount, answer: TimeAmount) = (.seconds(10), .minutes(1))
    ) {
        self.folder = folder
        self.owner = owner
        self.patience = patience
        self.steward = steward
        self.logger = logger
    }

    /// Listens from then on.
    ///
    /// The socket comes to its name when it is ready and for its owner alone, in the place of one that is left over.
    func start() async throws {
        let channel = try await ControlAddress.reach(folder) { folder in
            let path = "\(folder)/\(ControlAddress.name)"
            unlink("\(path).new")
            let channel = try await bind("\(path).new")
            guard chmod("\(path).new", 0o600) == 0, rename("\(path).new", path) == 0 else {
                let error = ControlError(errno, at: self.folder)
                try? await channel.channel.close()
                throw error
            }
            return channel
        }
        listening.withLock { $0 = channel }
    }

    private func bind(_ path: String) async throws -> NIOAsyncChannel<Connection, Never> {
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(unixDomainSocketPath: path) { child in
                    child.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: child) }
                }
        } catch let error as IOError {
            throw ControlError(error.errnoCode, at: folder)
        }
    }

    func run() async throws {
        guard let listening = listening.withLock({ $0 }) else { return }
        await cancelWhenGracefulShutdown {
            try? await listening.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { tasks in
                    for try await connection in connections {
                        tasks.addTask { await self.serve(connection) }
                    }
                }
            }
        }
        try? await ControlAddress.reach(folder) { _ = unlink("\($0)/\(ControlAddress.name)") }
    }

    /// One command.
    private func serve(_ connection: Connection) async {
        let channel = connection.channel
        let number = underWay.add(1, ordering: .relaxed).newValue
        defer { underWay.subtract(1, ordering: .relaxed) }
        do {
            try await connection.executeThenClose { inbound, outbound in
                let send: @Sendable (ControlReply) async throws -> Void = { [patience] reply in
                    try await Self.limited(patience.answer, channel) {
                        try await outbound.write(ControlLines.line(reply))
                    }
                }
                guard let peer = await PeerCredentials.of(channel), peer.mayCommand(ownedBy: owner) else {
                    logger.warning("a command of another user was refused")
                    return try await send(
                        .failed("only root and the user of the running Lotse may command it", .noPermission))
                }
                guard number <= Self.capacity else {
                    return try await send(
                        .failed("the running Lotse is busy with other commands; try again", .temporary))
                }
                let request = try await Self.limited(patience.request, channel) {
                    var lines = ControlLines(inbound, limit: ControlRequest.limit)
                    return try await lines.next(ControlRequest.self)
                }
                guard let request else { return }
                try await send(await reply(to: request, progress: send))
                // What is in the answer is read before the connection ends: else the kernel may throw it away.
                outbound.finish()
            }
        } catch {
            logger.info("a command was not answered to the end", metadata: ["reason": "\(error)"])
        }
    }

    private func reply(
        to request: ControlRequest, progress: @escaping @Sendable (ControlReply) async throws -> Void
    ) async -> ControlReply {
        do {
            var steward = steward
            steward.progress = { try? await progress(.progress($0)) }
            let operation = try Operations.operation(of: request)
            logger.info("command", metadata: ["operation": "\(request.operation)"])
            return .done(try await operation.perform(by: steward))
        } catch {
            return .failed("\(error)", ExitReason(error))
        }
    }

    /// Closes the connection where `body` takes longer.
    private static func limited<Value: Sendable>(
        _ duration: TimeAmount, _ channel: any Channel, _ body: () async throws -> Value
    ) async throws -> Value {
        let alarm = channel.eventLoop.scheduleTask(in: duration) { channel.close(promise: nil) }
        defer { alarm.cancel() }
        return try await body()
    }
}
