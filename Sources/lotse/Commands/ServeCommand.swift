import ArgumentParser
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import IRCAdapter
import Logging
import Wording

/// `lotse serve`: facilitates as a configuration file says, until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Facilitate as a configuration file says, for a town or a whole country.",
        discussion: """
            SIGTERM and SIGINT end in order: each group finishes the line that it is at, and whoever wrote one that was not \
            begun is told that it is not stored. SIGHUP reads the configuration, the wording and the guides again, as \
            `lotse reload` does, which also says what came of it.

            Before anything is opened, everything that `lotse check` looks at is looked at; nothing listens before all of \
            it is good.

            \(ExitReason.explanation) Starting again does not help after 64, 65, 66, 73, 77 and 78.
            """)

    @Option(name: .long, help: "The configuration file; Config/lotse.yaml is a sample with everything explained.")
    var config: String

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let signals = await SignalService.trap()
        let place: Place
        do {
            place = try Place(
                state: store.state, configuration: config, environment: ProcessInfo.processInfo.environment)
        } catch let problems as FileProblems {
            tell(problems.problems)
            throw ExitCode(ExitReason.configuration.rawValue)
        }
        let checked = place.checked(config, isStarting: true, looksAround: true)
        tell(checked.problems)
        // EX_CONFIG: starting again would not help.
        guard let settings = checked.value else { throw ExitCode(ExitReason.configuration.rawValue) }
        let dialogs = try settings.dialogs ?? Places.dialogs()
        var logger = Logger(label: "lotse")
        logger.logLevel = settings.logLevel
        let wording = settings.wording ?? "\(dialogs)/wording"
        let interpreter = try Wiring.interpreter(
            folder: wording, settings.timeZone, operatorName: settings.operatorName)
        var wiring = Wiring(
            signals: signals, state: settings.state, exportFolder: settings.exports, settings: settings,
            wordingFolder: wording, interpreter: interpreter,
            groups: settings.facilitatedGroups, logger: logger)
        wiring.guideFiles = Set(settings.groups.map { Places.guide($0.guide, in: dialogs) }).sorted()
        let notices = Notices(
            overloaded: interpreter.text(Line(.overloaded), in: settings.language),
            notUTF8: interpreter.text(Line(.notUTF8), in: settings.language))
        wiring.listener = try settings.listener.map { try listener($0, settings, notices) }
        let stsPolicies = STSPolicies(path: "\(settings.state)/sts.json", logger: logger)
        wiring.networks = try settings.networks.map {
            var network = try network($0, settings, notices)
            network.stsPolicies = stsPolicies
            return network
        }
        wiring.partners = settings.partners.map { settings.value(of: $0) }
        wiring.webhooks = settings.webhooks
        wiring.chats = settings.chats
        wiring.source = (place, config)
        wiring.receiver = settings.receiver
        wiring.monitoring = settings.monitoring
        wiring.addresses = settings.listeningAddresses.map(\.0)
        try await wiring.run()
    }

    /// This becomes the log: a line of the file may have a URL in it that is a secret, so no line is shown.
    private func tell(_ problems: [Problem]) {
        for problem in problems { FileHandle.standardError.write(Data("\(problem.heading)\n".utf8)) }
    }

    /// What adapters say by themselves, in the language of the whole.
    private struct Notices {
        var overloaded: String
        var notUTF8: String
    }

    private func listener(
        _ listener: Configuration.Listener, _ settings: Configuration, _ notices: Notices
    ) throws -> IRCListener.Configuration {
        var result = IRCListener.Configuration(overloadedNotice: notices.overloaded)
        result.name = Configuration.Listener.adapter
        result.host = listener.address
        result.port = listener.port
        result.serverName = listener.serverName
        result.motd = listener.motd
        result.password = try listener.passwordFile?.read().revealed
        result.tls = listener.tls.map { tls in
            var result = IRCListener.Configuration.TLS(
                certificateChainFile: tls.certificate, privateKeyFile: tls.key.path)
            result.port = tls.port
            result.strictTransportDuration = tls.strictTransportDays > 0 ? tls.strictTransportDays * 86_400 : nil
            return result
        }
        result.admin = listener.admin
        result.accountsFile = settings.accountsPath
        result.roomsFile = settings.state + "/rooms.json"
        result.operators = listener.operators
        result.offersHistory = listener.history
        result.linesPerSecond = listener.linesPerSecond
        result.allowPlaintext = listener.allowPlaintext
        result.maximumConnections = listener.maxConnections
        result.maximumConnectionsPerAddress = listener.maxConnectionsPerAddress
        result.channels = settings.channels(of: result.name)
        result.members = settings.members(of: result.name)
        return result
    }

    private func network(
        _ network: Configuration.Network, _ settings: Configuration, _ notices: Notices
    ) throws -> IRCClient.Configuration {
        let rooms = settings.channels(of: network.name)
        var result = IRCClient.Configuration(
            name: network.name, host: network.host, channels: rooms + network.channels.filter { !rooms.contains($0) },
            overloadedNotice: notices.overloaded, notUTF8Notice: notices.notUTF8)
        result.port = network.port
        result.tls = tls(network.tls)
        result.nick = network.nick
        result.user = network.userName
        result.realName = network.realName
        result.password = try network.passwordFile?.read().revealed
        result.sasl = try network.sasl.map { sasl in
            .init(
                account: sasl.account, password: try sasl.passwordFile?.read().revealed,
                mechanisms: sasl.mechanisms, isRequired: sasl.isRequired)
        }
        result.reacts = network.reactions
        return result
    }

    private func tls(_ tls: Configuration.Network.TLS) -> IRCClient.Configuration.TLS {
        var result = IRCClient.Configuration.TLS(isEnabled: tls.isEnabled)
        if let ca = tls.ca { result.trust = .authorities(file: ca) }
        if let pin = tls.pinSHA256 { result.trust = .pinned(sha256: pin) }
        if let certificate = tls.certificate, let key = tls.key {
            result.certificate = .init(chainFile: certificate, keyFile: key.path)
        }
        return result
    }
}
