import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// Whom the bot sees on a network, and which identity each of them has.
///
/// An account is an identity. Without one, every sighting of a nick gets a number of its own: it goes along with
/// NICK and ends when the person quits or is out of sight, so that whoever takes the nick afterwards is somebody else.
struct People: Hashable, Sendable {
    struct Person: Hashable, Sendable {
        var nick: String
        /// Nothing but the nick where the network told no more yet.
        var source: IRCMessage.Source
        var account: String?
        /// Counted up, never used twice.
        let sighting: Int
        /// Folded names of the channels that the bot shares with her.
        var channels: Set<String> = []
    }

    private let adapterName: String
    private let processMark: String
    private var lastSighting = 0
    var mapping = CaseMapping.rfc1459 {
        didSet { byNick = Dictionary(byNick.values.map { (mapping.fold($0.nick), $0) }) { first, _ in first } }
    }
    /// By folded nick: people who share a channel with the bot.
    private var byNick: [String: Person] = [:]
    /// People without a common channel who wrote to the bot, the latest last.
    private var visitors: [Visitor] = []
    /// People who went away in a netsplit, as they were.
    private var split: [Person] = []

    private struct Visitor: Hashable, Sendable {
        let person: Person
        /// When she wrote last.
        var at: Duration
    }

    /// How many people from outside are remembered, and how long, so that they can be answered: nobody tells the bot
    /// when such a nick changes hands.
    private static let visitorLimit = 64
    private static let visitLength = Duration.seconds(10 * 60)

    init(adapterName: String, processMark: String) {
        self.adapterName = adapterName
        self.processMark = processMark
    }

    /// A new connection: nobody is in sight, and no identity of the old one comes back.
    mutating func forgetAll() {
        byNick = [:]
        visitors = []
        split = []
    }

    subscript(nick: String) -> Person? { byNick[mapping.fold(nick)] }

    func identity(of person: Person) -> Identity {
        if let account = person.account { return Identity(rawValue: "\(adapterName)/account/\(mapping.fold(account))") }
        return Identity(rawValue: "\(adapterName)/connection/\(processMark)-\(person.sighting)")
    }

    func sender(_ person: Person) -> Sender {
        Sender(identity: identity(of: person), name: person.nick, account: person.account)
    }

    /// The present nick of somebody in sight, or who wrote lately.
    func nick(of identity: Identity, at uptime: Duration) -> String? {
        if let person = byNick.values.first(where: { self.identity(of: $0) == identity }) { return person.nick }
        let visitor = visitors.last { self.identity(of: $0.person) == identity && uptime - $0.at < Self.visitLength }
        // Somebody in sight who has taken the nick is somebody else.
        return visitor.flatMap { self[$0.person.nick] == nil ? $0.person.nick : nil }
    }

    /// Who is in the channel, by nick.
    func members(of channel: String) -> [Person] {
        byNick.values.filter { $0.channels.contains(channel) }.sorted { $0.nick < $1.nick }
    }

    /// Whether somebody else in the channel has this identity: one account, several connections.
    func isPresent(_ identity: Identity, in channel: String) -> Bool {
        byNick.values.contains { $0.channels.contains(channel) && self.identity(of: $0) == identity }
    }

    // MARK: - Coming

    /// Somebody is in a channel. Returns her, and whether she was only away through a netsplit.
    mutating func enter(
        _ source: IRCMessage.Source, account: String?, channel: String
    ) -> (person: Person, isBack: Bool) {
        let key = mapping.fold(source.nick)
        if var person = byNick[key] {
            let isBack = takeFromSplit(source, channel: channel) != nil
            person.channels.insert(channel)
            if !source.host.isEmpty { person.source = source }
            byNick[key] = person
            return (person, isBack)
        }
        if var person = takeFromSplit(source, channel: channel), person.account == nil || person.account == account {
            // Her other channels are still on the list of those who may come back.
            person.channels = [channel]
            person.account = account ?? person.account
            byNick[key] = person
            return (person, true)
        }
        let person = Person(
            nick: source.nick, source: source, account: account, sighting: nextSighting(), channels: [channel])
        byNick[key] = person
        return (person, false)
    }

    private mutating func nextSighting() -> Int {
        lastSighting += 1
        return lastSighting
    }

    /// Only who comes back with the same nick, user and host is the same person.
    private mutating func takeFromSplit(_ source: IRCMessage.Source, channel: String) -> Person? {
        guard !source.host.isEmpty,
            let index = split.firstIndex(where: { $0.source == source && $0.channels.contains(channel) })
        else { return nil }
        let person = split[index]
        split[index].channels.remove(channel)
        if split[index].channels.isEmpty { split.remove(at: index) }
        return person
    }

    /// Somebody speaks: known from a channel, or a visitor, who is the same as long as nick, user and host are.
    mutating func meet(_ source: IRCMessage.Source, account: String?, at uptime: Duration) -> Person {
        if let person = self[source.nick] { return person }
        visitors.removeAll { uptime - $0.at >= Self.visitLength }
        if let index = visitors.lastIndex(where: { $0.person.source == source && $0.person.account == account }) {
            visitors[index].at = uptime
            return visitors[index].person
        }
        let person = Person(nick: source.nick, source: source, account: account, sighting: nextSighting())
        visitors.removeAll { mapping.fold($0.person.nick) == mapping.fold(source.nick) }
        visitors.append(Visitor(person: person, at: uptime))
        if visitors.count > Self.visitorLimit { visitors.removeFirst() }
        return person
    }

    // MARK: - Changing

    mutating func rename(_ nick: String, to new: String) -> Person? {
        guard var person = byNick.removeValue(forKey: mapping.fold(nick)) else { return nil }
        person.nick = new
        person.source = .init(nick: new, user: person.source.user, host: person.source.host)
        byNick[mapping.fold(new)] = person
        return person
    }

    mutating func setHost(of nick: String, user: String, host: String) {
        byNick[mapping.fold(nick)]?.source = .init(nick: nick, user: user, host: host)
    }

    mutating func learn(_ source: IRCMessage.Source) {
        byNick[mapping.fold(source.nick)]?.source = source
    }

    /// Returns the person with her new account, a number of her own again where she logged out.
    mutating func setAccount(_ account: String?, of nick: String) -> Person? {
        let key = mapping.fold(nick)
        guard let old = byNick[key], old.account != account else { return nil }
        let sighting = account == nil ? nextSighting() : old.sighting
        let person = Person(
            nick: old.nick, source: old.source, account: account, sighting: sighting, channels: old.channels)
        byNick[key] = person
        return person
    }

    // MARK: - Going

    /// Returns who left the channel. Out of all channels she is out of sight.
    mutating func leave(_ nick: String, channel: String) -> Person? {
        let key = mapping.fold(nick)
        guard var person = byNick[key], person.channels.remove(channel) != nil else { return nil }
        byNick[key] = person.channels.isEmpty ? nil : person
        return person
    }

    mutating func quit(_ nick: String) -> Person? {
        byNick.removeValue(forKey: mapping.fold(nick))
    }

    /// Who quit because two servers lost each other may come back as the same.
    mutating func loseInSplit(_ nick: String) {
        if let person = quit(nick) { split.append(person) }
    }

    /// The wait is over: those who did not come back.
    mutating func endSplit() -> [Person] {
        defer { split = [] }
        return split
    }

    /// The bot itself is out of the channel and sees nobody there any more.
    mutating func loseSight(of channel: String) {
        for (key, var person) in byNick {
            person.channels.remove(channel)
            byNick[key] = person.channels.isEmpty ? nil : person
        }
        for index in split.indices { split[index].channels.remove(channel) }
        split.removeAll(where: \.channels.isEmpty)
    }
}
