import Foundation

/// What is written where the program ends by an error of its own.
///
/// Where `swift-backtrace` is installed, the Swift runtime starts it by default; it then shows the processor's registers and
/// the memory that they point to, and so perhaps what somebody said.
enum CrashReport {
    /// The signals that the runtime catches for it.
    private static let signals = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// Without `SWIFT_BACKTRACE` only the cause is written; `SWIFT_BACKTRACE=registers=none` adds where it happened.
    static func keepMemoryOut() {
        guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
        for number in signals { signal(number, SIG_DFL) }
    }
}
