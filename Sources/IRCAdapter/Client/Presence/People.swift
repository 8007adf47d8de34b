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
        var sighting: Int
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
    /// People whom the bot lost sight of, as they were: by a netsplit, or because it was thrown out itself.
    private var lost: [Lost] = []

    private struct Lost: Hashable, Sendable {
        var person: Person
        let at: Duration
    }

    private struct Visitor: Hashable, Sendable {
        let person: Person
        /// When she wrote last.
        var at: Duration
    }

    /// How many people from outside are remembered, and how long, so that they can be answered: nobody tells the bot
    /// when such a nick changes hands.
    private static let visitorLimit = 64
    private static let visitLength = Duration.seconds(10 * 60)
    /// How long people who were lost may take to come back without having left.
    static let patience = Duration.seconds(15 * 60)
    /// How many people a server can make the bot remember.
    private static let limit = 50_000

    init(adapterName: String, processMark: String) {
        self.adapterName = adapterName
        self.processMark = processMark
    }

    /// The bot's own link has ended: nobody is in sight, and nobody sees whose nick changes hands. Only a cloak that the network
    /// gave to one person shows afterwards that she is the same.
    mutating func loseLink(at uptime: Duration) {
        lost = byNick.values.filter { $0.source.hasPersonalCloak && !$0.channels.isEmpty }
            .sorted { $0.sighting < $1.sighting }.map { Lost(person: $0, at: uptime) }
        byNick = [:]
        visitors = []
    }

    /// A new link. Who was lost too long ago comes back as somebody else.
    mutating func endOfLink(at uptime: Duration) {
        byNick = [:]
        visitors = []
        lost.removeAll { uptime - $0.at >= Self.patience }
    }

    subscript(nick: String) -> Person? { byNick[mapping.fold(nick)] }

    func identity(of person: Person) -> Identity {
        if let account = person.account { return Identity(rawValue: "\(adapterName)/account/\(mapping.fold(account))") }
        return Identity(rawValue: "\(adapterName)/connection/\(processMark)-\(person.sighting)")
    }

    func sender(_ person: Person) -> Sender {
        Sender(identity: identity(of: person), name: person.nick, account: person.account)
    }

    /// The present nick of somebody in sight, or who was in sight or wrote lately.
    func nick(of identity: Identity, at uptime: Duration) -> String? {
        if let person = byNick.values.first(where: { self.identity(of: $0) == identity }) { return person.nick }
        let visitor = visitors.last { self.identity(of: $0.person) == identity && uptime - $0.at < Self.visitLength }
        let lost = lost.last { self.identity(of: $0.person) == identity && uptime - $0.at < Self.visitLength }
        // Somebody in sight who has taken the nick is somebody else.
        return (visitor?.person ?? lost?.person).flatMap { self[$0.nick] == nil ? $0.nick : nil }
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

    /// Somebody is in a channel. Returns her, and whether she was only out of sight.
    mutating func enter(
        _ source: IRCMessage.Source, account: String?, channel: String
    ) -> (person: Person, isBack: Bool) {
        let key = mapping.fold(source.nick)
        if var person = byNick[key] {
            person.channels.insert(channel)
            byNick[key] = person
            let isBack = learn(source)
            if byNick[key]?.account == nil { byNick[key]?.account = account }
            return (byNick[key] ?? person, isBack)
        }
        if var person = takeFromLost(source, channel: channel), person.account == nil || person.account == account {
            // Her other channels are still on the list of those who may come back.
            person.channels = [channel]
            person.account = account ?? person.account
            byNick[key] = person
            return (person, true)
        }
        let person = Person(
            nick: source.nick, source: source, account: account, sighting: nextSighting(), channels: [channel])
        guard byNick.count < Self.limit else { return (person, true) }
        byNick[key] = person
        return (person, false)
    }

    private mutating func nextSighting() -> Int {
        lastSighting += 1
        return lastSighting
    }

    /// Only who comes back with the same nick, user and host is the same person.
    private mutating func takeFromLost(_ source: IRCMessage.Source, channel: String) -> Person? {
        guard !source.host.isEmpty,
            let index = lost.firstIndex(where: { $0.person.source == source && $0.person.channels.contains(channel) })
        else { return nil }
        let person = lost[index].person
        lost[index].person.channels.remove(channel)
        if lost[index].person.channels.isEmpty { lost.remove(at: index) }
        return person
    }

    /// Somebody speaks: known from a channel, or a visitor, who is the same as long as nick, user and host are.
    mutating func meet(_ source: IRCMessage.Source, account: String?, at uptime: Duration) -> Person {
        self[source.nick] ?? visit(source, account: account, at: uptime)
    }

    private mutating func visit(_ source: IRCMessage.Source, account: String?, at uptime: Duration) -> Person {
        visitors.removeAll { uptime - $0.at >= Self.visitLength }
        if let index = visitors.lastIndex(where: { $0.person.source == source && $0.person.account == account }) {
            visitors[index].at = uptime
            return visitors[index].person
        }
        // While the bot sees nobody, who was lost is still the same.
        let former = source.host.isEmpty ? nil : lost.last { $0.person.source == source }?.person
        if var former, former.account == nil || account == nil || former.account == account {
            former.channels = []
            return former
        }
        let person = Person(nick: source.nick, source: source, account: account, sighting: nextSighting())
        visitors.removeAll { mapping.fold($0.person.nick) == mapping.fold(source.nick) }
        visitors.append(Visitor(person: person, at: uptime))
        if visitors.count > Self.visitorLimit { visitors.removeFirst() }
        return person
    }

    /// Somebody spoke a while ago: one of those in sight only if all of her source, or her account, is the same.
    mutating func recall(_ source: IRCMessage.Source, account: String?, at uptime: Duration) -> Person {
        if let person = self[source.nick], person.source == source, person.account == account { return person }
        if let account {
            return Person(nick: source.nick, source: source, account: account, sighting: nextSighting())
        }
        return visit(source, account: nil, at: uptime)
    }

    // MARK: - Changing

    mutating func rename(_ source: IRCMessage.Source, to new: String) -> Person? {
        let nick = source.nick
        for index in lost.indices where !source.host.isEmpty && lost[index].person.source == source {
            lost[index].person.nick = new
            lost[index].person.source = .init(nick: new, user: source.user, host: source.host)
        }
        guard var person = byNick.removeValue(forKey: mapping.fold(nick)) else { return nil }
        person.nick = new
        person.source = .init(nick: new, user: person.source.user, host: person.source.host)
        byNick[mapping.fold(new)] = person
        return person
    }

    mutating func setHost(of nick: String, user: String, host: String) {
        byNick[mapping.fold(nick)]?.source = .init(nick: nick, user: user, host: host)
    }

    /// Somebody in sight shows her user and host. Returns whether she was lost before: where no more than her nick was known
    /// until now, this tells who she is.
    @discardableResult
    mutating func learn(_ source: IRCMessage.Source) -> Bool {
        let key = mapping.fold(source.nick)
        guard !source.host.isEmpty, var person = byNick[key] else { return false }
        let isNews = person.source.host.isEmpty
        person.source = source
        let former = person.channels.sorted().compactMap { takeFromLost(source, channel: $0) }.first
        if isNews, let former {
            person.sighting = former.sighting
            // Whether she has logged out since, the answer to WHO tells, where it can.
            person.account = person.account ?? former.account
        }
        byNick[key] = person
        return former != nil
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
    mutating func loseInSplit(_ nick: String, at uptime: Duration) -> Person? {
        guard let person = quit(nick) else { return nil }
        if lost.count < Self.limit { lost.append(Lost(person: person, at: uptime)) }
        return person
    }

    /// The bot itself is out of the channel and sees nobody there any more. Returns whether anybody was lost.
    mutating func loseSight(of channel: String, at uptime: Duration) -> Bool {
        let before = lost.count
        for (key, var person) in byNick where person.channels.remove(channel) != nil {
            byNick[key] = person.channels.isEmpty ? nil : person
            if person.channels.isEmpty, lost.count < Self.limit {
                person.channels = [channel]
                lost.append(Lost(person: person, at: uptime))
            }
        }
        return lost.count > before
    }

    /// The bot knows again who is in the channel: whoever is not, has left.
    mutating func forgetLost(from channel: String) {
        for index in lost.indices { lost[index].person.channels.remove(channel) }
        lost.removeAll(where: \.person.channels.isEmpty)
    }

    /// When the wait for the next of those who were lost is over.
    var endOfWait: Duration? { lost.map(\.at).min().map { $0 + Self.patience } }

    /// The wait is over for those who were lost long enough ago and did not come back.
    mutating func endWait(at uptime: Duration) -> [Person] {
        let gone = lost.filter { uptime - $0.at >= Self.patience }
        lost.removeAll { uptime - $0.at >= Self.patience }
        return gone.map(\.person)
    }
}

extension IRCMessage.Source {
    /// Whether the host is one that the network's services gave to this person alone, such as `user/anna` or
    /// `stadt/bauamt/anna`. A name with a stroke is no hostname; those of gateways stand for many people.
    var hasPersonalCloak: Bool {
        let kind = host.prefix { $0 != "/" }.lowercased()
        return host.contains("/") && !["gateway", "nat", "webchat", "unaffiliated-ip", "ip", "tor"].contains(kind)
            && !host.contains("/ip.") && !host.contains("/x-")
    }
}
