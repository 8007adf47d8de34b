import FoundationEssentials
import IRCProtocol

/// VERSION, TIME, INFO, HELP, ADMIN: what the server says about itself when asked.
extension ServerStateMachine {
    /// Whether a query that names a server means this one; else it gets ERR_NOSUCHSERVER.
    mutating func isMeant(_ server: String?, by client: ServerClient) -> Bool {
        guard let server, !server.isEmpty else { return true }
        let isThis = Mask(server, mapping: mapping).matches(settings.serverName) || self.client(named: server) != nil
        if !isThis { reply(.noSuchServer, [server, "No such server"], to: client) }
        return isThis
    }

    mutating func version(to client: ServerClient) {
        reply(.version, ["Lotse", settings.serverName, "Chat bot that facilitates workshops"], to: client)
        sendISupport(to: client)
    }

    mutating func time(to client: ServerClient) {
        let seconds = "\(Int(now.date.timeIntervalSince1970))"
        reply(.time, [settings.serverName, seconds, "0", ServerTime.render(now.date)], to: client)
    }

    mutating func info(to client: ServerClient) {
        reply(.info, ["Lotse, a chat bot that facilitates workshops"], to: client)
        reply(.info, ["On-line since \(ServerTime.render(startedAt))"], to: client)
        reply(.endOfInfo, ["End of INFO list"], to: client)
    }

    mutating func admin(to client: ServerClient) {
        guard !settings.admin.isEmpty else {
            return reply(.noAdminInfo, [settings.serverName, "No administrative info available"], to: client)
        }
        reply(.adminMe, [settings.serverName, "Administrative info"], to: client)
        for (numeric, line) in zip([Numeric.adminLoc1, .adminLoc2, .adminEmail], settings.admin) {
            reply(numeric, [line], to: client)
        }
    }

    mutating func help(_ message: IRCMessage, to client: ServerClient) {
        let subject = message.parameter(0) ?? ""
        let text: [String]
        if subject.isEmpty {
            text =
                ["Commands of this server:"] + Splitting.lines(of: Self.commands, limit: 300)
                + ["HELP command: what it takes. About the workshop, ask the bot: /msg \(settings.botNick) !help"]
        } else if let usage = Self.usage[subject.asciiUppercased] {
            text = ["\(subject.asciiUppercased) \(usage)"]
        } else {
            return reply(.helpNotFound, [subject, "There is no help on this"], to: client)
        }
        let shown = subject.isEmpty ? "*" : subject
        reply(.helpStart, [shown, text[0]], to: client)
        for line in text.dropFirst() { reply(.helpText, [shown, line], to: client) }
        reply(.endOfHelp, [shown, "End of HELP"], to: client)
    }
}
