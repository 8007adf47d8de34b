import DialogFiles
import WebhookAdapter

extension ConfigurationReader {
    mutating func receiver(_ field: Field) -> Configuration.Receiver {
        let fields = file.fields(of: field, ["address", "port", "allow_plaintext"])
        var receiver = Configuration.Receiver()
        if let address = word(fields["address"]) { receiver.address = address }
        if !fields["port"].isMissing, let port = file.number(fields["port"], in: 0...65_535) { receiver.port = port }
        receiver.allowPlaintext = flag(fields["allow_plaintext"])
        if !isLoopbackHost(receiver.address), !receiver.allowPlaintext {
            let what =
                "\(receiver.address) is open to other machines in plain text: put a proxy that encrypts in front of 127.0.0.1, or set allow_plaintext: true if the network is safe"
            file.error(what, at: fields["address"])
        }
        return receiver
    }

    mutating func chats(_ field: Field) -> [Configuration.Chat] {
        var paths: [String: Int] = [:]
        var chats: [Configuration.Chat] = []
        for item in file.items(of: field) {
            let fields = file.fields(
                of: item,
                ["name", "system", "path", "secret_file", "reply_file", "backend", "moderators_facilitate"])
            guard let name = adapterName(fields["name"]), let chat = chat(fields, name: name, &paths) else {
                continue
            }
            chats.append(chat)
        }
        return chats
    }

    private mutating func chat(
        _ fields: Fields, name: String, _ paths: inout [String: Int]
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
        if system == .nextcloudTalk {
            if let backend = word(fields["backend"], isRequired: true) {
                if let flaw = WebhookURL.flaw(of: backend, allowsPlaintext: true) {
                    file.error("\(flaw)", at: fields["backend"])
                }
                connection.backend = backend
            }
            if !fields["moderators_facilitate"].isMissing {
                connection.moderatorsFacilitate = flag(fields["moderators_facilitate"])
            }
        } else {
            for name in ["backend", "moderators_facilitate"] where !fields[name].isMissing {
                file.error("belongs to nextcloud-talk alone", at: fields[name])
            }
        }
        if replyFile != nil, [.nextcloudTalk, .rocketChat, .zulip].contains(system) {
            file.error("has no use with \(system.rawValue)", at: fields["reply_file"])
        }
        return Configuration.Chat(connection: connection, secretFile: secretFile, replyFile: replyFile)
    }
}
