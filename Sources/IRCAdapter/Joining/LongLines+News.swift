import DialogEngine
import Facilitation

extension LongLines {
    /// What has to be handed on before `incoming`, because it is about somebody who may be in the middle of a line.
    mutating func close(before incoming: Incoming) -> [Line] {
        switch incoming {
        case .left(_, let identity, _), .separated(_, let identity, _), .renamed(let identity, _, _),
            .identified(let identity, _, _):
            close(identity)
        case .lost(_, of: let identity, _, _): close(identity)
        case .excluded, .present: close()
        case .message, .joined, .typing, .reunited, .told, .guidesRead: []
        }
    }
}
