/// One accepted connection; counted up from 1 and never used twice while the process lives.
package struct ConnectionID: Hashable, Comparable, Sendable {
    package let number: Int

    package init(_ number: Int) {
        self.number = number
    }

    package static func < (lhs: ConnectionID, rhs: ConnectionID) -> Bool {
        lhs.number < rhs.number
    }
}
