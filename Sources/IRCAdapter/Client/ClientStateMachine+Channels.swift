import DialogEngine
import Facilitation
import IRCProtocol

/// Who comes and goes where the bot is; the bot's own coming and going.
extension ClientStateMachine {
    /// How long the bot waits before it comes back after the first and the second kick; after the third it stays away.
    private static let rejoinDelays = [Duration.seconds(2), .seconds(10)]
    /// Kicks that are longer ago do not count.
    private static let kickMemory = Duration.seconds(10 * 60)
    /// How long people of a netsplit may take to come back without having left.
    private static let netsplitPatience = Duration.seconds(15 * 60)

    /// One of the lines that `handle(_:)` lists.
    mutating func observe(_ line: ServerLine) {
        switch line {
        case .join(let source, let name, let account):
            if isMe(source.nick) { entered(name, as: source) } else { joined(source, name, account: account) }
        case .part(let source, let name):
            if isMe(source.nick) { lost(name) } else { left(source.nick, name) }
        case .kick(let nick, let name):
            if isMe(nick) { kicked(from: name) } else { left(nick, name) }
        case .quit(let source, let reason): quit(source.nick, reason: reason)
        case .nick(let source, let new): renamed(source, to: new)
        case .account(let source, let account): changeAccount(of: source.nick, to: account)
        case .chghost(let source, let user, let host):
            if isMe(source.nick) { ownSource = .init(nick: nick, user: user, host: host) }
            people.setHost(of: source.nick, user: user, host: host)
        case .names(let name, let entries): list(entries, in: name)
        case .endOfNames(let name): listed(name)
        case .joinRefused(let name, let numeric): refused(name, numeric: numeric)
        case .capLS, .capACK, .capNAK, .authenticate, .saslSucceeded, .saslFailed, .welcome, .iSupport, .nickRefused,
            .passwordRefused, .banned, .ping, .error, .speech, .other:
            break
        }
    }

    func room(_ channel: Channel) -> Room {
        Room(adapter: settings.adapterName, name: channel.name)
    }

    // MARK: - The bot

    private mutating func entered(_ name: String, as source: IRCMessage.Source) {
        ownSource = source
        guard channels[fold(name)] != nil else { return }
        channels[fold(name)]?.isJoined = true
        channels[fold(name)]?.isGone = false
        report(.joined(name))
    }

    /// The bot left, which only others can have brought about.
    private mutating func lost(_ name: String) {
        channels[fold(name)]?.isJoined = false
        people.loseSight(of: fold(name))
        giveUp(name)
    }

    private mutating func kicked(from name: String) {
        guard var channel = channels[fold(name)] else { return }
        channel.isJoined = false
        channel.kicks = channel.kicks.filter { now.uptime - $0 < Self.kickMemory } + [now.uptime]
        channels[fold(name)] = channel
        people.loseSight(of: fold(name))
        let willRejoin = channel.kicks.count <= Self.rejoinDelays.count
        report(.kicked(channel.name, willRejoin: willRejoin))
        if willRejoin {
            schedule(.rejoin(channel.name), after: Self.rejoinDelays[channel.kicks.count - 1])
        } else {
            giveUp(name)
        }
    }

    mutating func rejoin(_ name: String) {
        guard let channel = channels[fold(name)], !channel.isJoined else { return }
        write("JOIN", channel.name)
    }

    private mutating func refused(_ name: String, numeric: String) {
        guard let channel = channels[fold(name)], !channel.isJoined else { return }
        report(.refused(channel.name, numeric: numeric))
        giveUp(name)
    }

    /// Nothing can be said in the channel any more.
    private mutating func giveUp(_ name: String) {
        let key = fold(name)
        channels[key]?.isGone = true
        finish(queue.remove { [support] in support.caseMapping.fold($0.parameter(0) ?? "") == key })
    }

    // MARK: - Coming

    private mutating func joined(_ source: IRCMessage.Source, _ name: String, account: String?) {
        guard let channel = channels[fold(name)] else { return }
        let known = people[source.nick]
        let (person, isBack) = people.enter(source, account: account, channel: fold(name))
        // Who is in another channel already is known; with `extended-join` her account may be news.
        if known != nil, capabilities.contains("extended-join") { changeAccount(of: source.nick, to: account) }
        if !isBack { deliver(.joined(room(channel), people.sender(people[source.nick] ?? person), at: now.date)) }
    }

    /// Entries of RPL_NAMREPLY: nicks with signs before them, or whole sources with `userhost-in-names`.
    private mutating func list(_ entries: [String], in name: String) {
        guard let channel = channels[fold(name)], channel.isJoined else { return }
        for entry in entries {
            let source = IRCMessage.Source(rawValue: String(entry.drop { support.prefixes.contains($0) }))
            guard !source.nick.isEmpty, !isMe(source.nick) else { continue }
            _ = people.enter(source, account: nil, channel: fold(name))
        }
    }

    private mutating func listed(_ name: String) {
        guard let channel = channels[fold(name)], channel.isJoined else { return }
        let senders = people.members(of: fold(name)).map(people.sender)
        deliver(.present(room(channel), senders, at: now.date))
    }

    // MARK: - Changing

    private mutating func renamed(_ source: IRCMessage.Source, to new: String) {
        if isMe(source.nick) {
            nick = new
            if let own = ownSource { ownSource = .init(nick: new, user: own.user, host: own.host) }
            return
        }
        guard let person = people.rename(source.nick, to: new) else { return }
        let old = fold(source.nick)
        queue.retarget({ [support] in support.caseMapping.fold($0) == old }, to: new)
        deliver(.renamed(people.identity(of: person), to: new, at: now.date))
    }

    /// From now on the person is who her account says, or nobody known once she logs out.
    mutating func changeAccount(of nick: String, to account: String?) {
        guard let old = people[nick], let new = people.setAccount(account, of: nick) else { return }
        let identity = people.identity(of: old)
        if old.account == nil {
            deliver(.identified(identity, as: people.sender(new), at: now.date))
            return
        }
        // The account stays with whoever else uses it; this connection is somebody else's from now on.
        for key in new.channels.sorted() {
            guard let channel = channels[key] else { continue }
            if !people.isPresent(identity, in: key) { deliver(.left(room(channel), identity, at: now.date)) }
            deliver(.joined(room(channel), people.sender(new), at: now.date))
        }
    }

    // MARK: - Going

    private mutating func left(_ nick: String, _ name: String) {
        guard let channel = channels[fold(name)], let person = people.leave(nick, channel: fold(name)) else { return }
        tellLeft(person, channel, key: fold(name))
        if person.channels.isEmpty { forgetLines(to: nick) }
    }

    private mutating func quit(_ nick: String, reason: String) {
        if Self.isNetsplit(reason) {
            people.loseInSplit(nick)
            schedule(.netsplit, after: Self.netsplitPatience)
        } else if let person = people.quit(nick) {
            for key in person.channels.sorted() {
                if let channel = channels[key] { tellLeft(person, channel, key: key) }
            }
        }
        forgetLines(to: nick)
    }

    /// What waits for somebody who is gone must not reach whoever takes the nick.
    private mutating func forgetLines(to nick: String) {
        let key = fold(nick)
        finish(queue.remove { [support] in support.caseMapping.fold($0.parameter(0) ?? "") == key })
    }

    private mutating func tellLeft(_ person: People.Person, _ channel: Channel, key: String) {
        let identity = people.identity(of: person)
        if !people.isPresent(identity, in: key) { deliver(.left(room(channel), identity, at: now.date)) }
    }

    mutating func endNetsplit() {
        for person in people.endSplit() {
            for key in person.channels.sorted() {
                if let channel = channels[key] { tellLeft(person, channel, key: key) }
            }
        }
    }

    /// `irc.here.net irc.there.net`, or `*.net *.split`: two servers lost each other.
    static func isNetsplit(_ reason: String) -> Bool {
        if reason == "*.net *.split" { return true }
        let names = reason.split(separator: " ", omittingEmptySubsequences: false)
        return names.count == 2 && names[0] != names[1] && names.allSatisfy { Hostname.isValid(String($0)) }
    }
}
