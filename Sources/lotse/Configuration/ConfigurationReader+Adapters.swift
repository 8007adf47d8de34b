import DialogFiles

extension ConfigurationReader {
    mutating func listener(_ field: Field) -> Configuration.Listener {
        let fields = file.fields(
            of: field,
            [
                "address", "port", "server_name", "motd", "admin", "accounts_file", "operators", "password_file", "tls",
                "allow_plaintext", "max_connections", "max_connections_per_address", "lines_per_second",
                "history",
            ])
        var listener = Configuration.Listener()
        if let address = word(fields["address"]) { listener.address = address }
        if let port = number(fields["port"], in: 0...65_535) { listener.port = port }
        if let name = word(fields["server_name"]) { listener.serverName = name }
        if !listener.serverName.contains(".") {
            file.error("needs a full stop, like every server's name", at: fields["server_name"])
        }
        if !fields["motd"].isMissing { listener.motd = lines(fields["motd"]) }
        if !fields["admin"].isMissing { listener.admin = lines(fields["admin"]) }
        if !fields["accounts_file"].isMissing {
            listener.accountsFile = file.text(fields["accounts_file"]).map(paths.absolute)
        }
        if !fields["operators"].isMissing { listener.operators = lines(fields["operators"]) }
        listener.passwordFile = optionalSecret(fields["password_file"])
        if !fields["tls"].isMissing { listener.tls = listenerTLS(fields["tls"]) }
        if !fields["allow_plaintext"].isMissing {
            listener.allowPlaintext = file.flag(fields["allow_plaintext"]) ?? false
        }
        if let count = number(fields["max_connections"], in: 1...1_000_000) { listener.maxConnections = count }
        if let count = number(fields["max_connections_per_address"], in: 1...1_000_000) {
            listener.maxConnectionsPerAddress = count
        }
        if let count = number(fields["lines_per_second"], in: 1...1_000_000) { listener.linesPerSecond = count }
        if !fields["history"].isMissing { listener.history = file.flag(fields["history"]) ?? true }
        let speaksPlainText = listener.tls?.port != nil || fields["tls"].isMissing
        if !listener.isLoopback, speaksPlainText, !listener.allowPlaintext {
            let way = fields["tls"].isMissing ? "set tls" : "leave out tls.port, so that nothing but TLS is spoken"
            let what =
                "\(listener.address) is open to other machines: \(way), or allow_plaintext: true if the network is safe"
            file.error(what, at: fields["address"])
        }
        return listener
    }

    private mutating func lines(_ field: Field) -> [String] {
        let items = file.items(of: field)
        return items.compactMap { file.line($0) }
    }

    private mutating func listenerTLS(_ field: Field) -> Configuration.Listener.TLS? {
        let fields = file.fields(of: field, ["certificate", "key", "port", "strict_transport_days"])
        let certificate = existingFile(fields["certificate"])
        let port = number(fields["port"], in: 1...65_535)
        let days = number(fields["strict_transport_days"], in: 0...3650)
        guard let key = secret(fields["key"]), let certificate else { return nil }
        var tls = Configuration.Listener.TLS(certificate: certificate, key: key, port: port)
        if let days { tls.strictTransportDays = days }
        return tls
    }

    // MARK: Networks

    mutating func networks(_ field: Field) -> [Configuration.Network] {
        var networks: [Configuration.Network] = []
        for item in file.items(of: field) {
            let fields = file.fields(
                of: item,
                [
                    "name", "host", "port", "tls", "nick", "user_name", "real_name", "password_file", "sasl",
                    "reactions", "channels",
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
        var network = Configuration.Network(name: name, host: "", port: tls.isEnabled ? 6697 : 6667, tls: tls)
        let host = word(fields["host"], isRequired: true)
        if let port = number(fields["port"], in: 1...65_535) { network.port = port }
        if let nick = nick(fields["nick"]) { network.nick = nick }
        if let name = word(fields["user_name"]) { network.userName = name }
        if !fields["real_name"].isMissing, let name = file.line(fields["real_name"]) { network.realName = name }
        network.passwordFile = optionalSecret(fields["password_file"])
        if !fields["sasl"].isMissing { network.sasl = sasl(fields["sasl"], hasCertificate: tls.certificate != nil) }
        if !fields["reactions"].isMissing { network.reactions = file.flag(fields["reactions"]) ?? false }
        if !fields["channels"].isMissing { network.channels = channels(fields["channels"]) }
        guard let host else { return nil }
        network.host = host
        if !tls.isEnabled, network.passwordFile != nil, !isLoopbackHost(host) {
            file.warn("is sent in plain text to \(host)", at: fields["password_file"])
        }
        // 0.0.0.0 leads to this machine, too.
        if !tls.isEnabled, network.sasl?.showsPassword == true, !isLoopbackHost(host), host != "0.0.0.0" {
            file.error("needs tls: the password would be sent in plain text", at: fields["sasl"])
        }
        return network
    }

    /// `true`, `false`, or a map with what to trust; TLS unless it is switched off.
    private mutating func networkTLS(_ field: Field) -> Configuration.Network.TLS {
        if field.isMissing { return Configuration.Network.TLS() }
        guard field.isMapping else { return Configuration.Network.TLS(isEnabled: file.flag(field) ?? true) }
        let fields = file.fields(of: field, ["enabled", "ca", "pin_sha256", "certificate", "key"])
        var tls = Configuration.Network.TLS()
        if !fields["enabled"].isMissing { tls.isEnabled = file.flag(fields["enabled"]) ?? true }
        if !fields["certificate"].isMissing || !fields["key"].isMissing {
            tls.certificate = existingFile(fields["certificate"])
            tls.key = secret(fields["key"])
        }
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

    /// With a certificate no password is needed.
    private mutating func sasl(_ field: Field, hasCertificate: Bool) -> Configuration.Network.SASL? {
        let fields = file.fields(of: field, ["account", "password_file", "mechanisms", "required"])
        guard let account = word(fields["account"], isRequired: true) else { return nil }
        var sasl = Configuration.Network.SASL(account: account)
        if !hasCertificate || !fields["password_file"].isMissing {
            guard let password = secret(fields["password_file"]) else { return nil }
            sasl.passwordFile = password
        }
        if !fields["mechanisms"].isMissing {
            let items = file.items(of: fields["mechanisms"])
            sasl.mechanisms = items.compactMap { file.choice($0) }
        }
        if !fields["required"].isMissing { sasl.isRequired = file.flag(fields["required"]) ?? true }
        return sasl
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
