import DialogEngine

/// Where the private lines of somebody go who is in several groups: to the one that she has named.
struct PrivateLines {
    enum Place {
        case group(String)
        /// She has just named this group; the line that was asked about belongs there, too.
        case chosen(String, waiting: IncomingMessage?)
        /// She is to be asked. The line waits for the answer in place of an earlier one.
        case unknown(insteadOf: IncomingMessage?)
    }

    private var chosen: [Identity: String] = [:]
    /// The line that waits until the person says where it belongs.
    private var waiting: [Identity: IncomingMessage] = [:]

    mutating func place(of message: IncomingMessage, between groups: Set<String>) -> Place {
        let identity = message.sender.identity
        if groups.count == 1, let only = groups.first { return .group(only) }
        if let named = groups.first(where: { $0.folded == message.text.folded }) {
            chosen[identity] = named
            return .chosen(named, waiting: waiting.removeValue(forKey: identity))
        }
        if let group = chosenGroup(of: identity, among: groups) { return .group(group) }
        return .unknown(insteadOf: waiting.updateValue(message, forKey: identity))
    }

    /// The group that she has named, if she still is in it.
    func chosenGroup(of identity: Identity, among groups: Set<String>) -> String? {
        chosen[identity].flatMap { groups.contains($0) ? $0 : nil }
    }

    /// The person is gone. Returns the line that waited.
    mutating func forget(_ identity: Identity) -> IncomingMessage? {
        chosen[identity] = nil
        return waiting.removeValue(forKey: identity)
    }

    /// The same person under another identity.
    mutating func identify(_ identity: Identity, as other: Identity) {
        chosen[other] = chosen.removeValue(forKey: identity) ?? chosen[other]
        waiting[other] = waiting.removeValue(forKey: identity) ?? waiting[other]
    }
}

extension IncomingMessage {
    /// The same line as one of the message with this id.
    func asked(again id: String?) -> IncomingMessage {
        IncomingMessage(place: place, sender: sender, text: text, id: id, at: at)
    }
}
