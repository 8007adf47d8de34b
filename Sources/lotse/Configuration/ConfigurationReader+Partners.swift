import DialogEngine
import DialogFiles
import WebhookAdapter

extension ConfigurationReader {
    mutating func webhooks(_ field: Field) -> Configuration.Webhooks {
        let fields = file.fields(of: field, ["allow_networks", "ca"])
        var webhooks = Configuration.Webhooks()
        webhooks.allowedNetworks = networks(fields["allow_networks"])
        if !fields["ca"].isMissing { webhooks.authorities = existingFile(fields["ca"]) }
        return webhooks
    }

    /// Networks and addresses; none where the key is left out.
    mutating func networks(_ field: Field) -> [IPNetwork] {
        guard !field.isMissing else { return [] }
        return file.items(of: field).compactMap { item in
            guard let text = file.text(item) else { return nil }
            if let network = IPNetwork(text) { return network }
            file.error("\"\(text)\" is no network; write it like 10.20.0.0/16 or fd00::/8", at: item)
            return nil
        }
    }

    mutating func partners(_ field: Field, in configuration: Configuration) -> [Configuration.Partner] {
        var names: [String: Int] = [:]
        var partners: [Configuration.Partner] = []
        for item in file.items(of: field) {
            let fields = file.fields(
                of: item,
                [
                    "name", "url", "allow_plaintext", "key_file", "groups", "events", "names", "organisation",
                    "language",
                ])
            let name = word(fields["name"], isRequired: true)
            if let name {
                if let line = names[name] {
                    file.error("\"\(name)\" is the name of the partner in line \(line) already", at: fields["name"])
                }
                names[name] = names[name] ?? fields["name"].position.line
            }
            if let partner = partner(fields, name: name ?? "", in: configuration), name != nil {
                partners.append(partner)
            }
        }
        return partners
    }

    private mutating func partner(
        _ fields: Fields, name: String, in configuration: Configuration
    ) -> Configuration.Partner? {
        let allowsPlaintext = flag(fields["allow_plaintext"])
        let url = url(fields["url"], allowsPlaintext: allowsPlaintext, in: configuration)
        let keyFile = keyFile(fields["key_file"], of: name, state: configuration.state)
        var view = Partner.View(groups: groupNames(fields["groups"], in: configuration))
        if !fields["events"].isMissing { view.types = events(fields["events"]) }
        view.withNames = flag(fields["names"])
        if !fields["organisation"].isMissing { view.organisation = file.line(fields["organisation"]) }
        view.language = language(fields["language"], wording: configuration.wording)
        guard let url, let keyFile else { return nil }
        return Configuration.Partner(
            name: name, url: url, allowsPlaintext: allowsPlaintext, keyFile: keyFile, view: view)
    }

    mutating func flag(_ field: Field) -> Bool {
        field.isMissing ? false : file.flag(field) ?? false
    }

    /// A URL that something is sent to.
    mutating func url(_ field: Field, allowsPlaintext: Bool, in configuration: Configuration) -> String? {
        guard let url = word(field, isRequired: true) else { return nil }
        if let flaw = WebhookURL.flaw(of: url, allowsPlaintext: allowsPlaintext) {
            file.error("\(flaw)", at: field)
        } else if let host = WebhookURL.refusedHost(of: url, allowing: configuration.webhooks.allowedNetworks) {
            let what =
                "\(host) is not on the Internet; nothing is sent there unless webhooks.allow_networks names its network"
            file.warn(what, at: field)
        }
        return url
    }

    private mutating func keyFile(_ field: Field, of partner: String, state: String) -> SecretFile? {
        // A partner's key may be made later.
        guard let secret = secret(field, isNeeded: false) else { return nil }
        do {
            _ = try PartnerKeys(of: partner, keyFile: secret, state: state).keys()
        } catch .file(.unreadable(let path, .missing)) where !partner.isEmpty {
            let remedy = "lotse partners rotate \(partner) --config \(file.source.file)"
            file.warn("there is no file \(path) yet, so \(partner) is told nothing; run: \(remedy)", at: field)
        } catch .key(let path, let line, let flaw) {
            file.error("the key in line \(line) of \(path) \(flaw)", at: field)
        } catch {
        }
        return secret
    }

    private mutating func groupNames(_ field: Field, in configuration: Configuration) -> Set<String> {
        let known = configuration.groups.map(\.name)
        guard !field.isMissing else { return Set(known) }
        let items = file.items(of: field)
        return Set(
            items.compactMap { item in
                guard let name = file.line(item) else { return nil }
                if !known.contains(name) {
                    file.error("there is no group \"\(name)\"\(suggestion(for: name, in: known))", at: item)
                }
                return name
            })
    }

    private mutating func events(_ field: Field) -> Set<PartnerEvent.Kind> {
        let items = file.items(of: field)
        return Set(items.compactMap { file.choice($0, of: PartnerEvent.Kind.self) })
    }
}
