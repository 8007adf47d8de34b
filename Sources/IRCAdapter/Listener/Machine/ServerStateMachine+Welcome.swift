import IRCProtocol

/// What a client is told of the server when it has registered: RPL_WELCOME to RPL_ENDOFMOTD.
extension ServerStateMachine {
    mutating func welcome(_ client: ServerClient) {
        let server = settings.serverName
        reply(.welcome, ["Welcome to the \(settings.networkName) IRC network, \(client.source.rawValue)"], to: client)
        reply(.yourHost, ["Your host is \(server), running Lotse"], to: client)
        reply(.created, ["This server was started \(ServerTime.render(startedAt))"], to: client)
        reply(.myInfo, [server, "Lotse", "Bio", "Ibeiklmnostv", "Ibeklov"], to: client)
        sendISupport(to: client)
        lusers(to: client)
        motd(to: client)
    }

    /// What a client may rely on; every token is true.
    mutating func sendISupport(to client: ServerClient) {
        let targets = ServerLimits.targets
        var tokens = [
            "AWAYLEN=\(ServerLimits.awayLength)", "BOT=B", "CASEMAPPING=\(mapping.rawValue)",
            "CHANLIMIT=#:\(ServerLimits.channelsPerClient)", "CHANMODES=Ibe,k,l,imnst",
            "CHANNELLEN=\(ServerLimits.channelLength)", "CHANTYPES=#", "ELIST=CMNTU", "EXCEPTS=e",
            "HOSTLEN=64", "INVEX=I", "KEYLEN=\(ServerLimits.keyLength)", "KICKLEN=\(ServerLimits.kickLength)",
            "MAXLIST=Ibe:\(ServerLimits.listLength)", "MODES=\(ServerLimits.modesPerCommand)",
            "MONITOR=\(ServerLimits.monitored)", "NAMELEN=\(ServerLimits.realNameLength)",
            "NETWORK=\(settings.networkName)", "NICKLEN=\(ServerLimits.nickLength)", "PREFIX=(ov)@+",
            "TARGMAX=JOIN:,KICK:\(targets),LIST:,NAMES:,NOTICE:\(targets),PART:,PRIVMSG:\(targets),TAGMSG:\(targets),WHOIS:1",
            "TOPICLEN=\(ServerLimits.topicLength)", "USERLEN=\(ServerLimits.userLength)", "UTF8ONLY", "WHOX",
        ]
        if settings.hasHistory {
            // References by time first: talk has ids, too, and is not kept.
            tokens += ["CHATHISTORY=\(ServerLimits.history)", "MSGREFTYPES=timestamp,msgid"]
        }
        for start in stride(from: 0, to: tokens.count, by: 13) {
            let some = Array(tokens[start..<min(start + 13, tokens.count)])
            reply(.iSupport, some + ["are supported by this server"], to: client)
        }
    }

    mutating func lusers(to client: ServerClient) {
        // The bot is no connection.
        let registered = nicks.count - 1
        let unknown = clients.count - 1 - registered
        let invisible = clients.values.count { $0.isRegistered && $0.isInvisible && $0.id != .bot }
        let operators = clients.values.count(where: \.isOperator)
        reply(
            .lUserClient, ["There are \(registered - invisible) users and \(invisible) invisible on 1 servers"],
            to: client)
        reply(.lUserOp, ["\(operators)", "IRC Operators online"], to: client)
        reply(.lUserUnknown, ["\(unknown)", "unknown connection(s)"], to: client)
        reply(.lUserChannels, ["\(channels.count)", "channels formed"], to: client)
        reply(.lUserMe, ["I have \(registered) clients and 0 servers"], to: client)
        for numeric in [Numeric.localUsers, .globalUsers] {
            let kind = numeric == .localUsers ? "local" : "global"
            let text = "Current \(kind) users \(registered), max \(mostClients)"
            reply(numeric, ["\(registered)", "\(mostClients)", text], to: client)
        }
    }

    mutating func motd(to client: ServerClient) {
        guard !settings.motd.isEmpty else { return reply(.noMotd, ["MOTD is missing"], to: client) }
        reply(.motdStart, ["- \(settings.serverName) Message of the day -"], to: client)
        for line in settings.motd { reply(.motd, ["- \(line)"], to: client) }
        reply(.endOfMotd, ["End of MOTD command"], to: client)
    }
}
