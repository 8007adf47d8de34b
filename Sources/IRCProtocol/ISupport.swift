/// What a network says of itself in RPL_ISUPPORT, as far as Lotse acts on it; the defaults are those of RFC 1459.
package struct ISupport: Hashable, Sendable {
    package var caseMapping: CaseMapping = .rfc1459
    /// The characters that channel names begin with.
    package var channelTypes = "#&"
    /// The signs before nicks in RPL_NAMREPLY, such as `@+`.
    package var prefixes = "@+"
    /// The modes that the ``prefixes`` stand for, in the same order, such as `ov`.
    package var prefixModes = "ov"
    package var nickLength = 9
    /// Whether WHO can be asked for accounts (WHOX).
    package var hasWhox = false
    /// Whether the network tells when a nick comes and goes (MONITOR).
    package var hasMonitor = false
    /// The user mode that marks a bot (`BOT`), if there is one.
    package var botMode: String?
    /// How many lines of its history the network gives at once (`CHATHISTORY`); 0 says nothing.
    package var historyLimit = 0
    /// The tags of clients that the network does not pass on (`CLIENTTAGDENY`), or `*` and exceptions such as `-typing`.
    private var deniedTags: [Substring] = []

    package init() {}

    /// Takes in the tokens of one RPL_ISUPPORT line: its parameters without the nick and the text at the end. A `-` in
    /// front of a name says that what was announced holds no more.
    package mutating func apply(_ tokens: some Sequence<String>) {
        for token in tokens {
            let parts = token.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1]) : ""
            switch parts[0] {
            case "-CASEMAPPING": caseMapping = ISupport().caseMapping
            case "-WHOX": hasWhox = false
            case "-MONITOR": hasMonitor = false
            case "-BOT": botMode = nil
            case "-CLIENTTAGDENY": deniedTags = []
            case "CASEMAPPING": caseMapping = CaseMapping(rawValue: value) ?? .rfc1459
            case "CHANTYPES": channelTypes = value
            case "NICKLEN": nickLength = Int(value) ?? nickLength
            case "PREFIX": setPrefixes(value)
            case "WHOX": hasWhox = true
            case "MONITOR": hasMonitor = true
            case "BOT": botMode = value.count == 1 ? value : nil
            case "CHATHISTORY", "draft/CHATHISTORY": historyLimit = max(Int(value) ?? 0, 0)
            case "CLIENTTAGDENY": deniedTags = parts.count > 1 ? parts[1].split(separator: ",") : []
            default: break
            }
        }
    }

    /// `(ov)@+`: modes and signs in the same order.
    private mutating func setPrefixes(_ value: String) {
        let parts = value.drop { $0 == "(" }.split(separator: ")", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == parts[1].count else { return }
        prefixModes = String(parts[0])
        prefixes = String(parts[1])
    }

    /// Whether the network passes on the clients' tag `+name`.
    package func passesOn(clientTag name: String) -> Bool {
        deniedTags.contains("*") ? deniedTags.contains("-\(name)") : !deniedTags.contains { $0 == name }
    }

    package func isChannel(_ name: String) -> Bool {
        name.first.map(channelTypes.contains) ?? false
    }
}
