import FoundationEssentials
import IRCProtocol

/// The link to the network comes, falls silent, goes.
extension ClientStateMachine {
    private static let registrationTime = Duration.seconds(60)
    private static let idleBeforePing = Duration.seconds(60)
    private static let timeForPong = Duration.seconds(30)
    /// The same where lines wait to be confirmed, and how long the answer may take while others still come.
    private static let timeForProof = Duration.seconds(10)
    private static let longestProof = Duration.seconds(60)

    mutating func connected(_ link: ClientLink) {
        switch phase {
        case .offline: break
        case .negotiating, .registering, .online, .closing: return
        case .stopped:
            actions.append(.close)
            return
        }
        phase = .negotiating
        self.link = link
        forgetLink()
        write("CAP", "LS", "302")
        if let password = settings.password { write("PASS", password) }
        write("NICK", nick)
        write("USER", settings.user, "0", "*", settings.realName)
        schedule(.registration, after: Self.registrationTime)
        schedule(.idle, after: Self.idleBeforePing)
    }

    /// Nothing of the last connection holds on this one, except what waits to be said in rooms.
    private mutating func forgetLink() {
        lastHeard = now.uptime
        outlook = .failed
        nick = settings.nick
        nickRefusals = 0
        isWatchingNick = false
        ownSource = nil
        support = ISupport()
        capabilities = ClientCapabilities()
        login = nil
        batches = Batches()
        cancelTimers()
        typing = Typing()
        clockLead = nil
        people.endOfLink(at: now.uptime)
        people.mapping = support.caseMapping
        queue.forgiveDebts()
        channels = Dictionary(channels.values.map { (fold($0.name), $0) }) { first, _ in first }
        for key in channels.keys {
            channels[key]?.leave()
            channels[key]?.isGone = false
        }
    }

    mutating func disconnected(jitter: Double) {
        var online = Duration.zero
        switch phase {
        case .online(let since), .closing(.some(let since)): online = now.uptime - since
        case .offline, .negotiating, .registering, .closing(.none): break
        case .stopped: return
        }
        handOn(longLines.close())
        if online > .zero {
            let silence = Double((now.uptime - lastHeard).components.seconds)
            correspondence.lost(at: now.date.addingTimeInterval(-silence))
        }
        phase = .offline
        people.loseLink(at: now.uptime)
        for key in channels.keys { channels[key]?.leave() }
        // What was not confirmed is said again: twice at worst, never not at all. Where the network confirms nothing, that
        // is what left since it was last known to listen, if the link fell silent.
        queue.putBack(unconfirmed.takeAll(alsoUnpromised: fellSilent))
        fellSilent = false
        // Nicks may change hands while nobody looks, and questions are asked anew; what is for rooms can wait.
        finish(
            queue.remove { [channels, support] entry in
                entry.priority == .query || channels[support.caseMapping.fold(entry.target)] == nil
            })
        actions.append(.reconnect(after: backoff.next(online: online, outlook, jitter: jitter)))
    }

    mutating func stop() {
        switch phase {
        case .negotiating, .registering, .online:
            write("QUIT", "Lotse is stopping")
            actions.append(.close)
        case .offline, .closing: break
        case .stopped: return
        }
        phase = .stopped
        handOn(longLines.close())
        unconfirmed = UnconfirmedLines()
        finish(queue.remove { _ in true })
    }

    /// Gives up the link; a server that can still be talked to hears QUIT.
    mutating func close(_ reason: ClientReport, quitting: Bool = false) {
        let onlineSince: Duration?
        switch phase {
        case .online(let since): onlineSince = since
        case .negotiating, .registering: onlineSince = nil
        case .offline, .closing, .stopped: return
        }
        report(reason)
        if quitting { write("QUIT") }
        phase = .closing(onlineSince: onlineSince)
        actions.append(.close)
    }

    /// The server said ERROR: it ends the connection, and may say why.
    mutating func dismissed(_ text: String) {
        let words = text.lowercased()
        if ["banned", "k-line", "k:line", "g-line", "z-line"].contains(where: words.contains) { banned() }
        if words.contains("flood") { queue.slowDown(at: now.uptime) }
        close(.serverError(text))
    }

    mutating func banned() {
        guard outlook != .banned else { return }
        outlook = .banned
        report(.banned)
    }

    // MARK: - Timers

    mutating func elapsed(_ timer: ClientTimer) {
        guard isDue(timer) else { return }
        switch phase {
        case .negotiating, .registering: elapsedBeforeWelcome(timer)
        case .online: elapsedOnline(timer)
        case .offline, .closing, .stopped: break
        }
    }

    private mutating func elapsedBeforeWelcome(_ timer: ClientTimer) {
        switch timer {
        case .registration: close(.registrationTimeout)
        case .idle: checkIdle()
        case .pong: checkPong()
        case .sending, .confirmation, .nick, .arrival, .rejoin, .letters, .lost, .longLine: break
        }
    }

    private mutating func elapsedOnline(_ timer: ClientTimer) {
        switch timer {
        case .registration: break
        case .idle: checkIdle()
        case .pong: checkPong()
        // Every input is followed by what may be sent.
        case .sending: break
        case .confirmation: checkConfirmations()
        case .nick: checkNick()
        case .arrival(let name): endArrival(in: name)
        case .rejoin(let name): rejoin(name)
        case .letters: readLetters()
        case .lost: endWaitForLost()
        case .longLine: endLongLines()
        }
    }

    /// Instead of a new timer for every line: when the old one ends, see how long the silence really is.
    private mutating func checkIdle() {
        let idle = now.uptime - lastHeard
        if idle >= Self.idleBeforePing {
            if !unconfirmed.isProbing { pingedAt = now.uptime }
            write("PING", "lotse")
            schedule(.pong, after: Self.timeForPong)
        } else {
            schedule(.idle, after: Self.idleBeforePing - idle)
        }
    }

    /// Asks for a sign of life, because something that was said may not have arrived.
    mutating func probe(_ token: String) {
        pingedAt = now.uptime
        write("PING", token)
        schedule(.pong, after: Self.timeForProof)
    }

    private mutating func checkPong() {
        let isOverdue = unconfirmed.isProbing && now.uptime - pingedAt >= Self.longestProof
        if lastHeard <= pingedAt || isOverdue {
            fellSilent = true
            close(.pingTimeout)
        } else if unconfirmed.isProbing {
            schedule(.pong, after: Self.longestProof - (now.uptime - pingedAt))
        } else {
            checkIdle()
        }
    }
}
