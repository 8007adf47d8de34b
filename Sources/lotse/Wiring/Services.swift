import Facilitation
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals
import WebhookAdapter

/// Runs an adapter until the program ends.
struct AdapterService: Service {
    let adapter: any ChatAdapter

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await adapter.run() }
    }
}

/// Facilitates until the program ends, and finishes what it has taken in; a signal to end stops the inbox before.
struct FacilitatorService: Service {
    let facilitator: Facilitator
    let inbox: BoundedInbox

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await facilitator.run()
            // After a signal the groups end before it is this service's turn to.
            if inbox.isStopped { try? await gracefulShutdown() }
        } onGracefulShutdown: {
            inbox.finish()
        }
    }
}

/// Tells partners what is due, and looks for it once a second.
struct DelivererService: Service {
    let deliverer: Deliverer

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await deliverer.run() }
                tasks.addTask {
                    while !Task.isCancelled {
                        deliverer.wake()
                        try? await Task.sleep(for: .seconds(1))
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }
}

/// Tells the time once a second, and notes that Lotse runs.
struct TimeService: Service {
    let inbox: BoundedInbox
    let lastRun: LastRun
    /// Throws when it makes no sense to go on.
    let check: @Sendable () throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let now = Date()
                try check()
                inbox.tick(at: now)
                lastRun.note(now)
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// Does what the process is told by signals: SIGHUP reads everything again, SIGTERM and SIGINT end in order, each group
/// after the line that it is at.
struct SignalService: Service {
    let signals: UnixSignalsSequence
    let inbox: BoundedInbox
    let reloading: Reloading
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await signal in signals {
                guard signal == .sighup else {
                    inbox.stop()
                    return endInTime()
                }
                _ = await reloading.reload()
            }
        }
    }

    /// How long Lotse may take to end in order, in seconds: less than `TimeoutStopSec` of the systemd unit.
    private static let patience = 15

    /// Ends the program whatever is still going on: what was acknowledged is on the disk, and what was not dealt with is
    /// not acknowledged.
    private func endInTime() {
        let logger = logger
        DispatchQueue.global(qos: .userInteractive).asyncAfter(deadline: .now() + .seconds(Self.patience)) {
            logger.warning(
                "ended without order: not everything that came in was dealt with in time, and none of that was acknowledged"
            )
            _exit(ExitReason.done.rawValue)
        }
    }

    /// Trapped before anything is read, so that none is lost and none ends a start halfway.
    static func trap() async -> UnixSignalsSequence {
        await UnixSignalsSequence(trapping: .sighup, .sigterm, .sigint)
    }
}
