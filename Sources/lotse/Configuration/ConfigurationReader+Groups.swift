import DialogEngine
import DialogFiles
import WebhookAdapter
import Facilitation

extension ConfigurationReader {
    mutating func groups(_ field: Field, in configuration: Configuration) -> [Configuration.Group] {
        var names: [String: Int] = [:]
        var groups: [Configuration.Group] = []
        for item in file.items(of: field) {
            let fields = file.fields(
                of: item,
                [
                    "name", "guide", "rooms", "language", "order", "facilitators", "members", "mode", "proposals",
                    "workshop",
                ])
            let name = file.line(fields["name"])
            if let name {
                if let line = names[name.folded] {
                    file.error("\"\(name)\" is the name of the group in line \(line) already", at: fields["name"])
                }
                names[name.folded] = names[name.folded] ?? fields["name"].position.line
            }
            if let group = group(fields, name: name ?? "", in: configuration), name != nil { groups.append(group) }
        }
        return groups
    }

    private mutating func group(
        _ fields: Fields, name: String, in configuration: Configuration
    ) -> Configuration.Group? {
        let adapters = adapters(of: configuration)
        let guide = file.text(fields["guide"])
        let rooms = rooms(
            fields["rooms"], of: name, adapters: adapters, chats: Set(configuration.chats.map(\.name)))
        let language = language(fields["language"], wording: wording(of: configuration))
        let order = fields["order"].isMissing ? nil : file.text(fields["order"])
        let facilitators = accounts(fields["facilitators"], adapters: adapters)
        let members = members(fields["members"], rooms: rooms, adapters: adapters)
        let mode = fields["mode"].isMissing ? .talk : mode(fields["mode"])
        let proposals = proposals(fields["proposals"])
        let workshop = fields["workshop"].isMissing ? nil : file.line(fields["workshop"])
        if let guide, let folder = dialogs(of: configuration) {
            check(guide, in: folder, fields, language: language ?? configuration.language, order: order)
        }
        let isModerated = rooms.contains { room in
            configuration.chats.contains { $0.name == room.adapter && $0.connection.hasModerators }
        }
        if facilitators.isEmpty, !configuration.anyoneMayStart, !isModerated, !fields["name"].isMissing {
            file.warn(
                "nobody may start a session without a one-time code: name facilitators, or set facilitators.anyone_may_start",
                at: fields["name"])
        }
        guard let guide else { return nil }
        return Configuration.Group(
            name: name, guide: guide, rooms: rooms, language: language, order: order, facilitators: facilitators,
            members: members, mode: mode, proposals: proposals, workshop: workshop)
    }

    private func adapters(of configuration: Configuration) -> [String] {
        (configuration.listener == nil ? [] : [Configuration.Listener.adapter]) + configuration.networks.map(\.name)
            + configuration.chats.map(\.name)
    }

    private mutating func mode(_ field: Field) -> Mode {
        guard let text = file.text(field) else { return .talk }
        if let mode = Mode(rawValue: text) { return mode }
        let modes = [Mode.talk, .collect].map(\.rawValue)
        file.error("unknown value \"\(text)\"\(suggestion(for: text, in: modes))", at: field)
        return .talk
    }

    // MARK: Rooms and people

    private mutating func rooms(
        _ field: Field, of group: String, adapters: [String], chats: Set<String>
    ) -> [Room] {
        let items = file.items(of: field)
        return items.compactMap { item in
            guard let (adapter, name) = address(item, adapters: adapters, example: "local/#stadtbaeume") else {
                return nil
            }
            if !chats.contains(adapter), let flaw = channelFlaw(name) { file.error(flaw, at: item) }
            let room = Room(adapter: adapter, name: name)
            let key = room.description.lowercased()
            if let owner = self.rooms[key] {
                file.error("\(room) is a room of \"\(owner.group)\" already (line \(owner.line))", at: item)
            }
            self.rooms[key] = self.rooms[key] ?? (group, item.position.line)
            return room
        }
    }

    private mutating func accounts(_ field: Field, adapters: [String]) -> Set<String> {
        guard !field.isMissing else { return [] }
        let items = file.items(of: field)
        return Set(
            items.compactMap { item in
                guard let (adapter, account) = address(item, adapters: adapters, example: "libera/anna") else {
                    return nil
                }
                if account.contains(where: \.isWhitespace) { file.error("\"\(account)\" has a space in it", at: item) }
                return "\(adapter)/\(account)"
            })
    }

    /// Whom the group's rooms of the listener are open to; nil for everybody.
    private mutating func members(_ field: Field, rooms: [Room], adapters: [String]) -> Set<String>? {
        guard !field.isMissing else { return nil }
        let listener = Configuration.Listener.adapter
        let accounts = accounts(field, adapters: adapters)
        for item in file.items(of: field) {
            guard let text = file.text(item), adapters.contains(where: { text.hasPrefix("\($0)/") }) else { continue }
            if !text.hasPrefix("\(listener)/") {
                file.error("\"\(text)\" is no account of the listener; write it like \(listener)/anna", at: item)
            }
        }
        if !rooms.contains(where: { $0.adapter == listener }) {
            file.error("closes rooms of the listener (\(listener)/#…), and the group has none", at: field)
        } else if let other = rooms.first(where: { $0.adapter != listener }) {
            file.warn("closes rooms of the listener only; who can enter \(other) reads along there", at: field)
        }
        return accounts
    }

    /// What stands before and behind the first stroke; the adapter has to be there.
    private mutating func address(_ field: Field, adapters: [String], example: String) -> (String, String)? {
        guard let text = file.text(field) else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            file.error("\"\(text)\" names no adapter; write it like \(example)", at: field)
            return nil
        }
        if !adapters.contains(parts[0]) {
            let reason =
                parts[0] == Configuration.Listener.adapter
                ? "there is no listener" : "there is no network \"\(parts[0])\""
            file.error(reason + suggestion(for: parts[0], in: adapters), at: field)
        }
        return (parts[0], parts[1])
    }

    // MARK: The guide

    /// The guide has to be there and good, and to know the language and the order.
    private mutating func check(
        _ guide: String, in folder: String, _ fields: Fields, language: Language, order: String?
    ) {
        let path = "\(folder)/\(guide).yaml"
        let known = names(in: folder)
        guard known.contains(guide) else {
            let field = fields["guide"]
            return reportGuide("there is no guide \(path)\(suggestion(for: guide, in: known))", at: field)
        }
        guard let dialog = guides[guide] ?? DialogFile.check(path).value else {
            return reportGuide("the guide is not good; run: lotse check \(path)", at: fields["guide"])
        }
        guides[guide] = dialog
        if !dialog.languages.contains(language) {
            let field = fields["language"].isMissing ? fields["guide"] : fields["language"]
            let names = dialog.languages.map(\.rawValue).joined(separator: ", ")
            file.error("the guide is not written in \(language.rawValue), only in \(names)", at: field)
        }
        if let order, !dialog.orders.contains(where: { $0.id == order }) {
            let choice = suggestion(for: order, in: dialog.orders.map(\.id))
            file.error("the guide has no order \"\(order)\"\(choice)", at: fields["order"])
        }
    }

    /// A guide that cannot be used keeps new sessions from beginning, but not running ones from going on.
    private mutating func reportGuide(_ what: String, at field: Field) {
        if isStarting {
            file.warn(what + "; running sessions go on, no new one can begin", at: field)
        } else {
            file.error(what, at: field)
        }
    }
}
