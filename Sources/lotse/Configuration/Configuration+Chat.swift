import WebhookAdapter

extension Configuration {
    /// A chat system that speaks HTTP.
    struct Chat: Hashable, Sendable {
        var connection: ChatConnection
        /// What it proves itself by, one in a line.
        var secretFile: SecretFile
        /// The secret with which lines are sent that answer nothing: a URL, or a bot's token.
        var replyFile: SecretFile?

        /// The adapter's name in rooms and accounts.
        var name: String { connection.name }
    }

    /// An address at which HTTP is spoken: to chat systems, or to a monitoring system.
    struct Receiver: Hashable, Sendable {
        var address = "127.0.0.1"
        var port = 8065
        /// Whether it may speak plain text to other machines: a proxy in front of it encrypts.
        var allowPlaintext = false
        /// Who may be connected at once.
        var limits = HTTPListener.Limits()
    }
}
