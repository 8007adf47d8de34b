import IRCProtocol

/// The link to the network comes, falls silent, goes.
extension ClientStateMachine {
    private static let registrationTime = Duration.seconds(60)
    private static let idleBeforePing = Duration.seconds(60)
    private static let timeForPong = Duration.seconds(30)

    mutating func connected() {
        switch phase {
        case .offline: break
        case .listing, .requesting, .authenticating, .registering, .online, .closing: return
        case .stopped:
            actions.append(.close)
            return
        }
        phase = .listing(offered: [])
        lastHeard = now.uptime
        nick = settings.nick
        nickRefusals = 0
        ownSource = nil
        support = ISupport()
        capabilities = []
        isBanned = false
        isSendingScheduled = false
        people.forgetAll()
        queue.forgiveDebts()
        for key in channels.keys {
            channels[key]?.isJoined = false
            channels[key]?.isGone = false
        }
        write("CAP", "LS", "302")
        if let password = settings.password { write("PASS", password) }
        write("NICK", nick)
        write("USER", settings.user, "0", "*", settings.realName)
        schedule(.registration, after: Self.registrationTime)
        schedule(.idle, after: Self.idleBeforePing)
    }

    mutating func disconnected(jitter: Double) {
        var online = Duration.zero
        switch phase {
        case .online(let since), .closing(.some(let since)): online = now.uptime - since
        case .offline, .listing, .requesting, .authenticating, .registering, .closing(.none): break
        case .stopped: return
        }
        phase = .offline
        for key in channels.keys { channels[key]?.isJoined = false }
        // Nicks may change hands while nobody looks; what is for rooms can wait.
        finish(queue.remove { [channels, support] in channels[support.caseMapping.fold($0.parameter(0) ?? "")] == nil })
        actions.append(.reconnect(after: backoff.next(online: online, isBanned: isBanned, jitter: jitter)))
    }

    mutating func stop() {
        switch phase {
        case .listing, .requesting, .authenticating, .registering, .online:
            write("QUIT", "Lotse is stopping")
            actions.append(.close)
        case .offline, .closing: break
        case .stopped: return
        }
        phase = .stopped
        finish(queue.remove { _ in true })
    }

    // MARK: - Timers

    mutating func elapsed(_ timer: ClientTimer) {
        switch (timer, phase) {
        case (.registration, .listing), (.registration, .requesting), (.registration, .authenticating),
            (.registration, .registering):
            close(.registrationTimeout)
        case (.registration, .online): break
        case (.idle, .listing), (.idle, .requesting), (.idle, .authenticating), (.idle, .registering),
            (.idle, .online):
            checkIdle()
        case (.pong, .listing), (.pong, .requesting), (.pong, .authenticating), (.pong, .registering),
            (.pong, .online):
            if lastHeard <= pingedAt { close(.pingTimeout) } else { checkIdle() }
        case (.sending, .listing), (.sending, .requesting), (.sending, .authenticating), (.sending, .registering),
            (.sending, .online):
            isSendingScheduled = false
        case (.rejoin(let name), .online): rejoin(name)
        case (.netsplit, .online): endNetsplit()
        case (.rejoin, .listing), (.rejoin, .requesting), (.rejoin, .authenticating), (.rejoin, .registering),
            (.netsplit, .listing), (.netsplit, .requesting), (.netsplit, .authenticating), (.netsplit, .registering):
            break
        case (_, .offline), (_, .closing), (_, .stopped): break
        }
    }

    /// Instead of a new timer for every line: when the old one ends, see how long the silence really is.
    private mutating func checkIdle() {
        let idle = now.uptime - lastHeard
        if idle >= Self.idleBeforePing {
            pingedAt = now.uptime
            write("PING", "lotse")
            schedule(.pong, after: Self.timeForPong)
        } else {
            schedule(.idle, after: Self.idleBeforePing - idle)
        }
    }
}
