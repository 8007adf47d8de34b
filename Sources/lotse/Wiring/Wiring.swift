import ArgumentParser
import ConsoleAdapter
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import IRCAdapter
import Listening
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
    /// The folder of everything that outlasts a restart.
    var state: String
    var exportFolder: String
    /// The configuration, where one was read.
    var settings: Configuration?
    /// Where it is read again.
    var source: (place: Place, file: String)?
    /// The folder of the wording, read again at SIGHUP.
    var wordingFolder: String
    /// What was read in it at the start.
    var interpreter: Interpreter
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

    func run() async throws {
        // A file-size limit or a peer that went away is an error to handle, not a reason to be killed.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        FileDescriptorLimit.raise()
        let reserve = DescriptorReserve(logger: logger)
        let store = try SQLiteStore(at: Place.store(in: state), logger: logger)
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
                configuration: $0, inbox: inbox, history: history, processMark: Self.processMark(), reserve: reserve,
                logger: logger)
        }
        let http = CurlMulti(webhooks)
        defer { http.close() }
        let desks = ChatDesks(inbox, http, logger: logger)
        let plan = try desks.plan(chats, groups: groups, interpreter)
        desks.use(plan)
        // Nothing listens before everything is known to be good.
        if let local { _ = try await local.start() }
        var adapters: [any ChatAdapter] = []
        if let console { adapters.append(console) }
        if let local { adapters.append(local) }
        let lastRun = LastRun(path: "\(Place.store(in: state)).lastrun")
        let clients = try await networks(missedSince: lastRun.end, by: store).map { network in
            IRCClient(configuration: network, inbox: inbox, processMark: Self.processMark(), logger: logger)
        }
        adapters += clients.map { $0 as any ChatAdapter }
        adapters += plan.new.map { $0 as any ChatAdapter }
        // Partners may come later where there is a configuration.
        let deliverer = settings == nil ? nil : deliverer(store, inbox)
        let notices = deliverer.map { PartnerNotices(partners: partners, stored: $0.wake) }
        let codes = CodeBook()
        let facilitator = Facilitator(
            rooms, inbox: inbox, store: store, adapters: adapters,
            outcomes: OutcomeFiles(folder: exportFolder, isOwnFolder: exportFolder == Place.exports(in: state)),
            partners: notices,
            codes: codes,
            interpreter: interpreter, logger: logger)
        let installation = Installation(
            facilitator: facilitator, listener: local, clients: clients, chats: desks,
            reception: Reception(receiver, reserve: reserve, logger: logger), later: LaterAdapters(), notices: notices,
            deliverer: deliverer)
        let reloading = reloading(installation)
        let control = ControlServer(
            folder: state, steward: steward(store, facilitator, codes, reloading), logger: logger)
        if let opening { console?.type(opening) }
        do {
            try await installation.reception.use(plan.adapters)
            let monitor = monitor(store, inbox, facilitator, deliverer, reserve)
            try await monitor?.start()
            try await control.start()
            if settings != nil { announceReadiness() }
            try await run(installation, inbox, adapters, lastRun, control, reloading, store)
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
        _ installation: Installation, _ inbox: BoundedInbox, _ adapters: [any ChatAdapter], _ lastRun: LastRun,
        _ control: ControlServer, _ reloading: Reloading, _ store: SQLiteStore
    ) async throws {
        var services = adapters.map { adapter in
            ServiceGroupConfiguration.ServiceConfiguration(
                service: AdapterService(adapter: adapter), successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup)
        }
        services.append(.init(service: installation.later))
        services.append(
            .init(
                service: FacilitatorService(facilitator: installation.facilitator, inbox: inbox),
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup))
        if let deliverer = installation.deliverer {
            services.append(.init(service: DelivererService(deliverer: deliverer)))
        }
        services.append(
            .init(
                service: TimeService(inbox: inbox, lastRun: lastRun) { try check(store, inbox) },
                failureTerminationBehavior: .gracefullyShutdownGroup))
        services.append(.init(service: installation.reception))
        services.append(.init(service: control))
        services.append(
            .init(
                service: SignalService(signals: signals, inbox: inbox, reloading: reloading, logger: logger),
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

    /// Delivers to the partners; facilitators hear of a partner that is told nothing more.
    private func deliverer(_ store: SQLiteStore, _ inbox: BoundedInbox) -> Deliverer {
        Deliverer(partners: partners, store: store, http: CurlMulti(webhooks), logger: logger) { partner in
            let line = Line(.partnerOff, [.name: .text(partner.name)])
            for group in partner.view.groups.sorted() { inbox.deliver(.told(line, group: group)) }
        }
    }

    private func reloading(_ installation: Installation) -> Reloading {
        let present = Steward.Means(interpreter: { interpreter }, settings: settings, groups: groups.map(\.name))
        return Reloading(
            installation, present: present, source: source, wording: wordingFolder, guides: guideFiles, logger: logger)
    }

    /// Does what commands ask.
    private func steward(
        _ store: SQLiteStore, _ facilitator: Facilitator, _ codes: CodeBook, _ reloading: Reloading
    ) -> Steward {
        var steward = Steward(state: state, store: store, desk: facilitator, means: { reloading.means })
        steward.codes = codes
        steward.reload = { await reloading.reload() }
        return steward
    }

    /// One line on standard error for whoever started Lotse, whatever the level of the log.
    private func announceReadiness() {
        let count = groups.count == 1 ? "1 group" : "\(groups.count) groups"
        let rest = partners.isEmpty ? "" : partners.count == 1 ? ", 1 partner" : ", \(partners.count) partners"
        let line = "Lotse \(Lotse.configuration.version) is ready: \(count)\(rest); its state is in \(state)"
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    /// Understands and speaks by the wording in `folder`.
    static func interpreter(
        folder: String, _ timeZone: TimeZone, operatorName: String? = nil
    ) throws(FileProblems) -> Interpreter {
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
