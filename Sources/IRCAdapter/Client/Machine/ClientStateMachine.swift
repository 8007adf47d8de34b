import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// The bot on one network, as a value: one input in, comparable actions out; no socket, no clock, no randomness.
///
///     phase        entered by                     left by
///     offline      the start, a lost link         connected → negotiating
///     negotiating  CAP LS 302, NICK, USER sent    all of CAP and AUTHENTICATE settled → registering;
///                                                 RPL_WELCOME → online; SASL refused → closing
///     registering  CAP END sent                   RPL_WELCOME → online
///     online       RPL_WELCOME                    a lost link → offline
///     closing      we gave up the link            disconnected → offline
///     stopped      stop                           never
///
/// RPL_WELCOME counts in every phase before `online`: a server that knows no CAP just sends it. An STS policy, ERROR and
/// a silence close the link in every phase.
package struct ClientStateMachine: Sendable {
    enum Phase: Hashable, Sendable {
        case offline
        case negotiating
        case registering
        case online(since: Duration)
        case closing(onlineSince: Duration?)
        case stopped
    }

    let settings: ClientSettings
    var phase = Phase.offline
    var link = ClientLink(isSecure: false, nonce: "")
    var people: People
    var support = ISupport()
    var capabilities = ClientCapabilities()
    /// The login that is under way.
    var login: SASLLogin?
    /// The nick that the network knows the bot by, or that was asked for last.
    var nick: String
    /// How often a nick was refused since the connection began.
    var nickRefusals = 0
    /// Whether MONITOR watches over the nick that the bot would like to have.
    var isWatchingNick = false
    /// Our user name and host as others see them, once known.
    var ownSource: IRCMessage.Source?
    /// By folded name.
    var channels: [String: ClientChannel] = [:]
    var batches = Batches()
    var recentIDs = RecentIDs()
    var correspondence = Correspondence()
    var typing = Typing()
    var longLines = LongLines<String>()
    var queue: SendQueue
    /// Lines that left and that may not have arrived.
    var unconfirmed = UnconfirmedLines()
    /// Whether the last link fell silent, so that nobody knows what of the last lines arrived.
    var fellSilent = false
    var lastLabel = 0
    var backoff = Backoff()
    var outlook = Backoff.Outlook.failed
    var ctcp = CTCPResponder()
    var lastHeard = Duration.zero
    /// When the network let the bot in, by its own clock.
    var welcomedOn: Date?
    /// How many seconds the server's clock is ahead of the bot's, where its lines tell.
    var clockLead: Double?
    var pingedAt = Duration.zero
    /// When the timers that run go off; one that goes off and does not stand here as due was put off or is not needed.
    private var timers: [ClientTimer: Duration] = [:]

    /// What was reported lately.
    private var reports: (since: Duration, count: Int) = (.zero, 0)
    private static let reportWindow = Duration.seconds(60)
    private static let reportLimit = 200

    /// What the input at hand leads to.
    var actions: [ClientAction] = []
    /// When the input at hand came.
    var now = Moment(date: .distantPast, uptime: .zero)

    package init(_ settings: ClientSettings) {
        self.settings = settings
        nick = settings.nick
        people = People(adapterName: settings.adapterName, processMark: settings.processMark)
        queue = SendQueue(pace: settings.pace)
        channels = Dictionary(settings.channels.map { (fold($0), ClientChannel(name: $0)) }) { first, _ in first }
        guard let absence = settings.absence, !absence.channels.isEmpty else { return }
        for name in absence.channels { channels[fold(name)]?.lastSpeech = absence.since }
        correspondence.lost(at: absence.since)
    }

    package mutating func handle(_ input: ClientInput, at moment: Moment) -> [ClientAction] {
        now = moment
        switch input {
        case .connected(let link): connected(link)
        case .frame(let frame): handle(frame)
        case .elapsed(let timer): elapsed(timer)
        case .say(let message, let destination, let ticket): say(message, to: destination, ticket: ticket)
        case .channels(let names): join(names)
        case .overloaded(let nick): notify(nick, settings.overloadedNotice)
        case .disconnected(let jitter): disconnected(jitter: jitter)
        case .stop: stop()
        }
        sendWhatMay()
        defer { actions = [] }
        return actions
    }

    // MARK: - Helpers

    func fold(_ name: String) -> String { support.caseMapping.fold(name) }

    func isMe(_ name: String) -> Bool { fold(name) == fold(nick) }

    /// Whether this is somebody else, and not a server.
    func isPerson(_ source: IRCMessage.Source) -> Bool {
        !source.nick.isEmpty && !source.isServer && !isMe(source.nick)
    }

    var isOnline: Bool { if case .online = phase { true } else { false } }

    /// Sends at once, past the queue. That is charged for it once the bot is online: servers do not count what they
    /// need for the registration as a flood.
    mutating func write(_ command: String, _ parameters: String...) {
        actions.append(.write(IRCMessage(command, parameters)))
        if isOnline { queue.charge(at: now.uptime) }
    }

    /// One that runs already and goes off earlier stays as it is, so that nobody can make the bot count without end.
    mutating func schedule(_ timer: ClientTimer, after duration: Duration) {
        let due = now.uptime + duration
        if let running = timers[timer], running <= due { return }
        timers[timer] = due
        actions.append(.schedule(timer, after: duration))
    }

    mutating func cancel(_ timer: ClientTimer) {
        timers[timer] = nil
    }

    mutating func cancelTimers() {
        timers = [:]
    }

    /// Whether `timer` has really gone off.
    mutating func isDue(_ timer: ClientTimer) -> Bool {
        guard let due = timers[timer], due <= now.uptime else { return false }
        timers[timer] = nil
        return true
    }

    mutating func deliver(_ incoming: Incoming, from nick: String? = nil) {
        handOn(longLines.close(before: incoming))
        actions.append(.deliver(incoming, from: nick))
    }

    /// A network that does the same again and again must not fill the operator's disk.
    mutating func report(_ report: ClientReport) {
        if now.uptime - reports.since >= Self.reportWindow { reports = (now.uptime, 0) }
        reports.count += 1
        if reports.count <= Self.reportLimit { actions.append(.report(report)) }
    }

    // MARK: - Lines

    private mutating func handle(_ frame: IRCFrame) {
        lastHeard = now.uptime
        switch frame {
        case .message(let message): handle(message)
        case .notUTF8(let message): handleUnreadable(ServerLine(message))
        // What cannot be a line cannot be answered either.
        case .tooLong, .malformed: break
        }
    }

    private mutating func handle(_ message: IRCMessage) {
        if let label = message.tags["label"].flatMap({ Int($0) }) { confirmed(label) }
        readClock(message)
        for arrival in batches.take(message) {
            switch arrival {
            case .line(let message, .chatHistory): recall(ServerLine(message))
            case .line(let message, .chatHistoryTargets): listCorrespondent(message)
            case .line(_, .playback): break
            case .line(let message, .netsplit): handle(ServerLine(message), isNetsplit: true)
            case .line(let message, .multiline): handle(ServerLine(message), isWhole: true)
            case .line(let message, nil): handle(ServerLine(message))
            case .endOfHistory(let target, let lines): endOfHistory(of: target, lines: lines)
            case .endOfTargets: if correspondence.stage == .listing { readNext() }
            case .tooLong(let message): refuse(ServerLine(message), settings.overloadedNotice)
            }
        }
    }

    private mutating func handle(_ line: ServerLine, isNetsplit: Bool = false, isWhole: Bool = false) {
        switch line {
        case .registration(let line): register(line)
        case .ping(let token): write("PONG", token)
        case .pong(let token): ponged(token)
        case .error(let text): dismissed(text)
        case .presence(let line): if isOnline { observe(line, isNetsplit: isNetsplit) }
        case .reply(let reply): if isOnline { heed(reply) }
        case .speech(let spoken): if isOnline { hear(spoken, isWhole: isWhole) }
        case .typing(let source, let name): if isOnline { typing(source, in: name) }
        case .other: break
        }
    }

    /// Comings and goings count whatever their texts are; what was said is refused.
    private mutating func handleUnreadable(_ line: ServerLine) {
        if case .speech = line { refuse(line, settings.notUTF8Notice) } else { handle(line) }
    }

    private mutating func refuse(_ line: ServerLine, _ notice: String) {
        guard case .speech(let spoken) = line, isOnline, isPerson(spoken.source) else { return }
        notify(spoken.source.nick, notice)
    }
}
