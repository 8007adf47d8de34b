import DialogEngine
import Facilitation
import FoundationEssentials
import IRCAdapter
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

    init(
        channels: [String] = ["#stadtbaeume"], password: String? = nil, maximumConnections: Int = 100,
        maximumConnectionsPerAddress: Int = 10
    ) {
        let settings = ServerSettings(
            adapterName: "local", serverName: "lotse.local", networkName: "Lotse", botNick: "lotse",
            password: password, channels: channels, overloadedNotice: "too busy",
            maximumConnections: maximumConnections, maximumConnectionsPerAddress: maximumConnectionsPerAddress,
            processMark: "x1")
        machine = ServerStateMachine(settings, at: moment)
    }

    mutating func handle(_ input: ServerInput) -> [String] {
        var lines: [String] = []
        for action in machine.handle(input, at: moment) {
            switch action {
            case .send(let message, let ids): lines += ids.map { "\($0.number)> \(message)" }
            case .close(let id): lines.append("\(id.number) closed")
            case .deliver(let incoming, let id):
                if isOverloaded, let id {
                    lines += handle(.overloaded(id))
                } else {
                    delivered.append(incoming)
                }
            }
        }
        return lines
    }

    @discardableResult
    mutating func open(_ number: Int, from address: String = "127.0.0.1") -> [String] {
        let peer = ServerInput.Peer(address: address, isLoopback: address == "127.0.0.1", isSecure: false)
        return handle(.opened(ConnectionID(number), from: peer))
    }

    @discardableResult
    mutating func line(_ number: Int, _ line: String) -> [String] {
        let message = IRCMessage(parsing: Array(line.utf8))
        return handle(.frame(ConnectionID(number), message.map { .message($0) } ?? .malformed(.noCommand)))
    }

    /// Opens, registers, joins; nobody looks at the replies.
    mutating func enter(_ number: Int, _ nick: String, caps: String? = nil, channel: String? = "#stadtbaeume") {
        open(number)
        if let caps { line(number, "CAP REQ :\(caps)") }
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

    mutating func say(_ text: String, _ manner: OutgoingMessage.Manner = .speech) -> [String] {
        let room = Room(adapter: "local", name: "#stadtbaeume")
        return handle(.say(OutgoingMessage(text, manner: manner), to: .room(room)))
    }
}
