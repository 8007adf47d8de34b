import DialogFiles

extension ConfigurationReader {
    mutating func listener(_ field: Field) -> Configuration.Listener {
        let fields = file.fields(
            of: field,
            [
                "address", "port", "server_name", "motd", "password_file", "tls", "allow_plaintext", "max_connections",
                "max_connections_per_address",
            ])
        var listener = Configuration.Listener()
        if let address = word(fields["address"]) { listener.address = address }
        if let port = number(fields["port"], in: 0...65_535) { listener.port = port }
        if let name = word(fields["server_name"]) { listener.serverName = name }
        if !listener.serverName.contains(".") {
            file.error("needs a full stop, like every server's name", at: fields["server_name"])
        }
        if !fields["motd"].isMissing { listener.motd = motd(fields["motd"]) }
        listener.passwordFile = optionalSecret(fields["password_file"])
        if !fields["tls"].isMissing { listener.tls = listenerTLS(fields["tls"]) }
        if !fields["allow_plaintext"].isMissing {
            listener.allowPlaintext = file.flag(fields["allow_plaintext"]) ?? false
        }
        if let count = number(fields["max_connections"], in: 1...1_000_000) { listener.maxConnections = count }
        if let count = number(fields["max_connections_per_address"], in: 1...1_000_000) {
            listener.maxConnectionsPerAddress = count
        }
        if !listener.isLoopback, fields["tls"].isMissing, !listener.allowPlaintext {
            let what =
                "\(listener.address) is open to other machines: set tls, or allow_plaintext: true if the network is safe"
            file.error(what, at: fields["address"])
        }
        return listener
    }

    private mutating func motd(_ field: Field) -> [String] {
        let items = file.items(of: field)
        return items.compactMap { file.line($0) }
    }

    private mutating func listenerTLS(_ field: Field) -> Configuration.Listener.TLS? {
        let fields = file.fields(of: field, ["certificate", "key"])
        let certificate = existingFile(fields["certificate"])
        guard let key = secret(fields["key"]), let certificate else { return nil }
        return Configuration.Listener.TLS(certificate: certificate, key: key)
    }

    // MARK: Networks

    mutating func networks(_ field: Field) -> [Configuration.Network] {
        var networks: [Configuration.Network] = []
        for item in file.items(of: field) {
            let fields = file.fields(
                of: item,
                [
                    "name", "host", "port", "tls", "nick", "user_name", "real_name", "password_file", "sasl",
                    "channels",
                ])
            guard let name = adapterName(fields["name"]), let network = network(fields, name: name) else {
                continue
            }
            networks.append(network)
        }
        return networks
    }

    /// A name that no other adapter has.
    mutating func adapterName(_ field: Field) -> String? {
        guard let name = file.text(field) else { return nil }
        if !name.allSatisfy({ $0.isLowerCaseLetter || $0.isDigit || $0 == "-" }) {
            file.error("\"\(name)\" is no name; use lower-case letters a to z, digits and -", at: field)
        }
        if let line = adapterNames[name] {
            let owner = line == 0 ? "the listener" : "the adapter in line \(line)"
            file.error("\"\(name)\" is the name of \(owner) already", at: field)
        }
        adapterNames[name] = adapterNames[name] ?? field.position.line
        return name
    }

    private mutating func network(_ fields: Fields, name: String) -> Configuration.Network? {
        let tls = networkTLS(fields["tls"])
        var network = Configuration.Network(name: name, host: "", port: tls == nil ? 6667 : 6697, tls: tls)
        let host = word(fields["host"], isRequired: true)
        if let port = number(fields["port"], in: 1...65_535) { network.port = port }
        if let nick = nick(fields["nick"]) { network.nick = nick }
        if let name = word(fields["user_name"]) { network.userName = name }
        if !fields["real_name"].isMissing, let name = file.line(fields["real_name"]) { network.realName = name }
        network.passwordFile = optionalSecret(fields["password_file"])
        if !fields["sasl"].isMissing { network.sasl = sasl(fields["sasl"], isEncrypted: tls != nil) }
        if !fields["channels"].isMissing { network.channels = channels(fields["channels"]) }
        guard let host else { return nil }
        network.host = host
        if tls == nil, network.passwordFile != nil, !isLoopbackHost(host) {
            file.warn("is sent in plain text to \(host)", at: fields["password_file"])
        }
        return network
    }

    /// `true`, `false`, or a map with what to trust; TLS unless it is switched off.
    private mutating func networkTLS(_ field: Field) -> Configuration.Network.TLS? {
        if field.isMissing { return Configuration.Network.TLS() }
        guard field.isMapping else { return file.flag(field) == false ? nil : Configuration.Network.TLS() }
        let fields = file.fields(of: field, ["ca", "pin_sha256"])
        var tls = Configuration.Network.TLS()
        if !fields["ca"].isMissing { tls.ca = existingFile(fields["ca"]) }
        if !fields["pin_sha256"].isMissing, let text = file.text(fields["pin_sha256"]) {
            let pin = text.filter { $0 != ":" }.lowercased()
            if pin.count == 64, pin.allSatisfy(\.isHexDigit) {
                tls.pinSHA256 = pin
            } else {
                file.error("is no SHA-256: 64 hexadecimal digits", at: fields["pin_sha256"])
            }
        }
        return tls
    }

    private mutating func sasl(_ field: Field, isEncrypted: Bool) -> Configuration.Network.SASL? {
        let fields = file.fields(of: field, ["account", "password_file"])
        if !isEncrypted { file.error("needs tls: the password would be sent in plain text", at: field) }
        let account = word(fields["account"], isRequired: true)
        guard let password = secret(fields["password_file"]), let account else { return nil }
        return Configuration.Network.SASL(account: account, passwordFile: password)
    }

    // MARK: Values

    private mutating func channels(_ field: Field) -> [String] {
        let items = file.items(of: field)
        return items.compactMap { item in
            guard let name = file.text(item) else { return nil }
            if let flaw = channelFlaw(name) { file.error(flaw, at: item) }
            return name
        }
    }

    /// A text without spaces.
    mutating func word(_ field: Field, isRequired: Bool = false) -> String? {
        guard isRequired || !field.isMissing, let text = file.line(field) else { return nil }
        if text.contains(where: \.isWhitespace) { file.error("\"\(text)\" has a space in it", at: field) }
        return text
    }

    private mutating func number(_ field: Field, in range: ClosedRange<Int>) -> Int? {
        field.isMissing ? nil : file.number(field, in: range)
    }

    mutating func existingFile(_ field: Field) -> String? {
        guard let text = file.text(field) else { return nil }
        let path = paths.absolute(text)
        if (try? SourceFile(path: path, limit: SourceText.limit)) == nil {
            file.error("there is no file \(path) that can be read", at: field)
        }
        return path
    }

    /// A nick of RFC 2812, section 2.3.1.
    private mutating func nick(_ field: Field) -> String? {
        guard let nick = word(field) else { return nil }
        let special = "[]\\`_^{|}"
        let isWellFormed = nick.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isDigit || $0 == "-" || special.contains($0))
        }
        let first = nick.first.map { $0.isLetter || special.contains($0) } ?? false
        if !isWellFormed || !first { file.error("\"\(nick)\" is no nick on IRC", at: field) }
        return nick
    }
}

/// What is wrong with the name of a channel (RFC 2812, section 1.3), or nil.
func channelFlaw(_ name: String) -> String? {
    let isChannel = name.hasPrefix("#") && name.count > 1 && !name.contains { $0 == " " || $0 == "," || $0 == "\u{7}" }
    if isChannel { return name.utf8.count > 50 ? "\"\(name)\" is longer than 50 bytes" : nil }
    return "\"\(name)\" is no channel; channels begin with # and have no space or comma"
}
