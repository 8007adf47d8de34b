import DialogEngine
import Facilitation
import Foundation

/// A session as it is after people said this and that, ready to be stored.
struct PreparedConversation {
    /// What there may be much of in a session.
    enum Sort: String, CaseIterable {
        case contributions, organisations, people, tasks
        case openPoints = "open points"
    }

    static let evening = Date(timeIntervalSince1970: 1_795_370_400)
    static let sender = Sender(identity: Identity(rawValue: "bench/account/anna"), name: "anna", account: "anna")
    private static let words = [
        "Regenwasser", "Bäume", "Schulstraße", "Sommer", "Hitze", "Bauhof", "Zisterne", "Kanal", "Gehweg", "Spielplatz",
        "Schatten", "Gießwagen", "Satzung", "Nachbarn", "Rigole", "Parkplatz", "Starkregen", "Grünfläche", "Wurzeln",
    ]

    let guide: Dialog
    private(set) var changes: [Change] = []
    private var session: Session
    private var now = Self.evening.addingTimeInterval(-86_400)

    init(_ guide: Dialog) {
        self.guide = guide
        session = Session(
            dialog: guide,
            settings: StartSettings(
                session: "werkbank", name: "Werkbank", language: Language(rawValue: "de"),
                retainedUntil: Self.evening.addingTimeInterval(180 * 86_400)))
        say(.start(name: nil))
    }

    /// A session with `count` of one sort.
    init(_ guide: Dialog, having count: Int, of sort: Sort) {
        self.init(guide)
        for number in 0..<count {
            switch sort {
            case .contributions: say(.contribute(Self.sentence(number), question: nil))
            case .organisations: say(.contribute("Verein \(Self.name(number))", question: "partner"))
            case .people: say(.contribute(Self.sentence(number), question: "recht"), by: "gast\(number)")
            case .tasks: say(.assign(to: "Zoe \(number)", Self.sentence(number), due: nil))
            case .openPoints: say(.raise(Self.sentence(number)))
            }
        }
    }

    /// Thirteen words or so, no two sentences alike.
    static func sentence(_ number: Int) -> String {
        let picked = (0..<8).map { words[(number * 7 + $0 * ($0 + number % 5 + 1)) % words.count] }
        return "Im \(picked[0]) fehlt der \(picked.dropFirst().joined(separator: " und ")) für \(name(number))"
    }

    /// A word of its own for each number.
    static func name(_ number: Int) -> String {
        let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "wo", "zu"]
        return String(number).compactMap(\.wholeNumberValue).map { syllables[$0] }.joined().capitalized + "hausen"
    }

    mutating func say(_ command: Command, by name: String = Self.sender.name) {
        let speaker = Speaker(
            identity: Identity(rawValue: "bench/account/\(name)"), name: name,
            appointment: name == Self.sender.name ? .starter : .none)
        let before = session.seq
        let decision = session.advance(by: Input(at: now, kind: .command(command, by: speaker, source: .chat)))
        now.addTimeInterval(5)
        guard !decision.events.isEmpty else { return }
        // As few transactions as there are snapshots: only what is measured is to be stored line by line.
        if changes.isEmpty || session.seq - changes[changes.count - 1].expectedSeq > 900 {
            changes.append(
                Change(session: session.id, group: Workbench.group, expectedSeq: before, events: decision.events))
            if before == 0 { changes[0].dialog = guide }
        } else {
            changes[changes.count - 1].events += decision.events
        }
    }
}
