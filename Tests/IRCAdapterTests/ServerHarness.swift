@testable import IRCAdapter

import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// A server's state machine with a clock that is turned by hand; what it does comes out as readable lines.
///
///     1> :lotse.local PONG lotse.local :x       sent to connection 1
///     1 closed
struct ServerHarness {
    private var machine: ServerStateMachine
    private(set) var moment = Moment(date: Date(timeIntervalSince1970: 1_795_374_000), uptime: .zero)
    private(set) var delivered: [Incoming] = []
    /// Whether the inbox refuses what it is given.
    var isOverloaded = false
    /// By account; who is in it can sign in.
    var passwords = ["Anna": "geheim", "bernd": "geheim"]
    /// What is kept of the rooms; nil where nothing can be read.
    var history: [Room: [PublicLine]]? = [:]
    /// Whether what is kept is still being looked up.
    var isRecalling = false
    /// Whether a password that is to be checked is still being checked.
    var isChecking = false

    /// Passwords that are being checked, where they wait for that.
    private(set) var checks: [(plain: SASLPlain, id: ConnectionID)] = []
    /// Connections whose further lines wait.
    private(set) var held: Set<ConnectionID> = []
    /// When the machine wants to be woken.
    private(set) var wakeAt: Duration?
    /// What the log was told.
    private(set) var refusals: [String] = []
    private(set) var putOffs = 0
    /// What was last to be kept of the rooms.
    private(set) var kept: [KeptRoom]?

    init(
        channels: [String] = ["#stadtbaeume"], password: String? = nil, maximumConnections: Int = 100,
        maximumConnectionsPerAddress: Int = 10, _ configure: (inout ServerSettings) -> Void = { _ in }
    ) {
        var settings = ServerSettings(
            adapterName: "local", serverName: "lotse.local", networkName: "Lotse", botNick: "lotse",
            password: password, channels: channels, overloadedNotice: "too busy",
            maximumConnections: maximumConnections, maximumConnectionsPerAddress: maximumConnectionsPerAddress,
            processMark: "x1")
        settings.isBotEverywhere = true
        settings.hasAccounts = true
        settings.hasHistory = true
        settings.operators = ["anna"]
        configure(&settings)
        machine = ServerStateMachine(settings, at: moment)
    }

    mutating func restore(_ rooms: [KeptRoom]) {
        machine.restore(rooms)
    }

    mutating func handle(_ input: ServerInput) -> [String] {
        var lines: [String] = []
        var asked: [(plain: SASLPlain, id: ConnectionID)] = []
        for action in machine.handle(input, at: moment) {
            switch action {
            case .send(let message, let ids): lines += ids.map { "\($0.number)> \(message)" }
            case .close(let id): lines.append("\(id.number) closed")
            case .lookUp(let name, let id): lines += lookUp(name, for: id)
            case .checkPassword(let plain, let id):
                if isChecking { checks.append((plain, id)) } else { asked.append((plain, id)) }
            case .hold(let id): held.insert(id)
            case .release(let id): held.remove(id)
            case .wake(let duration): wakeAt = moment.uptime + duration
            case .refused(let refusal): refusals.append("\(refusal)")
            case .putOff: putOffs += 1
            case .keep(let rooms): kept = rooms
            case .recall(let rooms, let id):
                if !isRecalling { lines += finishRecall(of: rooms, for: id) }
            case .deliver(let incoming, let id):
                if isOverloaded, let id {
                    lines += handle(.overloaded(id))
                } else {
                    delivered.append(incoming)
                }
            }
        }
        // A password is checked beside the listener: its answer never comes in the middle of what an input leads to.
        return asked.reduce(into: lines) { $0 += finishCheck(of: $1.plain, for: $1.id) }
    }

    private mutating func lookUp(_ name: String, for id: ConnectionID) -> [String] {
        let (account, password) = passwords.first { $0.key.lowercased() == name.lowercased() } ?? (name, "?")
        guard let kept = try? SCRAMCredentials(password: password, salt: [1, 2, 3], iterations: 4096) else { return [] }
        return handle(.lookedUp(id, account: account, kept, nonce: "SERVER"))
    }

    mutating func finishRecall(of rooms: [Room], for id: ConnectionID) -> [String] {
        handle(
            .recalled(id, history.map { kept in Dictionary(uniqueKeysWithValues: rooms.map { ($0, kept[$0] ?? []) }) }))
    }

    mutating func finishCheck(of plain: SASLPlain, for id: ConnectionID) -> [String] {
        checks.removeAll { $0.id == id }
        let account = passwords.first {
            $0.key.lowercased() == plain.account.lowercased() && $0.value == plain.password
        }
        return handle(.passwordChecked(id, account: account?.key))
    }

    /// Signs in with PLAIN.
    @discardableResult
    mutating func signIn(_ number: Int, _ account: String, password: String = "geheim") -> [String] {
        line(number, "AUTHENTICATE PLAIN")
        return SASLPlain(account: account, password: password).payload.flatMap {
            line(number, "AUTHENTICATE \($0)")
        }
    }

    @discardableResult
    mutating func open(_ number: Int, from address: String = "127.0.0.1", isSecure: Bool = false) -> [String] {
        let peer = ServerInput.Peer(address: address, isLoopback: address == "127.0.0.1", isSecure: isSecure)
        return handle(.opened(ConnectionID(number), from: peer))
    }

    @discardableResult
    mutating func line(_ number: Int, _ line: String) -> [String] {
        let message = IRCMessage(parsing: Array(line.utf8))
        return handle(.frame(ConnectionID(number), message.map { .message($0) } ?? .malformed(.noCommand)))
    }

    /// Opens, registers, joins; nobody looks at the replies.
    mutating func enter(
        _ number: Int, _ nick: String, caps: String? = nil, account: String? = nil, channel: String? = "#stadtbaeume"
    ) {
        open(number)
        let caps = account == nil ? caps : "sasl \(caps ?? "")"
        if let caps { line(number, "CAP REQ :\(caps)") }
        if let account { signIn(number, account) }
        line(number, "NICK \(nick)")
        line(number, "USER \(nick) 0 * :\(nick.uppercased())")
        if caps != nil { line(number, "CAP END") }
        if let channel { line(number, "JOIN \(channel)") }
        delivered = []
    }

    mutating func pass(_ duration: Duration) -> [String] {
        let seconds = Double(duration.components.seconds)
        moment = Moment(date: moment.date.addingTimeInterval(seconds), uptime: moment.uptime + duration)
        return handle(.tick)
    }

    /// Time passes without anything being looked at but what the machine wants to be woken for.
    mutating func wait(_ duration: Duration) -> [String] {
        let seconds = duration / .seconds(1)
        moment = Moment(date: moment.date.addingTimeInterval(seconds), uptime: moment.uptime + duration)
        guard let wakeAt, wakeAt <= moment.uptime else { return [] }
        self.wakeAt = nil
        return handle(.wake)
    }

    mutating func say(_ text: String, _ manner: OutgoingMessage.Manner = .speech) -> [String] {
        let room = Room(adapter: "local", name: "#stadtbaeume")
        return handle(.say(OutgoingMessage(text, manner: manner), to: .room(room)))
    }
}
