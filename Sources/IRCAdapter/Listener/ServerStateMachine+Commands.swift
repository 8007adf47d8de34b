import Facilitation
import FoundationEssentials
import IRCProtocol

/// Which command goes where.
extension ServerStateMachine {
    mutating func handle(_ message: IRCMessage, from client: ServerClient) {
        switch message.verb {
        case "CAP": cap(message, from: client)
        case "PASS": pass(message, from: client)
        case "NICK": nick(message, from: client)
        case "USER": user(message, from: client)
        case "PING": ping(message, from: client)
        case "PONG": break
        case "QUIT": quit(message, from: client)
        case "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT":
            // A browser that was lured here must not get a command through.
            if client.isRegistered { unknown(message, from: client) } else { drop(client.id, reason: "This is IRC") }
        default:
            guard client.isRegistered else {
                return reply(.notRegistered, ["You have not registered"], to: client)
            }
            handleRegistered(message, from: client)
        }
    }

    private mutating func handleRegistered(_ message: IRCMessage, from client: ServerClient) {
        let needed = Self.neededParameters[message.verb] ?? 0
        guard message.parameters.prefix(needed).filter({ !$0.isEmpty }).count == needed else {
            return reply(.needMoreParams, [message.verb, "Not enough parameters"], to: client)
        }
        switch message.verb {
        case "JOIN": join(message, from: client)
        case "PART": part(message, from: client)
        case "TOPIC": topic(message, from: client)
        case "NAMES": names(message, from: client)
        case "LIST": list(message, from: client)
        case "INVITE": invite(message, from: client)
        case "KICK": kick(message, from: client)
        case "MODE": mode(message, from: client)
        case "PRIVMSG", "NOTICE", "TAGMSG": speak(message, from: client)
        case "AWAY": away(message, from: client)
        case "WHO": who(message, from: client)
        case "WHOIS": whois(message, from: client)
        case "WHOWAS": whowas(message, from: client)
        case "USERHOST": userhost(message, from: client)
        case "ISON": ison(message, from: client)
        case "LUSERS": lusers(to: client)
        case "MOTD": motd(to: client)
        case "VERSION": version(to: client)
        case "TIME": time(to: client)
        case "INFO": info(to: client)
        default: unknown(message, from: client)
        }
    }

    private static let neededParameters = [
        "JOIN": 1, "PART": 1, "TOPIC": 1, "INVITE": 2, "KICK": 2, "MODE": 1, "USERHOST": 1, "ISON": 1,
    ]

    private mutating func unknown(_ message: IRCMessage, from client: ServerClient) {
        reply(.unknownCommand, [message.command, "Unknown command"], to: client)
    }

    private mutating func ping(_ message: IRCMessage, from client: ServerClient) {
        guard let token = message.parameter(0) else {
            return reply(.needMoreParams, ["PING", "Not enough parameters"], to: client)
        }
        send("PONG", [settings.serverName, token], to: client)
    }

    private mutating func quit(_ message: IRCMessage, from client: ServerClient) {
        drop(client.id, reason: message.parameter(0).map { "Quit: \($0)" } ?? "Client quit")
    }

    // MARK: - About the server

    mutating func lusers(to client: ServerClient) {
        let registered = clients.values.count { $0.isRegistered }
        let invisible = clients.values.count { $0.isRegistered && $0.isInvisible }
        // The bot counts as a user: it can be seen and spoken to.
        let users = registered + 1
        reply(
            .lUserClient, ["There are \(users - invisible) users and \(invisible) invisible on 1 servers"], to: client)
        reply(.lUserOp, ["0", "IRC Operators online"], to: client)
        reply(.lUserUnknown, ["\(clients.count - registered)", "unknown connection(s)"], to: client)
        reply(.lUserChannels, ["\(channels.count)", "channels formed"], to: client)
        reply(.lUserMe, ["I have \(users) clients and 0 servers"], to: client)
        let most = mostClients + 1
        reply(.localUsers, ["\(users)", "\(most)", "Current local users \(users), max \(most)"], to: client)
        reply(.globalUsers, ["\(users)", "\(most)", "Current global users \(users), max \(most)"], to: client)
    }

    mutating func motd(to client: ServerClient) {
        guard !settings.motd.isEmpty else { return reply(.noMotd, ["MOTD is missing"], to: client) }
        reply(.motdStart, ["- \(settings.serverName) Message of the day -"], to: client)
        for line in settings.motd { reply(.motd, ["- \(line)"], to: client) }
        reply(.endOfMotd, ["End of MOTD command"], to: client)
    }

    private mutating func version(to client: ServerClient) {
        reply(.version, ["Lotse", settings.serverName, "Chat bot that facilitates workshops"], to: client)
        sendISupport(to: client)
    }

    private mutating func time(to client: ServerClient) {
        reply(.time, [settings.serverName, ServerTime.render(now.date)], to: client)
    }

    private mutating func info(to client: ServerClient) {
        reply(.info, ["Lotse, a chat bot that facilitates workshops"], to: client)
        reply(.endOfInfo, ["End of INFO list"], to: client)
    }
}
