import Facilitation
import IRCProtocol

/// Which command goes where.
extension ServerStateMachine {
    mutating func handle(_ message: IRCMessage, from client: ServerClient) {
        switch message.verb {
        case "CAP": cap(message, from: client)
        case "AUTHENTICATE": authenticate(message, from: client)
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
        if takesPart(in: client.batch, message) { return addToBatch(message, from: client) }
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
        case "BATCH": batch(message, from: client)
        case "CHATHISTORY": chathistory(message, from: client)
        case "AWAY": away(message, from: client)
        case "SETNAME": setname(message, from: client)
        case "WHO": who(message, from: client)
        case "WHOIS": whois(message, from: client)
        case "WHOWAS": whowas(message, from: client)
        case "USERHOST": userhost(message, from: client)
        case "ISON": ison(message, from: client)
        case "MONITOR": monitor(message, from: client)
        case "OPER": oper(message, from: client)
        case "KILL": kill(message, from: client)
        case "HELP", "HELPOP": help(message, to: client)
        case "LUSERS": if isMeant(message.parameter(1), by: client) { lusers(to: client) }
        case "MOTD": if isMeant(message.parameter(0), by: client) { motd(to: client) }
        case "VERSION": if isMeant(message.parameter(0), by: client) { version(to: client) }
        case "TIME": if isMeant(message.parameter(0), by: client) { time(to: client) }
        case "INFO": if isMeant(message.parameter(0), by: client) { info(to: client) }
        case "ADMIN": if isMeant(message.parameter(0), by: client) { admin(to: client) }
        default: unknown(message, from: client)
        }
    }

    private static let neededParameters = [
        "JOIN": 1, "PART": 1, "TOPIC": 1, "KICK": 2, "MODE": 1, "USERHOST": 1, "ISON": 1, "SETNAME": 1, "MONITOR": 1,
        "OPER": 2, "KILL": 1, "BATCH": 1,
    ]

    /// What HELP shows of each command.
    static let usage = [
        "ADMIN": "", "AUTHENTICATE": "mechanism", "AWAY": "[:text]", "BATCH": "+reference type target",
        "CAP": "subcommand",
        "CHATHISTORY": "subcommand target reference [reference] limit", "HELP": "[command]", "INFO": "",
        "INVITE": "nick channel", "ISON": "nick …", "JOIN": "channel,… [key,…]",
        "KICK": "channel nick,… [:reason]", "KILL": "nick [:reason]", "LIST": "[mask,… or >users]", "LUSERS": "",
        "MODE": "channel or nick [modes …]", "MONITOR": "+ nick,…, - nick,…, C, L or S", "MOTD": "",
        "NAMES": "channel,…", "NICK": "nick", "NOTICE": "target,… :text", "OPER": "account password",
        "PART": "channel,… [:reason]", "PASS": "password", "PING": "token", "PONG": "token",
        "PRIVMSG": "target,… :text", "QUIT": "[:reason]", "SETNAME": ":name", "TAGMSG": "target,…", "TIME": "",
        "TOPIC": "channel [:text]", "USER": "name 0 * :real name", "USERHOST": "nick …", "VERSION": "",
        "WHO": "mask [%fields]", "WHOIS": "nick", "WHOWAS": "nick",
    ]
    static let commands = usage.keys.sorted()

    mutating func unknown(_ message: IRCMessage, from client: ServerClient) {
        reply(.unknownCommand, [message.command, "Unknown command"], to: client)
    }

    private mutating func ping(_ message: IRCMessage, from client: ServerClient) {
        guard let token = message.parameter(0), !token.isEmpty else {
            return reply(.needMoreParams, ["PING", "Not enough parameters"], to: client)
        }
        send("PONG", [settings.serverName, token], to: client)
    }

    private mutating func quit(_ message: IRCMessage, from client: ServerClient) {
        drop(client.id, reason: message.parameter(0).map { "Quit: \($0)" } ?? "Client quit")
    }
}
