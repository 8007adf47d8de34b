import DialogFiles
import WebhookAdapter

extension ConfigurationReader {
    /// An address for HTTP.
    mutating func receiver(_ field: Field, port: Int = 8065) -> Configuration.Receiver {
        let fields = file.fields(
            of: field, ["address", "port", "allow_plaintext", "proxies", "connections_per_address"])
        var receiver = Configuration.Receiver()
        receiver.port = port
        if let address = word(fields["address"]) { receiver.address = address }
        if !fields["port"].isMissing, let port = file.number(fields["port"], in: 0...65_535) { receiver.port = port }
        receiver.allowPlaintext = flag(fields["allow_plaintext"])
        receiver.limits.proxies = networks(fields["proxies"])
        if !fields["connections_per_address"].isMissing,
            let count = file.number(fields["connections_per_address"], in: 1...1000)
        {
            receiver.limits.connectionsPerAddress = count
        }
        if !isLoopbackHost(receiver.address), !receiver.allowPlaintext {
            let what =
                "\(receiver.address) is open to other machines in plain text: put a proxy that encrypts in front of 127.0.0.1, or set allow_plaintext: true if the network is safe"
            file.error(what, at: fields["address"])
        }
        return receiver
    }

    mutating func chats(_ field: Field, in configuration: Configuration) -> [Configuration.Chat] {
        var paths: [String: Int] = [:]
        var chats: [Configuration.Chat] = []
        for item in file.items(of: field) {
            let fields = file.fields(
                of: item,
                [
                    "name", "system", "path", "secret_file", "reply_file", "backend", "moderators_facilitate",
                    "acknowledge", "write_to_people",
                ])
            guard let name = adapterName(fields["name"]),
                let chat = chat(fields, name: name, &paths, in: configuration)
            else { continue }
            chats.append(chat)
        }
        return chats
    }

    private mutating func chat(
        _ fields: Fields, name: String, _ paths: inout [String: Int], in configuration: Configuration
    ) -> Configuration.Chat? {
        let system = file.choice(fields["system"], of: ChatConnection.System.self)
        var path = "/\(name)"
        if let given = word(fields["path"]) {
            if !given.hasPrefix("/") || given.contains("?") {
                file.error("\"\(given)\" is no path; write it like /\(name)", at: fields["path"])
            }
            path = given
        }
        let position = fields["path"].isMissing ? fields["name"] : fields["path"]
        if let line = paths[path] { file.error("\"\(path)\" is the path in line \(line) already", at: position) }
        paths[path] = paths[path] ?? position.position.line
        let secretFile = secret(fields["secret_file"])
        let replyFile = optionalSecret(fields["reply_file"])
        guard let system, let secretFile else { return nil }
        var connection = ChatConnection(name: name, system: system, path: path)
        setBackend(of: &connection, fields["backend"], in: configuration)
        refuse("moderators_facilitate", fields, unless: system == .nextcloudTalk, "nextcloud-talk alone")
        refuse("acknowledge", fields, unless: [.nextcloudTalk, .slack].contains(system), "nextcloud-talk and slack")
        refuse("write_to_people", fields, unless: system == .mattermost, "mattermost alone")
        if !fields["moderators_facilitate"].isMissing {
            connection.moderatorsFacilitate = flag(fields["moderators_facilitate"])
        }
        if !fields["acknowledge"].isMissing {
            connection.acknowledgesByReaction =
                file.choice(fields["acknowledge"], of: Acknowledgement.self) == .reaction
        }
        if looksAround { lookAt(secretFile, replyFile, of: system, fields) }
        connection.writesToPeople = flag(fields["write_to_people"])
        if replyFile != nil, [.nextcloudTalk, .rocketChat, .zulip].contains(system) {
            file.error("has no use with \(system.rawValue)", at: fields["reply_file"])
        }
        return Configuration.Chat(connection: connection, secretFile: secretFile, replyFile: replyFile)
    }

    private enum Acknowledgement: String, CaseIterable {
        case text, reaction
    }

    /// The server of the chat system, which Nextcloud Talk cannot do without.
    private mutating func setBackend(
        of connection: inout ChatConnection, _ field: Field, in configuration: Configuration
    ) {
        let isNeeded = connection.system == .nextcloudTalk
        guard isNeeded || [.mattermost, .slack].contains(connection.system) else {
            if !field.isMissing { file.error("belongs to nextcloud-talk, mattermost and slack", at: field) }
            return
        }
        guard isNeeded || !field.isMissing, let backend = url(field, allowsPlaintext: true, in: configuration) else {
            return
        }
        connection.backend = backend.hasSuffix("/") ? String(backend.dropLast()) : backend
    }

    private mutating func refuse(_ name: String, _ fields: Fields, unless isFine: Bool, _ owner: String) {
        guard !isFine else { return }
        if !fields[name].isMissing { file.error("belongs to \(owner)", at: fields[name]) }
    }
}
