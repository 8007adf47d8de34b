#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many files and sockets the process may have open at once.
package enum FileDescriptorLimit {
    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif

    /// What holds now.
    package static var current: Int {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : 1024
    }

    /// Raises the soft limit to the hard one, as far as that is allowed; once, when the program begins.
    ///
    /// The soft limit of 1024 that shells and systemd set is for programs that use `select`.
    package static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }

    /// Whether fewer than `reserve` more may be opened.
    package static func isNearlyReached(reserve: Int) -> Bool {
        // The lowest number that is free is given; the one that was asked for stands for how many are open.
        let probe = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard probe >= 0 else { return true }
        close(probe)
        return Int(probe) >= current - reserve
    }
}
