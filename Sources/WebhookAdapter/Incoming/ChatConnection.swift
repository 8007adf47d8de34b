package import Facilitation
package import Logging

/// A chat system as the operator configures it.
package struct ChatConnection: Hashable, Sendable {
    /// The chat systems there are.
    package enum System: String, Hashable, Sendable, CaseIterable {
        case nextcloudTalk = "nextcloud-talk"
        case mattermost
        case slack
        case rocketChat = "rocket-chat"
        case zulip
        case signedJSON = "signed-json"
    }

    /// The adapter's name in rooms and accounts.
    package var name: String
    package var system: System
    /// Where its requests arrive.
    package var path: String
    /// Nextcloud Talk: the Nextcloud that may send. Mattermost: the server, to which late answers may go. Slack: another
    /// server than Slack's own.
    package var backend: String?
    /// Nextcloud Talk: whether moderators of a conversation facilitate it.
    package var moderatorsFacilitate = true
    /// Nextcloud Talk and Slack: whether a contribution is acknowledged by a mark at it, not by a line.
    package var acknowledgesByReaction = false
    /// Mattermost: whether the incoming webhook may write to one person.
    package var writesToPeople = false

    /// Whether the system says who may facilitate.
    package var hasModerators: Bool { system == .signedJSON || system == .nextcloudTalk && moderatorsFacilitate }

    package init(name: String, system: System, path: String) {
        self.name = name
        self.system = system
        self.path = path
    }

    /// The adapter.
    ///
    /// - Parameters:
    ///   - secrets: what the system proves itself by: the bot's secret, tokens, or keys.
    ///   - reply: where or by what lines go that answer nothing: a URL, or a bot's token; nil where there is none.
    ///   - pause: waits before a line is sent once more; throws when that is left for the next start.
    package func adapter(
        rooms: [String], secrets: [String], reply: String?, inbox: any Inbox, http: CurlMulti,
        notices: WebhookChat.Notices, logger: Logger, pause: @escaping @Sendable (Duration) async throws -> Void
    ) throws -> WebhookChat {
        WebhookChat(
            name: name, system: try chatSystem(secrets, reply), rooms: rooms, inbox: inbox, http: http,
            notices: notices, logger: logger, pause: pause)
    }

    /// What lets `chat` go on with other secrets and rooms, in place of the adapter that would be made anew. Throws where a
    /// secret cannot be used.
    package func change(
        of chat: WebhookChat, rooms: [String], secrets: [String], reply: String?
    ) throws -> @Sendable () -> Void {
        let system = try chatSystem(secrets, reply)
        return { chat.use(system, rooms: rooms) }
    }

    private func chatSystem(_ secrets: [String], _ reply: String?) throws -> any ChatSystem {
        switch system {
        case .nextcloudTalk:
            NextcloudTalk(
                secret: secrets.first ?? "", backend: backend ?? "", moderatorsFacilitate: moderatorsFacilitate,
                acknowledgesByReaction: acknowledgesByReaction)
        case .mattermost:
            Mattermost(tokens: secrets, incomingWebhook: reply, server: backend, writesToPeople: writesToPeople)
        case .slack:
            Slack(
                signingSecret: secrets.first ?? "", botToken: reply, server: backend ?? Slack.server,
                acknowledgesByReaction: acknowledgesByReaction)
        case .rocketChat: RocketChat(tokens: secrets)
        case .zulip: Zulip(tokens: secrets)
        case .signedJSON: SignedJSON(keys: try secrets.map { try WebhookKey($0) }, replyURL: reply)
        }
    }
}
