import Facilitation
import Foundation
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

/// Facilitates until the program ends, and finishes what it has taken in.
struct FacilitatorService: Service {
    let facilitator: Facilitator
    let inbox: BoundedInbox

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await facilitator.run()
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

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let now = Date()
                inbox.tick(at: now)
                lastRun.note(now)
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// Does what the process is told by signals: SIGHUP reads everything again, SIGTERM and SIGINT end in order.
struct SignalService: Service {
    let signals: UnixSignalsSequence
    let reloading: Reloading

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await signal in signals {
                guard signal == .sighup else { return }
                _ = await reloading.reload()
            }
        }
    }

    /// Trapped before anything is read, so that none is lost and none ends a start halfway.
    static func trap() async -> UnixSignalsSequence {
        await UnixSignalsSequence(trapping: .sighup, .sigterm, .sigint)
    }
}
