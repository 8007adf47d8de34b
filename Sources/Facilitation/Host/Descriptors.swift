package import FoundationEssentials
package import Logging
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many files and sockets the process may still open; some of them are kept for what is not a peer: the store,
/// exports, what is sent to others.
package final class Descriptors: Sendable {
    /// Peers get none when there are no more than so many.
    package let reserve: Int
    private let limit: Int
    private let logger: Logger
    private let toldAt = Mutex<Date?>(nil)

    /// How long the log says nothing more about it, in seconds.
    private static let quiet = 60.0

    /// - Parameter limit: how many the process may have; left out, the soft limit is raised to the hard one.
    package init(limit: Int = Descriptors.raiseLimit(), logger: Logger) {
        self.limit = limit
        reserve = min(64, limit / 4)
        self.logger = logger
    }

    /// At most so many can still be opened. A new one always gets the lowest number that is free, so that all below it
    /// are in use.
    package var free: Int {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        close(descriptor)
        return max(0, limit - Int(descriptor))
    }

    /// Whether a newcomer is one too many. Says so in the log, once a minute.
    package func areScarce(at now: Date) -> Bool {
        guard free <= reserve else { return false }
        warn(at: now)
        return true
    }

    /// Says in the log, once a minute, that peers are turned away.
    package func warn(at now: Date) {
        let isDue = toldAt.withLock { toldAt in
            // A clock that was set back must not silence the log.
            if let last = toldAt, (0..<Self.quiet).contains(now.timeIntervalSince(last)) { return false }
            toldAt = now
            return true
        }
        guard isDue else { return }
        logger.warning(
            "too few file descriptors are left: new connections have to wait; raise LimitNOFILE",
            metadata: ["limit": "\(limit)", "free": "\(free)"])
    }

    /// Raises the soft limit to the hard one, as far as that is allowed, and returns what holds now.
    ///
    /// The soft limit of 1024 that shells set is for programs that use `select`.
    package static func raiseLimit() -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
