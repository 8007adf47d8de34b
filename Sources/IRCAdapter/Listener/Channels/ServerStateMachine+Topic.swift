import FoundationEssentials
import IRCProtocol

/// TOPIC and INVITE.
extension ServerStateMachine {
    mutating func topic(_ message: IRCMessage, from client: ServerClient) {
        let name = message.parameters[0]
        guard let text = message.parameter(1) else { return showTopic(of: name, to: client) }
        guard let channel = joined(name, by: client) else { return }
        guard channel.members[client.id]?.isOperator == true || !channel.flags.contains(.protectedTopic) else {
            return reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        }
        let topic = cut(text, to: ServerLimits.topicLength)
        channels[mapping.fold(name)]?.topic =
            topic.isEmpty ? nil : .init(text: topic, setBy: client.source.rawValue, at: now.date)
        broadcast(IRCMessage("TOPIC", [channel.name, topic]), from: client, to: channel.members.keys)
    }

    private mutating func showTopic(of name: String, to client: ServerClient) {
        guard let channel = channel(named: name), isVisible(channel, to: client) else {
            return reply(.noSuchChannel, [name, "No such channel"], to: client)
        }
        sendTopic(of: channel, to: client)
    }

    mutating func sendTopic(of channel: ServerChannel, to client: ServerClient) {
        guard let topic = channel.topic else {
            return reply(.noTopic, [channel.name, "No topic is set"], to: client)
        }
        reply(.topic, [channel.name, topic.text], to: client)
        let seconds = Int(topic.at.timeIntervalSince1970)
        reply(.topicWhoTime, [channel.name, topic.setBy, "\(seconds)"], to: client)
    }

    // MARK: - INVITE

    mutating func invite(_ message: IRCMessage, from client: ServerClient) {
        guard !message.parameters.isEmpty else { return listInvitations(of: client) }
        guard let nick = message.parameter(0), let name = message.parameter(1), !nick.isEmpty else {
            return reply(.needMoreParams, ["INVITE", "Not enough parameters"], to: client)
        }
        guard let invited = self.client(named: nick) else {
            return reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
        }
        guard let channel = joined(name, by: client) else { return }
        guard channel.members[invited.id] == nil else {
            return reply(.userOnChannel, [invited.displayName, channel.name, "is already on channel"], to: client)
        }
        guard isAdmitted(invited, to: channel) || invited.id == .bot else {
            return reply(
                .inviteOnlyChan, [channel.name, "\(invited.displayName) is not on the list of this channel"],
                to: client)
        }
        guard !channel.flags.contains(.inviteOnly) || channel.members[client.id]?.isOperator == true else {
            return reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        }
        // The bot is where its groups are.
        if invited.id != .bot { channels[mapping.fold(name)]?.invited.insert(invited.id) }
        reply(.inviting, [invited.displayName, channel.name], to: client)
        if let away = invited.away { reply(.away, [invited.displayName, away], to: client) }
        let others = having(.inviteNotify, among: channel.members.keys.filter { $0 != client.id })
        broadcast(
            IRCMessage("INVITE", [invited.displayName, channel.name]), from: client, to: others + [invited.id])
    }

    private mutating func listInvitations(of client: ServerClient) {
        for channel in channels.values.filter({ $0.invited.contains(client.id) }).sorted(by: { $0.name < $1.name }) {
            reply(.inviteList, [channel.name], to: client)
        }
        reply(.endOfInviteList, ["End of INVITE list"], to: client)
    }
}
