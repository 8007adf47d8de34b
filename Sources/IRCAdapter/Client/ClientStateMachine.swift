import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// The bot on one network, as a value: one input in, comparable actions out; no socket, no clock, no randomness.
///
///     phase           entered by                     left by
///     offline         the start, a lost link         connected → listing
///     listing         CAP LS 302, NICK, USER sent    CAP LS → requesting or registering; RPL_WELCOME → online
///     requesting      CAP REQ sent                   ACK → authenticating or registering; NAK → registering
///     authenticating  AUTHENTICATE sent              903 → registering; 904 … → closing
///     registering     CAP END sent                   RPL_WELCOME → online
///     online          RPL_WELCOME                    a lost link → offline
///     closing         we gave up the link            disconnected → offline
///     stopped         stop                           never
///
/// RPL_WELCOME counts in every phase before `online`: a server that knows no CAP just sends it.
package struct ClientStateMachine: Sendable {
    enum Phase: Hashable, Sendable {
        case offline
        case listing(offered: Set<String>)
        case requesting([String])
        case authenticating
        case registering
        case online(since: Duration)
        case closing(onlineSince: Duration?)
        case stopped
    }

    /// A channel that the bot is to be in.
    struct Channel: Hashable, Sendable {
        /// As the configuration spells it.
        let name: String
        var isJoined = false
        /// The network does not let the bot in, or it was thrown out too often: what is said there goes nowhere.
        var isGone = false
        /// When the bot was kicked, within the last ten minutes.
        var kicks: [Duration] = []
    }

    let settings: ClientSettings
    var phase = Phase.offline
    var people: People
    var support = ISupport()
    /// The nick that the network knows the bot by, or that was asked for last.
    var nick: String
    /// How often a nick was refused since the connection began.
    var nickRefusals = 0
    /// Our user name and host as others see them, once known.
    var ownSource: IRCMessage.Source?
    /// By folded name.
    var channels: [String: Channel] = [:]
    var capabilities: Set<String> = []
    var queue: SendQueue
    var isSendingScheduled = false
    var backoff = Backoff()
    var isBanned = false
    var ctcp = CTCPResponder()
    var lastHeard = Duration.zero
    var pingedAt = Duration.zero

    /// What the input at hand leads to.
    var actions: [ClientAction] = []
    /// When the input at hand came.
    var now = Moment(date: .distantPast, uptime: .zero)

    package init(_ settings: ClientSettings) {
        self.settings = settings
        nick = settings.nick
        people = People(adapterName: settings.adapterName, processMark: settings.processMark)
        queue = SendQueue(pace: settings.pace)
        channels = Dictionary(settings.channels.map { (fold($0), Channel(name: $0)) }) { first, _ in first }
    }

    package mutating func handle(_ input: ClientInput, at moment: Moment) -> [ClientAction] {
        now = moment
        switch input {
        case .connected: connected()
        case .frame(let frame): handle(frame)
        case .elapsed(let timer): elapsed(timer)
        case .say(let message, let destination, let ticket): say(message, to: destination, ticket: ticket)
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

    /// Sends at once, past the queue. That is charged for it once the bot is online: servers do not count what they
    /// need for the registration as a flood.
    mutating func write(_ command: String, _ parameters: String...) {
        actions.append(.write(IRCMessage(command, parameters)))
        if case .online = phase { queue.charge(at: now.uptime) }
    }

    mutating func schedule(_ timer: ClientTimer, after duration: Duration) {
        actions.append(.schedule(timer, after: duration))
    }

    mutating func deliver(_ incoming: Incoming, from nick: String? = nil) {
        actions.append(.deliver(incoming, from: nick))
    }

    mutating func report(_ report: ClientReport) {
        actions.append(.report(report))
    }

    mutating func close(_ reason: ClientReport) {
        report(reason)
        switch phase {
        case .online(let since): phase = .closing(onlineSince: since)
        case .listing, .requesting, .authenticating, .registering: phase = .closing(onlineSince: nil)
        case .offline, .closing, .stopped: return
        }
        actions.append(.close)
    }

    // MARK: - Lines

    private mutating func handle(_ frame: IRCFrame) {
        lastHeard = now.uptime
        switch frame {
        case .message(let message): handle(ServerLine(message))
        case .notUTF8(let message): handleUnreadable(ServerLine(message))
        // What cannot be a line cannot be answered either.
        case .tooLong, .malformed: break
        }
    }

    private mutating func handle(_ line: ServerLine) {
        switch line {
        case .ping(let token): write("PONG", token)
        case .error(let text): report(.serverError(text))
        case .banned:
            isBanned = true
            report(.banned)
        case .capLS, .capACK, .capNAK, .authenticate, .saslSucceeded, .saslFailed, .welcome, .iSupport, .nickRefused,
            .passwordRefused:
            register(line)
        case .join, .part, .kick, .quit, .nick, .account, .chghost, .names, .endOfNames, .joinRefused:
            if case .online = phase { observe(line) }
        case .speech(let spoken):
            if case .online = phase { hear(spoken) }
        case .other: break
        }
    }

    /// Comings and goings count whatever their texts are; what was said is refused.
    private mutating func handleUnreadable(_ line: ServerLine) {
        if case .speech(let spoken) = line {
            guard case .online = phase, !spoken.source.isServer, !isMe(spoken.source.nick) else { return }
            notify(spoken.source.nick, settings.notUTF8Notice)
        } else {
            handle(line)
        }
    }
}
