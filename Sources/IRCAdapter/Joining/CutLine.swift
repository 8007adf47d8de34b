import Facilitation
import IRCProtocol

/// Where clients cut a line that is too long for IRC, judged by a piece and what follows it.
///
///     :nick!user@host PRIVMSG #room :text CR LF     512 bytes for others
///     |←          overhead         →|
///
/// | client              | cuts at                                   | next piece comes                          |
/// |---------------------|-------------------------------------------|-------------------------------------------|
/// | HexChat, Halloy, …  | what the overhead leaves                  | at once                                   |
/// | irssi               | a little less                             | after 2 s and one for every 100 bytes     |
/// | WeeChat             | what the longest nick and host would leave | after 2 s                                |
/// | Kiwi IRC, The Lounge | 350 bytes                                | at once                                   |
///
/// All of them cut before a word that does not fit any more, so the first word of what follows tells much.
struct CutLine: Hashable, Sendable {
    /// Bytes that web clients allow to a text whatever the names are; no client allows less.
    static let fixedBudget = 350
    /// A word that is longer than this is seen only once it comes.
    private static let longestWord = 64
    /// What clients reckon with that do not know how others see them.
    private static let (longestNick, longestUser, longestHost) = (40, 20, 63)
    /// Nobody types a line, and few paste one, in this time.
    private static let atOnce = Duration.milliseconds(1200)
    /// The time in which clients send that wait two seconds between lines.
    private static let soon = Duration.seconds(3)
    /// The longest that irssi waits, and the network after it.
    static let late = Duration.seconds(9)
    /// How much earlier or later than irssi means to the next piece may come.
    private static let lateness = Duration.milliseconds(-300) ... .milliseconds(1500)
    /// A piece that has no space in so many bytes at its end was cut within a word.
    private static let longToken = 120

    let text: String
    /// How much text fits into a line of this sender's to this target.
    let room: Int
    /// What clients take that for which do not know how others see the sender.
    private let cautiousRoom: Int
    /// The line as the client sends it, without CR LF.
    private let sentBytes: Int

    init(_ text: String, from source: IRCMessage.Source, to target: String) {
        self.text = text
        room = Splitting.room(source: source, command: "PRIVMSG", target: target)
        let nick = String(repeating: "n", count: max(source.nick.utf8.count, Self.longestNick))
        let unknown = IRCMessage.Source(
            nick: nick, user: String(repeating: "u", count: Self.longestUser),
            host: String(repeating: "h", count: Self.longestHost))
        cautiousRoom = Splitting.room(source: unknown, command: "PRIVMSG", target: target)
        sentBytes = "PRIVMSG  :".utf8.count + target.utf8.count + text.utf8.count
    }

    /// How long the next piece is waited for: as long as irssi takes where it may have cut, and no sentence ends there.
    var patience: Duration {
        let isFull = text.utf8.count + 1 + Self.longestWord > cautiousRoom
        let endsSentence = text.last.map { ".!?…".contains($0) } ?? true
        return isFull && !endsSentence ? slowWait + Self.lateness.upperBound : Self.soon
    }

    /// When irssi sends the next piece.
    private var slowWait: Duration { .seconds(2 + sentBytes / 100) }

    /// Whether more may follow, as far as that can be told before it does.
    var mayGoOn: Bool { hasNoRoom(for: Self.longestWord) }

    /// How sure it is that `rest`, which came `gap` later, belongs to the same line; nil where it does not.
    func continuation(_ rest: String, after gap: Duration) -> Continuation? {
        let word = rest.prefix { $0 != " " }.utf8.count
        guard gap <= Self.late, !Self.beginsByItself(rest), hasNoRoom(for: word) else { return nil }
        if gap <= Self.atOnce { return .surely }
        let fits = text.utf8.count + 1 + word > cautiousRoom || text.utf8.count <= Self.fixedBudget
        guard fits else { return .perhaps }
        if gap <= Self.soon { return .surely }
        return Self.lateness.contains(gap - slowWait) ? .surely : .perhaps
    }

    /// What stands between a piece and the next one.
    var seam: String {
        let token = text.utf8.count - (text.lastIndex(of: " ").map { text[...$0].utf8.count } ?? 0)
        return token > Self.longToken ? "" : " "
    }

    /// Whether a word of so many bytes cannot have stood behind the text, by the smallest budget that clients have.
    private func hasNoRoom(for word: Int) -> Bool {
        text.utf8.count <= room && text.utf8.count + 1 + word > Self.fixedBudget
    }

    /// Whether the line has a mark: `+ = ? !` and what clients put before commands and talk.
    private static func beginsByItself(_ text: String) -> Bool {
        text.first.map { "+=?!/#@".contains($0) } ?? true
    }
}
