import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import Testing
import Wording

@testable import WebhookAdapter

/// A session in the shipped guide, played line by line, and what partners are told of it.
struct Played {
    static let language = Language(rawValue: "de")
    static let group = "Stadtbäume"
    /// 22.11.2026, 18:00 in Berlin.
    static let beginning = Date(timeIntervalSince1970: 1_795_366_800)

    private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()
    private static let dialog = Result { try DialogFile.read("\(top)/Dialogs/kommunale-netzwerke.yaml") }
    private static let phrasebooks = Result { try WordingFiles.read(folder: "\(top)/Dialogs/wording") }

    static func interpreter() throws -> Interpreter {
        let german = try phrasebooks.get().filter { $0.language == language }
        let timeZone = try #require(TimeZone(identifier: "Europe/Berlin"))
        return try #require(Interpreter(phrasebooks: german, botName: "lotse", timeZone: timeZone))
    }

    private(set) var session: Session
    private(set) var notices: [PartnerNotice] = []
    private let interpreter: Interpreter
    private let desk: PartnerNotices
    private var now = beginning

    init(_ views: Partner.View...) throws {
        interpreter = try Self.interpreter()
        let settings = StartSettings(
            session: "stadtbaeume-2026-11-22", name: "Stadtbäume", language: Self.language,
            retainedUntil: Self.beginning.addingTimeInterval(190 * 86_400))
        session = Session(dialog: try Self.dialog.get(), settings: settings)
        let partners = views.enumerated().map { number, view in
            Partner(name: "partner\(number + 1)", url: "https://partner.example/", view: view, keys: { [] })
        }
        desk = PartnerNotices(partners: partners, stored: {})
    }

    /// Plays lines such as `anna: + Text`, or `private dirk: + Text`; the first person facilitates.
    mutating func play(_ lines: String...) {
        for line in lines { play(line) }
    }

    private mutating func play(_ line: String) {
        let isPrivate = line.hasPrefix("private ")
        let parts = line.dropFirst(isPrivate ? 8 : 0).split(separator: ":", maxSplits: 1).map(String.init)
        let speaker = Speaker(
            identity: Identity(rawValue: "test/account/\(parts[0])"), name: parts[0],
            appointment: session.state == .new ? .starter : .none)
        let command = interpreter.read(parts[1].trimmingCharacters(in: .whitespaces), at: now, in: Self.language)
        take(.command(command, by: speaker, source: isPrivate ? .private : .chat))
        now.addTimeInterval(20)
    }

    /// Lets time pass, with everything that comes due on the way.
    mutating func wait(days: Double) {
        now.addTimeInterval(days * 86_400)
        take(.clock)
    }

    /// The chat network loses somebody and finds her again.
    mutating func split(from name: String) {
        take(.separated(Identity(rawValue: "test/account/\(name)")))
        take(.reunited)
    }

    private mutating func take(_ kind: Input.Kind) {
        let (desk, interpreter) = (desk, interpreter)
        var notices: [PartnerNotice] = []
        _ = session.advance(by: Input(at: now, kind: kind)) { event, before in
            desk.news(of: event, in: Self.group, before: before, by: interpreter).map { news in
                { notices += news($0) }
            }
        }
        self.notices += notices
    }

    /// The types of what was told to the first partner.
    var types: [String] { notices.filter { $0.partner == "partner1" }.map(\.type) }

    /// Everything that leaves for partners.
    var payloads: String { notices.map { "\($0.text)\n\($0.data)" }.joined(separator: "\n") }

    func data(of type: String) throws -> PartnerData {
        let notice = try #require(notices.last { $0.type == type }, "\(types)")
        return try PartnerData.decoder.decode(PartnerData.self, from: Data(notice.data.utf8))
    }
}
