import DialogEngine
import Facilitation
import IRCProtocol

/// Puts lines together again that clients cut, before anybody hears of them, so that a proposal is never read by half.
///
///     piece of anna's ──▶ open ── her next piece ─▶ open ── her last piece, a pause, her other line ─▶ handed on
///                          │
///                          └─ what others say behind it in the same place waits, for 9 s at most
///
/// What comes later than that is handed on with what can be told about it: ``IncomingMessage/continues``.
///
/// - `Origin`: whom the adapter tells that a line could not be kept.
struct LongLines<Origin: Hashable & Sendable>: Hashable, Sendable {
    typealias Line = (message: IncomingMessage, origin: Origin)

    /// How long others wait for one line.
    private static var longestStop: Duration { .seconds(9) }
    /// Bytes of one text, and lines that wait at one place; what is more goes on as it is.
    private static var textLimit: Int { 16 * 1024 }
    private static var queueLimit: Int { 128 }

    private struct Entry: Hashable, Sendable {
        var message: IncomingMessage
        let origin: Origin
        let since: Duration
        /// The last piece while more may follow, and until when that is waited for.
        var piece: CutLine?
        var openUntil: Duration
        /// Whether others have waited for it as long as they have to.
        var letsOthersPass = false

        mutating func add(_ piece: CutLine, behind former: CutLine, until end: Duration) {
            message.text += former.seam + piece.text
            self.piece = piece.mayGoOn ? piece : nil
            openUntil = end
        }
    }

    /// A private line has a place of its own for each person.
    private struct Spot: Hashable, Sendable {
        let place: IncomingMessage.Place
        let sender: Identity?

        init(_ message: IncomingMessage) {
            place = message.place
            if case .privately = message.place { sender = message.sender.identity } else { sender = nil }
        }
    }

    /// What somebody said last, as far as more of it may follow.
    private struct Last: Hashable, Sendable {
        let place: IncomingMessage.Place
        var piece: CutLine
        var at: Duration
    }

    private var waiting: [Spot: [Entry]] = [:]
    private var last: [Identity: Last] = [:]
    private var prunedAt = Duration.zero

    /// When ``elapsed(at:)`` has something to do.
    var due: Duration? { waiting.values.lazy.flatMap { $0 }.compactMap(Self.due).min() }

    private static func due(_ entry: Entry) -> Duration? {
        entry.piece.map { _ in
            entry.letsOthersPass ? entry.openUntil : min(entry.openUntil, entry.since + longestStop)
        }
    }

    /// Takes a line; returns what can be handed on now.
    ///
    /// - Parameter piece: the line as its client sent it; nil where the network gave it as a whole.
    mutating func take(
        _ message: IncomingMessage, as piece: CutLine?, from origin: Origin, at uptime: Duration
    ) -> [Line] {
        var ready = elapsed(at: uptime)
        let (spot, sender) = (Spot(message), message.sender.identity)
        forgetOldPieces(at: uptime)
        let before = last[sender].flatMap { $0.place == message.place ? $0 : nil }
        last[sender] = piece.map { Last(place: message.place, piece: $0, at: uptime) }
        let continuation = piece.flatMap { before?.piece.continuation($0.text, after: uptime - (before?.at ?? uptime)) }
        if let piece, let before, continuation == .surely, let index = openEntry(of: sender, at: spot) {
            waiting[spot]?[index].add(piece, behind: before.piece, until: uptime + piece.patience)
            return ready + drain(spot)
        }
        // She is at something else.
        ready += close(sender)
        var message = message
        message.continues = continuation
        let entry = Entry(
            message: message, origin: origin, since: uptime, piece: piece.flatMap { $0.mayGoOn ? $0 : nil },
            openUntil: uptime + (piece?.patience ?? .zero))
        waiting[spot, default: []].append(entry)
        return ready + drain(spot)
    }

    /// Seldom enough that a crowd costs no more for each of its lines.
    private mutating func forgetOldPieces(at uptime: Duration) {
        guard uptime - prunedAt > CutLine.late else { return }
        prunedAt = uptime
        last = last.filter { uptime - $0.value.at <= CutLine.late }
    }

    private func openEntry(of sender: Identity, at spot: Spot) -> Int? {
        guard let index = waiting[spot]?.lastIndex(where: { $0.message.sender.identity == sender && $0.piece != nil }),
            let text = waiting[spot]?[index].message.text, text.utf8.count < Self.textLimit
        else { return nil }
        return index
    }

    /// Time has passed: what nothing followed is complete.
    mutating func elapsed(at uptime: Duration) -> [Line] {
        var ready: [Line] = []
        for (spot, entries) in waiting where entries.contains(where: { Self.due($0).map { $0 <= uptime } ?? false }) {
            for index in entries.indices {
                if entries[index].openUntil <= uptime { waiting[spot]?[index].piece = nil }
                if entries[index].since + Self.longestStop <= uptime { waiting[spot]?[index].letsOthersPass = true }
            }
            ready += drain(spot)
        }
        return ready
    }

    /// Nothing more comes from `sender`, or from anybody.
    mutating func close(_ sender: Identity? = nil) -> [Line] {
        var ready: [Line] = []
        for (spot, entries) in waiting {
            for index in entries.indices where sender == nil || entries[index].message.sender.identity == sender {
                waiting[spot]?[index].piece = nil
            }
            ready += drain(spot)
        }
        return ready
    }

    /// Takes out what stands behind no line that still has to be waited for.
    private mutating func drain(_ spot: Spot) -> [Line] {
        guard let entries = waiting.removeValue(forKey: spot) else { return [] }
        let isFull = entries.count > Self.queueLimit
        var ready: [Line] = []
        var left: [Entry] = []
        var mustWait = false
        for entry in entries {
            if entry.piece == nil || isFull, !mustWait {
                ready.append((entry.message, entry.origin))
            } else {
                mustWait = mustWait || !isFull && !entry.letsOthersPass
                left.append(entry)
            }
        }
        if !left.isEmpty { waiting[spot] = left }
        return ready
    }
}
