package import FoundationEssentials

/// When an input came: the wall clock for what people see, a steady clock for what has to last a while.
package struct Moment: Hashable, Sendable {
    package let date: Date
    /// Time since some fixed point; never goes back.
    package let uptime: Duration

    package init(date: Date, uptime: Duration) {
        self.date = date
        self.uptime = uptime
    }
}
