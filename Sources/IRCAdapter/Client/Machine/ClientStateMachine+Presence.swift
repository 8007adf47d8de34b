import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// Who comes and goes where the bot is.
extension ClientStateMachine {
    mutating func observe(_ line: ServerLine.Presence, isNetsplit: Bool) {
        // Before her news counts it has to be known whose it is.
        if let source = line.source, isPerson(source) { people.learn(source) }
        switch line {
        case .join(let source, let name, let account):
            if isMe(source.nick) { entered(name, as: source) } else { joined(source, name, account: account) }
        case .part(let source, let name):
            if isMe(source.nick) { removed(from: name) } else { left(source.nick, name) }
        case .kick(let nick, let name):
            if isMe(nick) { kicked(from: name) } else { left(nick, name) }
        case .quit(let source, let reason): quit(source.nick, isNetsplit: isNetsplit || Self.isNetsplit(reason))
        case .nick(let source, let new): renamed(source, to: new)
        case .account(let source, let account): changeAccount(of: source.nick, to: account)
        case .chghost(let source, let user, let host):
            if isMe(source.nick) { ownSource = .init(nick: nick, user: user, host: host) }
            people.setHost(of: source.nick, user: user, host: host)
        case .hostHidden(let host):
            if let own = ownSource { ownSource = .init(nick: nick, user: own.user, host: host) }
        case .names(let name, let entries): list(entries, in: name)
        case .endOfNames(let name): askWho(name)
        case .who(let name, let source, let account, let knowsAccount):
            met(source, name, account: account, knowsAccount: knowsAccount)
        case .endOfWho(let mask): if channels[fold(mask)]?.stage == .asking { catchUp(mask) }
        case .invite(let nick, let name): invited(nick, to: name)
        case .channelMode(let name): channels[fold(name)]?.isMuted = false
        }
    }

    // MARK: - Coming

    private mutating func joined(_ source: IRCMessage.Source, _ name: String, account: String?) {
        guard let channel = channels[fold(name)], channel.isJoined else { return }
        let known = people[source.nick]
        let (person, isBack) = people.enter(source, account: account, channel: fold(name))
        // Who is in another channel already is known; with `extended-join` her account may be news.
        if known != nil, capabilities.contains(.extendedJoin) { changeAccount(of: source.nick, to: account) }
        if !capabilities.contains(.extendedJoin), support.hasWhox, person.account == nil {
            askWho(cameInto: name, source.nick)
        }
        // Until the channel is settled she is one of those who are there.
        guard channel.stage == .settled else { return }
        let sender = people.sender(people[source.nick] ?? person)
        deliver(
            isBack
                ? .reunited(room(channel), sender.identity, at: now.date)
                : .joined(room(channel), sender, at: now.date))
    }

    /// Where many come at once, one question is asked for all of them.
    private mutating func askWho(cameInto name: String, _ nick: String) {
        let isAlone = !queue.contains { $0.command == "WHO" }
        enqueueOnce(
            .init(IRCMessage("WHO", [isAlone ? nick : name, ServerLine.whoFields]), priority: .query))
    }

    /// An answer to WHO: for a channel that we came into, or for somebody who came.
    private mutating func met(_ source: IRCMessage.Source, _ name: String, account: String?, knowsAccount: Bool) {
        guard !isMe(source.nick) else { return }
        if channels[fold(name)]?.stage == .asking {
            _ = people.enter(source, account: account, channel: fold(name))
        }
        if knowsAccount { changeAccount(of: source.nick, to: account) }
    }

    // MARK: - Changing

    private mutating func renamed(_ source: IRCMessage.Source, to new: String) {
        if isMe(source.nick) {
            nick = new
            if let own = ownSource { ownSource = .init(nick: new, user: own.user, host: own.host) }
            return watchNick()
        }
        // Nobody else can have this nick any more, whatever the network forgot to say.
        if fold(source.nick) != fold(new), people[new] != nil { quit(new, isNetsplit: false) }
        if let person = people.rename(source, to: new) {
            let old = fold(source.nick)
            queue.retarget({ [support] in support.caseMapping.fold($0) == old }, to: new)
            deliver(.renamed(people.identity(of: person), to: new, at: now.date))
        }
        becameFree(source.nick)
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
        tell(channel, of: person, Incoming.left)
        if person.channels.isEmpty { forgetLines(to: nick) }
    }

    private mutating func quit(_ nick: String, isNetsplit: Bool) {
        if isNetsplit {
            if let person = people.loseInSplit(nick, at: now.uptime) { tellRooms(of: person, Incoming.separated) }
            schedule(.lost, after: People.patience)
        } else if let person = people.quit(nick) {
            tellRooms(of: person, Incoming.left)
        }
        forgetLines(to: nick)
        becameFree(nick)
    }

    /// What waits for somebody who is gone must not reach whoever takes the nick.
    private mutating func forgetLines(to nick: String) {
        let key = fold(nick)
        finish(queue.remove { [support] in support.caseMapping.fold($0.target) == key })
    }

    private mutating func tellRooms(of person: People.Person, _ news: (Room, Identity, Date) -> Incoming) {
        for key in person.channels.sorted() {
            if let channel = channels[key] { tell(channel, of: person, news) }
        }
    }

    /// Unless somebody else there has the same account.
    private mutating func tell(
        _ channel: ClientChannel, of person: People.Person, _ news: (Room, Identity, Date) -> Incoming
    ) {
        let identity = people.identity(of: person)
        if !people.isPresent(identity, in: fold(channel.name)) { deliver(news(room(channel), identity, now.date)) }
    }

    /// Who went out of sight and did not come back has left.
    mutating func endWaitForLost() {
        for person in people.endWait(at: now.uptime) { tellRooms(of: person, Incoming.left) }
        if let next = people.endOfWait { schedule(.lost, after: next - now.uptime) }
    }

    /// `irc.here.net irc.there.net`, or `*.net *.split`: two servers lost each other.
    static func isNetsplit(_ reason: String) -> Bool {
        if reason == "*.net *.split" { return true }
        let names = reason.split(separator: " ", omittingEmptySubsequences: false)
        return names.count == 2 && names[0] != names[1] && names.allSatisfy { Hostname.isValid(String($0)) }
    }
}
