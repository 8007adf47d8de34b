import ConsoleAdapter
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import IRCAdapter
import Logging
import SQLiteStore
import ServiceLifecycle
import UnixSignals
import WebhookAdapter
import Wording

/// The only place that knows everything: puts guides, wording, store and adapters together and runs them.
struct Wiring {
    /// What the process is told, from its very beginning on.
    var signals: UnixSignalsSequence
    var storePath: String
    var exportFolder: String
    var codeFolder: String
    /// The folder of the wording, read again at SIGHUP.
    var wordingFolder: String
    /// What was read in it at the start.
    var interpreter: Interpreter
    /// Who runs Lotse, as the configuration names them.
    var operatorName: String?
    var groups: [Group]
    /// The files of their guides, read again at SIGHUP.
    var guideFiles: [String] = []
    /// The settings of rooms that no group names, or nil where only named rooms count.
    var otherRooms: (@Sendable (Room) -> Group)?
    var listener: IRCListener.Configuration?
    var networks: [IRCClient.Configuration] = []
    /// Those who are told by webhook, and what holds for all webhooks.
    var partners: [Partner] = []
    var webhooks = Configuration.Webhooks()
    /// Chat systems that speak HTTP, and where they send to.
    var chats: [Configuration.Chat] = []
    var receiver = Configuration.Receiver()
    /// Where a monitoring system asks; nil where none does.
    var monitoring: Configuration.Receiver?
    /// Every address that is listened at, looked at before the first of them is opened.
    var addresses: [ListeningAddress] = []
    /// The name of the person at the terminal, if the terminal is a room.
    var personAtTerminal: String?
    /// What is typed at the terminal first.
    var opening: String?
    var logger: Logger

    /// The folder of the outcomes that lies beside the store and is nobody else's.
    private var ownExportFolder: String {
        StoreOptions.exports(in: URL(fileURLWithPath: storePath).deletingLastPathComponent().path)
    }

    func run() async throws {
        // A file-size limit or a peer that went away is an error to handle, not a reason to be killed.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        let store = try SQLiteStore(at: storePath, logger: logger)
        do {
            for address in addresses where address.port != 0 { try address.checkFree() }
        } catch {
            await store.close()
            throw error
        }
        let inbox = BoundedInbox()
        let console = personAtTerminal.map {
            ConsoleAdapter(
                inbox: inbox, personName: $0, botName: interpreter.botName,
                environment: ProcessInfo.processInfo.environment)
        }
        let rooms = Facilitator.Configuration(groups: groups, otherRooms: otherRooms)
        let history = StoredHistory(of: rooms, in: store, interpreter: interpreter, logger: logger)
        let local = listener.map {
            IRCListener(
                configuration: $0, inbox: inbox, history: history, processMark: Self.processMark(), logger: logger)
        }
        let http = chats.isEmpty ? nil : CurlMulti(webhooks)
        defer { http?.close() }
        let received = try http.map { try chats(inbox, $0, interpreter) } ?? [:]
        // Nothing listens before everything is known to be good.
        if let local { _ = try await local.start() }
        var adapters: [any ChatAdapter] = []
        if let console { adapters.append(console) }
        if let local { adapters.append(local) }
        let lastRun = LastRun(path: "\(storePath).lastrun")
        for network in try await networks(missedSince: lastRun.end, by: store) {
            adapters.append(
                IRCClient(configuration: network, inbox: inbox, processMark: Self.processMark(), logger: logger))
        }
        adapters += received.values.map { $0 as any ChatAdapter }
        let deliverer = partners.isEmpty ? nil : deliverer(store, inbox)
        let facilitator = Facilitator(
            rooms, inbox: inbox, store: store, adapters: adapters,
            outcomes: OutcomeFiles(folder: exportFolder, isOwnFolder: exportFolder == ownExportFolder),
            partners: deliverer.map { PartnerNotices(partners: partners, stored: $0.wake) },
            codes: CodeFiles(folder: codeFolder),
            interpreter: interpreter, logger: logger)
        if let opening { console?.type(opening) }
        do {
            var receiver: WebhookReceiver?
            if !received.isEmpty {
                receiver = WebhookReceiver(
                    host: self.receiver.address, port: self.receiver.port, chats: received, logger: logger)
            }
            try await receiver?.start()
            let monitor = monitor(store, inbox, facilitator, deliverer)
            try await monitor?.start()
            try await run(facilitator, inbox, adapters, deliverer, receiver, lastRun, store)
            await monitor?.stop()
            await store.close()
        } catch {
            await store.close()
            throw error
        }
    }

    /// Services stop in the reverse sequence: first nothing is taken in any more and everything is finished, then the
    /// adapters, which say the last lines, go.
    private func run(
        _ facilitator: Facilitator, _ inbox: BoundedInbox, _ adapters: [any ChatAdapter], _ deliverer: Deliverer?,
        _ receiver: WebhookReceiver?, _ lastRun: LastRun, _ store: SQLiteStore
    ) async throws {
        var services = adapters.map { adapter in
            ServiceGroupConfiguration.ServiceConfiguration(
                service: AdapterService(adapter: adapter), successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup)
        }
        services.append(
            .init(
                service: FacilitatorService(facilitator: facilitator, inbox: inbox),
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup))
        if let deliverer { services.append(.init(service: DelivererService(deliverer: deliverer))) }
        services.append(
            .init(
                service: TimeService(inbox: inbox, lastRun: lastRun) { try check(store, inbox) },
                failureTerminationBehavior: .gracefullyShutdownGroup))
        if let receiver { services.append(.init(service: ReceiverService(receiver: receiver))) }
        services.append(
            .init(
                service: SignalService(
                    signals: signals, facilitator: facilitator, logger: logger,
                    wording: {
                        try Self.interpreter(folder: wordingFolder, interpreter.timeZone, operatorName: operatorName)
                    }, guides: guideFiles),
                successTerminationBehavior: .gracefullyShutdownGroup))
        var configuration = ServiceGroupConfiguration(services: services, logger: Self.quiet(logger))
        // A network that is away would hold the last lines for ever; they are in the outbox.
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Ends everything when what is stored goes where nobody would find it, and tells every group.
    private func check(_ store: SQLiteStore, _ inbox: BoundedInbox) throws {
        do {
            try store.checkPlace()
        } catch {
            logger.critical("nothing can be kept any more", metadata: ["error": "\(error)"])
            for group in groups { inbox.deliver(.told(Line(.storeGone), group: group.name)) }
            throw error
        }
    }

    /// The networks, each with what the bot may have missed there: where a session runs, everything since the last run.
    private func networks(
        missedSince moment: Date?, by store: SQLiteStore
    ) async throws -> [IRCClient.Configuration] {
        guard let moment, !networks.isEmpty else { return networks }
        let running = Set(try await store.sessions().filter { $0.endedAt == nil }.map(\.group))
        let rooms = groups.filter { running.contains($0.name) }.flatMap(\.rooms)
        return networks.map { network in
            var network = network
            network.absence = .init(
                since: moment, channels: Set(rooms.filter { $0.adapter == network.name }.map(\.name)))
            return network
        }
    }

    /// The adapters of the chat systems, by their paths.
    private func chats(
        _ inbox: BoundedInbox, _ http: CurlMulti, _ interpreter: Interpreter
    ) throws -> [String: WebhookChat] {
        var adapters: [String: WebhookChat] = [:]
        for chat in chats {
            let name = chat.connection.name
            let rooms = groups.flatMap(\.rooms).filter { $0.adapter == name }.map(\.name)
            let language = groups.first { $0.rooms.contains { $0.adapter == name } }?.language
            func notice(_ phrase: Phrase) -> String {
                interpreter.text(Line(phrase), in: language ?? interpreter.languages[0])
            }
            adapters[chat.connection.path] = try chat.connection.adapter(
                rooms: rooms, secrets: chat.secretFile.read().revealed.split(separator: "\n").map(String.init),
                reply: chat.replyFile?.read().revealed, inbox: inbox, http: http,
                notices: .init(privateOnly: notice(.privateOnly), privateNowhere: notice(.privateNowhere)),
                logger: logger
            ) { duration in
                // A system that is away when Lotse ends is not waited for.
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
            }
        }
        return adapters
    }

    /// Delivers to the partners; facilitators hear of a partner that is told nothing more.
    private func deliverer(_ store: SQLiteStore, _ inbox: BoundedInbox) -> Deliverer {
        Deliverer(partners: partners, store: store, http: CurlMulti(webhooks), logger: logger) { partner in
            let line = Line(.partnerOff, [.name: .text(partner.name)])
            for group in partner.view.groups.sorted() { inbox.deliver(.told(line, group: group)) }
        }
    }

    /// Understands and speaks by the wording in `folder`.
    static func interpreter(
        folder: String, _ timeZone: TimeZone, operatorName: String? = nil
    ) throws -> Interpreter {
        let phrasebooks = try WordingFiles.read(folder: folder)
        let interpreter = Interpreter(
            phrasebooks: phrasebooks, botName: "lotse", timeZone: timeZone, operatorName: operatorName)
        guard let interpreter else {
            throw FileProblems([Problem(.error, file: folder, what: "has no wording file", isUnreadable: true)])
        }
        return interpreter
    }

    /// Tells connections of this process from those of any other.
    private static func processMark() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// The lifecycle's own messages matter only when something is wrong.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
