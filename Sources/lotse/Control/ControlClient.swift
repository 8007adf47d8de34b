import Foundation
import NIOCore
import NIOPosix

/// Asks the Lotse that runs in a state folder.
struct ControlClient {
    let folder: String

    /// What came of `operation`; throws ``ControlError/nobody`` where no Lotse listens.
    ///
    /// - Parameter progress: told how far it is.
    func ask(_ operation: some Operation, progress: (String) -> Void) async throws -> Answer {
        let connection = try await ControlAddress.reach(folder) { try await connect("\($0)/\(ControlAddress.name)") }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ControlLines.line(try ControlRequest(operation)))
            var lines = ControlLines(inbound, limit: ControlReply.limit)
            while let reply = try await lines.next(ControlReply.self) {
                switch reply {
                case .progress(let text): progress(text)
                case .done(let answer): return answer
                case .failed(let reason, let code): throw CommandError(reason, ExitReason(rawValue: code) ?? .refused)
                }
            }
            throw ControlError.noAnswer
        }
    }

    private func connect(_ path: String) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch let error as IOError {
            throw ControlError(error.errnoCode, at: folder)
        }
    }
}
