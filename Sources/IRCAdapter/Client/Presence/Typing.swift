/// Who is typing (IRCv3 `typing`): where the bot shows that it is, so that whoever waits for a longer answer knows that it
/// comes, and whom it saw.
///
/// What it shows holds for six seconds or until its next line. It is a line as any other to the network: it takes a fifth of
/// the pace at most, and is not worth it where the wait is short.
struct Typing: Hashable, Sendable {
    /// A wait from which on people wonder.
    static let worthwhile = Duration.seconds(5)
    /// How long others take the bot for typing.
    private static let lifetime = Duration.seconds(6)
    private static let share = 4
    /// How often somebody who is typing may say so.
    private static let pace = Duration.seconds(3)
    /// How many people are watched at once.
    private static let crowd = 1000

    /// When it was last shown, by target.
    private var shown: [String: Duration] = [:]
    private var lastShown: Duration?
    /// When others were last seen typing, by nick.
    private var seen: [String: Duration] = [:]

    /// - Parameter interval: what a line costs.
    mutating func mayShow(to target: String, at uptime: Duration, interval: Duration) -> Bool {
        shown = shown.filter { uptime - $0.value < Self.lifetime }
        if let lastShown, uptime - lastShown < interval * (Self.share + 1) { return false }
        guard shown[target] == nil else { return false }
        shown[target] = uptime
        lastShown = uptime
        return true
    }

    /// Whether it is news that somebody is typing.
    mutating func mayTell(of nick: String, at uptime: Duration) -> Bool {
        if let last = seen[nick], uptime - last < Self.pace { return false }
        if seen.count >= Self.crowd { seen = seen.filter { uptime - $0.value < Self.pace } }
        guard seen.count < Self.crowd else { return false }
        seen[nick] = uptime
        return true
    }
}
