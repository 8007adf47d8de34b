import DialogEngine
import Facilitation

extension Configuration {
    /// A group with its rooms and its guide.
    struct Group: Hashable, Sendable {
        var name: String
        /// The name of the guide's file, without `.yaml`.
        var guide: String
        var rooms: [Room]
        /// Nil for the language of the whole.
        var language: Language?
        /// Nil for the guide's first order.
        var order: Dialog.Order.ID?
        /// Accounts, as `adapter/account`, that facilitate every session.
        var facilitators: Set<String> = []
        /// Accounts of the listener that the group's rooms there are open to, besides the facilitators; nil for everybody.
        var members: Set<String>?
        var mode = Mode.talk
        /// Nil for the rule of the whole.
        var proposals: Proposals?
        /// The workshop that the group belongs to with others.
        var workshop: String?
    }
}
