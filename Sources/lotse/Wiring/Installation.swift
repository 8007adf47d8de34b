import Facilitation
import Foundation
import IRCAdapter
import WebhookAdapter
import Wording

/// What runs, and can be told how it is configured now.
struct Installation: Sendable {
    let facilitator: Facilitator
    let listener: IRCListener?
    let clients: [IRCClient]
    let chats: ChatDesks
    let reception: Reception
    let later: LaterAdapters
    let notices: PartnerNotices?
    let deliverer: Deliverer?

    /// Goes on by `settings`. Throws where a secret cannot be used or an address not be opened: then nothing has changed.
    func use(_ settings: Configuration, _ interpreter: Interpreter) async throws {
        let groups = settings.facilitatedGroups
        let plan = try chats.plan(settings.chats, groups: groups, interpreter)
        try await reception.use(plan.adapters)
        guard facilitator.use(groups, alsoOver: plan.new, at: Date()) else {
            throw CommandError("too much waits at the moment; try again")
        }
        facilitator.use(interpreter)
        // Only now that the groups know their rooms may somebody be in them.
        chats.use(plan)
        for chat in plan.new { later.add(chat) }
        let local = Configuration.Listener.adapter
        await listener?.open(settings.channels(of: local), members: settings.members(of: local))
        for client in clients { client.open(settings.channels(of: client.name)) }
        let partners = settings.partners.map { settings.value(of: $0) }
        notices?.use(partners)
        deliverer?.use(partners)
    }
}

extension Configuration {
    /// What of the difference to `new` counts from the next start only, as the file calls it.
    func needingRestart(for new: Configuration) -> [String] {
        func changed<Value: Equatable>(_ name: String, _ part: (Configuration) -> Value) -> String? {
            part(self) == part(new) ? nil : name
        }
        return [
            changed("state") { $0.state }, changed("exports") { $0.exports }, changed("listener") { $0.listener },
            changed("networks") { $0.networks }, changed("receiver") { $0.receiver },
            changed("monitoring") { $0.monitoring }, changed("webhooks") { $0.webhooks },
            changed("log.level") { $0.logLevel },
            changed("chats that are gone or of another system") { settings in
                settings.chats.filter { chat in
                    self.chats.contains { $0.name == chat.name }
                }.map { "\($0.name) \($0.connection.system)" }
            },
        ].compactMap(\.self)
    }

    /// What of the difference to `new` counts at once.
    func news(in new: Configuration) -> [String] {
        func list(_ what: String, _ before: [String], _ after: [String]) -> [String] {
            let (come, gone) = (after.filter { !before.contains($0) }, before.filter { !after.contains($0) })
            return [come.isEmpty ? nil : "new \(what): \(come.joined(separator: ", "))"].compactMap(\.self)
                + (gone.isEmpty ? [] : ["\(what) gone: \(gone.joined(separator: ", "))"])
        }
        let changed = new.groups.filter { group in groups.contains { $0.name == group.name && $0 != group } }
        return list("groups", groups.map(\.name), new.groups.map(\.name))
            + (changed.isEmpty ? [] : ["groups changed: \(changed.map(\.name).joined(separator: ", "))"])
            + list("partners", partners.map(\.name), new.partners.map(\.name))
            + list("chats", chats.map(\.name), new.chats.map(\.name))
    }
}
