import DialogEngine
import Facilitation
import IRCProtocol

/// The bot comes into its channels, is thrown out, is refused.
extension ClientStateMachine {
    /// How long the bot waits before it comes back after the first and the second kick; after the third it stays away.
    private static let rejoinDelays = [Duration.seconds(2), .seconds(10)]
    /// Kicks that are longer ago do not count.
    private static let kickMemory = Duration.seconds(10 * 60)
    /// How long after a refusal the bot knocks again.
    private static let timeBetweenKnocks = Duration.seconds(5 * 60)
    /// How long the network may take to tell who is in a channel.
    private static let arrivalTime = Duration.seconds(60)

    func room(_ channel: ClientChannel) -> Room {
        Room(adapter: settings.adapterName, name: channel.name)
    }

    // MARK: - Coming

    /// Asks for all channels that the bot is to be in.
    mutating func join() {
        let names = channels.values.map(\.name).sorted()
        for line in Splitting.lines(of: names, limit: 400) {
            write("JOIN", line.split(separator: " ").joined(separator: ","))
        }
        for name in names { schedule(.rejoin(name), after: Self.timeBetweenKnocks) }
    }

    /// Asks for channels that the bot is to be in from now on, too; offline it asks when it is online again.
    mutating func join(_ names: [String]) {
        let new = names.filter { channels[fold($0)] == nil }
        for name in new { channels[fold(name)] = ClientChannel(name: name) }
        guard isOnline, !new.isEmpty else { return }
        for line in Splitting.lines(of: new.sorted(), limit: 400) {
            write("JOIN", line.split(separator: " ").joined(separator: ","))
        }
        for name in new { schedule(.rejoin(name), after: Self.timeBetweenKnocks) }
    }

    mutating func entered(_ name: String, as source: IRCMessage.Source) {
        ownSource = source
        // Where nobody needs the bot, such as behind a forward, it does not stay.
        guard var channel = channels[fold(name)] else { return write("PART", name) }
        channel.stage = .listing
        channel.joinedAt = now.uptime
        channel.joinedOn = now.date
        channel.heardBefore = channel.heardUntil
        channel.isGone = false
        channels[fold(name)] = channel
        cancel(.rejoin(channel.name))
        schedule(.arrival(channel.name), after: Self.arrivalTime)
        report(.joined(channel.name))
    }

    /// Entries of RPL_NAMREPLY: nicks with signs before them, or whole sources with `userhost-in-names`.
    mutating func list(_ entries: [String], in name: String) {
        guard channels[fold(name)]?.stage == .listing else { return }
        for entry in entries {
            let source = IRCMessage.Source(rawValue: String(entry.drop { support.prefixes.contains($0) }))
            guard !source.nick.isEmpty, !isMe(source.nick) else { continue }
            _ = people.enter(source, account: nil, channel: fold(name))
        }
    }

    /// Everybody is listed: who are they?
    mutating func askWho(_ name: String) {
        guard channels[fold(name)]?.stage == .listing else { return }
        channels[fold(name)]?.stage = .asking
        enqueue(.init(IRCMessage("WHO", support.hasWhox ? [name, ServerLine.whoFields] : [name]), priority: .query))
    }

    /// The network has had time enough to tell who is there.
    mutating func endArrival(in name: String) {
        guard let channel = channels[fold(name)], channel.isJoined else { return }
        // It came in once more meanwhile.
        let rest = channel.joinedAt + Self.arrivalTime - now.uptime
        if rest > .zero { schedule(.arrival(name), after: rest) } else { settle(name) }
    }

    /// The bot knows who is in the channel.
    mutating func settle(_ name: String) {
        guard let channel = channels[fold(name)], channel.stage != .settled else { return }
        channels[fold(name)]?.stage = .settled
        if channel.lastSpeech == nil { channels[fold(name)]?.lastSpeech = now.date }
        people.forgetLost(from: fold(name))
        let senders = people.members(of: fold(name)).map(people.sender)
        deliver(.present(room(channel), senders, at: now.date))
        readLettersIfSettled()
    }

    /// An invitation opens a channel that the bot is to be in; into others it does not follow. It takes its time, so that
    /// KICK and INVITE in turns cannot make it a flood.
    mutating func invited(_ nick: String, to name: String) {
        guard isMe(nick), let channel = channels[fold(name)], !channel.isJoined, channel.isGone else { return }
        channels[fold(name)]?.isGone = false
        schedule(.rejoin(channel.name), after: Self.rejoinDelays[0])
    }

    // MARK: - Going

    /// The bot left, which only others can have brought about.
    mutating func removed(from name: String) {
        guard channels[fold(name)]?.isJoined == true else { return }
        leave(name)
        giveUp(name, .removed)
    }

    mutating func kicked(from name: String) {
        guard var channel = channels[fold(name)], channel.isJoined else { return }
        channel.kicks = channel.kicks.suffix(Self.rejoinDelays.count).filter { now.uptime - $0 < Self.kickMemory }
        channel.kicks.append(now.uptime)
        channels[fold(name)] = channel
        leave(name)
        let willRejoin = channel.kicks.count <= Self.rejoinDelays.count
        report(.kicked(channel.name, willRejoin: willRejoin))
        if willRejoin {
            schedule(.rejoin(channel.name), after: Self.rejoinDelays[channel.kicks.count - 1])
        } else {
            giveUp(name, .removed)
        }
    }

    /// Those who were there may be there again when the bot is.
    private mutating func leave(_ name: String) {
        channels[fold(name)]?.leave()
        if people.loseSight(of: fold(name), at: now.uptime) { schedule(.lost, after: People.patience) }
    }

    /// Until it is let in, also where nobody answers.
    mutating func rejoin(_ name: String) {
        guard let channel = channels[fold(name)], !channel.isJoined else { return }
        write("JOIN", channel.name)
        schedule(.rejoin(channel.name), after: Self.timeBetweenKnocks)
    }

    // MARK: - Refused

    mutating func heed(_ reply: ServerLine.Reply) {
        switch reply {
        case .joinRefused(let name, let numeric): joinRefused(name, numeric)
        case .speechRefused(let target, let numeric): muted(target, numeric)
        case .isOn(let nicks): present(nicks)
        case .offline(let nicks): for nick in nicks { becameFree(nick) }
        case .tryAgain: queue.slowDown(at: now.uptime)
        case .standard(let reply): heed(reply)
        }
    }

    private mutating func heed(_ reply: ServerLine.StandardReply) {
        report(.standardReply(kind: reply.kind, command: reply.command, code: reply.code))
        guard reply.kind == "FAIL" else { return }
        if reply.code == "RATE_LIMITED" { queue.slowDown(at: now.uptime) }
        if reply.command == "CHATHISTORY" { failHistory() }
    }

    private mutating func joinRefused(_ name: String, _ numeric: String) {
        guard let channel = channels[fold(name)] else { return }
        if channel.isJoined {
            // Some of those that the bot knows also refuse what was said there.
            return Numeric(rawValue: numeric) == nil ? () : muted(name, numeric)
        }
        schedule(.rejoin(channel.name), after: Self.timeBetweenKnocks)
        guard !channel.isGone else { return }
        report(.refused(channel.name, numeric: numeric))
        giveUp(name, Exclusion(numeric: numeric))
    }

    private mutating func muted(_ name: String, _ numeric: String) {
        guard let channel = channels[fold(name)], channel.isJoined, !channel.isMuted else { return }
        channels[fold(name)]?.isMuted = true
        report(.muted(channel.name, numeric: numeric))
        deliver(.excluded(room(channel), .muted, at: now.date))
    }

    /// Nothing can be said in the channel any more.
    private mutating func giveUp(_ name: String, _ reason: Exclusion) {
        let key = fold(name)
        guard let channel = channels[key] else { return }
        channels[key]?.isGone = true
        if reason == .removed { cancel(.rejoin(channel.name)) }
        finish(queue.remove { [support] in support.caseMapping.fold($0.target) == key })
        deliver(.excluded(room(channel), reason, at: now.date))
        readLettersIfSettled()
    }
}

extension Exclusion {
    /// What a numeric in answer to JOIN means.
    fileprivate init(numeric: String) {
        switch Numeric(rawValue: numeric) {
        case .channelIsFull: self = .full
        case .inviteOnlyChan: self = .inviteOnly
        case .bannedFromChan: self = .banned
        case .badChannelKey: self = .needsKey
        case .needReggedNick: self = .needsAccount
        default: self = .refused
        }
    }
}
