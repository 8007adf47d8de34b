import Crypto
import DialogEngine
import Facilitation
import Foundation
import Synchronization

/// The one-time codes of a running Lotse. They are in its memory alone, and there as hashes under a key of this run.
///
/// A code has eight characters that cannot be taken for each other on the phone: 39 bits. So tries are counted:
///
/// | tries                                        | then                                                        |
/// |----------------------------------------------|-------------------------------------------------------------|
/// | 5 wrong ones of one asker in ten minutes     | none of hers counts for ten minutes                         |
/// | 20 wrong ones of all askers, then 2 a second | none counts until there is room: at most 1,220 in ten minutes |
///
/// Whoever guesses for ten minutes over any number of connections finds one code with a probability of about 10⁻⁹.
final class CodeBook: FacilitatorCodes {
    /// How long a code is good, in seconds.
    static let lifetime = 600.0
    /// Without 0 and O, 1, I and L.
    static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
    static let length = 8
    /// How many wrong tries one asker has, in ``lifetime``.
    static let tries = 5
    /// How many wrong tries all askers have at once, and how many more in each second.
    static let burst = 20.0
    static let triesPerSecond = 2.0
    /// How many askers are remembered; more cannot have tried within ``lifetime``.
    fileprivate static let askers = 4096

    fileprivate struct Code {
        let group: String
        let until: Date
    }

    fileprivate struct Asker {
        var wrong: Int
        var until: Date
    }

    fileprivate struct State {
        var codes: [Data: Code] = [:]
        var askers: [Identity: Asker] = [:]
        /// How many wrong tries are left to all, at ``counted``.
        var left = CodeBook.burst
        var counted = Date(timeIntervalSince1970: 0)
    }

    private let key = SymmetricKey(size: .bits256)
    private let state = Mutex(State())

    /// A new code for `group`: `K7MP-3XQD`, with a digit at least, so that it is told from words.
    func make(for group: String, at now: Date) -> String {
        var characters: [Character] = []
        while !characters.contains(where: \.isNumber) {
            characters = (0..<Self.length).compactMap { _ in Self.alphabet.randomElement() }
        }
        let code = String(characters)
        state.withLock { state in
            state.codes = state.codes.filter { now < $0.value.until }
            state.codes[hash(of: code)] = Code(group: group, until: now.addingTimeInterval(Self.lifetime))
        }
        return "\(code.prefix(4))-\(code.suffix(4))"
    }

    func group(of code: String, by asker: Identity, at now: Date) -> String? {
        let hash = hash(of: code)
        return state.withLock { state in
            guard state.mayTry(asker, at: now) else { return nil }
            return state.codes[hash].flatMap { now < $0.until ? $0.group : nil }
        }
    }

    func redeem(_ code: String, for group: String, by asker: Identity, at now: Date) -> Bool {
        let hash = hash(of: code)
        return state.withLock { state in
            guard state.mayTry(asker, at: now) else { return false }
            guard let known = state.codes[hash], now < known.until, known.group == group else {
                state.noteWrongTry(of: asker, at: now)
                return false
            }
            state.codes[hash] = nil
            return true
        }
    }

    func void(_ code: String) {
        let hash = hash(of: code)
        state.withLock { $0.codes[hash] = nil }
    }

    /// Of the code as it is typed: in upper or lower case, with or without the dash.
    private func hash(of code: String) -> Data {
        let typed = code.uppercased().filter { $0 != "-" && !$0.isWhitespace }
        return Data(HMAC<SHA256>.authenticationCode(for: Data(typed.utf8), using: key))
    }
}

extension CodeBook.State {
    /// Whether a try counts at all.
    fileprivate mutating func mayTry(_ asker: Identity, at now: Date) -> Bool {
        let passed = max(now.timeIntervalSince(counted), 0)
        left = min(left + passed * CodeBook.triesPerSecond, CodeBook.burst)
        counted = max(now, counted)
        guard left >= 1 else { return false }
        guard let known = askers[asker], now < known.until else { return true }
        return known.wrong < CodeBook.tries
    }

    fileprivate mutating func noteWrongTry(of asker: Identity, at now: Date) {
        left -= 1
        if askers.count >= CodeBook.askers { askers = askers.filter { now < $0.value.until } }
        let known = askers[asker].flatMap { now < $0.until ? $0.wrong : nil } ?? 0
        askers[asker] = .init(wrong: known + 1, until: now.addingTimeInterval(CodeBook.lifetime))
    }
}
