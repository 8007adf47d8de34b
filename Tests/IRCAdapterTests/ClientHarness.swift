import DialogEngine
import Facilitation
import FoundationEssentials
import IRCAdapter
import IRCProtocol

extension ClientLink {
    static let secure = ClientLink(isSecure: true, nonce: "rOprNGfwEbeRWgbNEkqO")
    static let plain = ClientLink(isSecure: false, nonce: "rOprNGfwEbeRWgbNEkqO")
}

/// A client's state machine with a clock that is turned by hand; what it writes comes out as lines, all else as it is.
struct ClientHarness {
    private var machine: ClientStateMachine
    private(set) var moment = Moment(date: Date(timeIntervalSince1970: 1_795_374_000), uptime: .seconds(1000))
    private(set) var delivered: [Incoming] = []
    private(set) var done: [Int] = []
    /// What was asked for since the beginning, apart from lines and deliveries.
    private(set) var others: [ClientAction] = []
    /// Whether the inbox refuses what it is given.
    var isOverloaded = false
    /// When the timers that were asked for go off.
    private var timers: [ClientTimer: Duration] = [:]

    init(_ configure: (inout ClientSettings) -> Void = { _ in }) {
        var settings = ClientSettings(
            adapterName: "net", nick: "lotse", user: "lotse", realName: "Lotse", channels: ["#stadtbaeume"],
            overloadedNotice: "too busy", notUTF8Notice: "not UTF-8", processMark: "x1")
        configure(&settings)
        machine = ClientStateMachine(settings)
    }

    /// Returns the lines written. A timer goes off no earlier than it was last asked for: time passes until then, unless
    /// it `isStale`.
    @discardableResult
    mutating func handle(_ input: ClientInput, isStale: Bool = false) -> [String] {
        if !isStale, case .elapsed(let timer) = input, let due = timers[timer], due > moment.uptime {
            pass(due - moment.uptime)
        }
        var lines: [String] = []
        for action in machine.handle(input, at: moment) {
            switch action {
            case .write(let message): lines.append(message.description)
            case .deliver(let incoming, let nick):
                if isOverloaded, let nick {
                    lines += handle(.overloaded(nick: nick))
                } else {
                    delivered.append(incoming)
                }
            case .done(let ticket): done.append(ticket)
            case .schedule(let timer, let duration):
                timers[timer] = moment.uptime + duration
                others.append(action)
            case .upgrade, .keepSTS, .close, .reconnect, .report: others.append(action)
            }
        }
        return lines
    }

    /// A line from the server.
    @discardableResult
    mutating func line(_ lines: String...) -> [String] {
        lines.flatMap { line in
            handle(.frame(IRCMessage(parsing: Array(line.utf8)).map { .message($0) } ?? .malformed(.noCommand)))
        }
    }

    /// Connected, registered with capabilities and tokens of RPL_ISUPPORT, alone in the room.
    mutating func enter(capabilities: String, support: String = "CASEMAPPING=ascii") {
        handle(.connected(.secure))
        line(":irc.example.org CAP * LS :\(capabilities)")
        let names = capabilities.split(separator: " ").map { $0.prefix { $0 != "=" } }.joined(separator: " ")
        line(
            ":irc.example.org CAP * ACK :\(names)", ":irc.example.org 001 lotse :Welcome",
            ":irc.example.org 005 lotse \(support) :are supported", ":lotse!~lotse@bot.example.org JOIN #stadtbaeume",
            ":irc.example.org 353 lotse = #stadtbaeume :lotse", ":irc.example.org 366 lotse #stadtbaeume :End",
            ":irc.example.org 315 lotse #stadtbaeume :End")
        settle()
    }

    /// Connected, registered without capabilities, in the room together with anna.
    mutating func enter() {
        handle(.connected(.secure))
        line(
            ":irc.example.org 421 * CAP :Unknown command", ":irc.example.org 001 lotse :Welcome",
            ":irc.example.org 005 lotse CASEMAPPING=ascii PREFIX=(ov)@+ :are supported",
            ":lotse!~lotse@bot.example.org JOIN #stadtbaeume",
            ":irc.example.org 353 lotse = #stadtbaeume :lotse @anna", ":irc.example.org 366 lotse #stadtbaeume :End",
            ":irc.example.org 352 lotse #stadtbaeume a h irc.example.org anna H@ :0 Anna",
            ":irc.example.org 315 lotse #stadtbaeume :End")
        settle()
    }

    /// What the bot has to ask the network has left, and a while has passed.
    private mutating func settle() {
        for _ in 1...3 {
            pass(.seconds(60))
            handle(.elapsed(.sending))
        }
        pass(.seconds(60))
        forget()
    }

    mutating func pass(_ duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        moment = Moment(date: moment.date.addingTimeInterval(seconds), uptime: moment.uptime + duration)
    }

    /// What happened so far is of no interest.
    mutating func forget() {
        delivered = []
        done = []
        others = []
    }

    @discardableResult
    mutating func say(_ text: String, _ manner: OutgoingMessage.Manner = .speech, ticket: Int = 1) -> [String] {
        handle(.say(OutgoingMessage(text, manner: manner), to: .room(Self.room), ticket: ticket))
    }

    static let room = Room(adapter: "net", name: "#stadtbaeume")

    static func sender(_ sighting: Int, _ name: String) -> Sender {
        Sender(identity: Identity(rawValue: "net/connection/x1-\(sighting)"), name: name)
    }

    static func sender(account: String, _ name: String) -> Sender {
        Sender(identity: Identity(rawValue: "net/account/\(account)"), name: name, account: account)
    }
}
