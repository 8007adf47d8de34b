import Facilitation
import ServiceLifecycle

/// Runs the adapters that came after the start.
struct LaterAdapters: Service {
    private let adapters: AsyncStream<any ChatAdapter>
    private let coming: AsyncStream<any ChatAdapter>.Continuation

    init() {
        (adapters, coming) = AsyncStream.makeStream()
    }

    func add(_ adapter: any ChatAdapter) {
        coming.yield(adapter)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { tasks in
                for await adapter in adapters { tasks.addTask { try? await adapter.run() } }
            }
        }
    }
}
