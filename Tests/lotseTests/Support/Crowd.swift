import Foundation
import Synchronization

/// Several groups on one listener, two people in each, all of them contributing as fast as they are acknowledged.
///
/// It keeps what was acknowledged over any number of restarts, and compares that with what is stored.
final class Crowd: Sendable {
    /// What a group was told is kept: the text of a contribution by its id.
    private let acknowledged: Mutex<[String: [String: String]]>
    private let rooms: [String]
    /// How many lines a person has under way at the same time.
    private static let window = 4

    init(groups: Int) {
        rooms = (1...groups).map { "#gruppe\($0)" }
        acknowledged = Mutex([:])
    }

    var acknowledgedCount: Int { acknowledged.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// Contributes on `port` until every connection is closed; tells of each acknowledgement.
    ///
    /// - Parameter round: the number of this start of the program, which is part of what is said.
    func contribute(round: Int, port: Int, onAcknowledgement: @escaping @Sendable () -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for room in rooms {
                group.addTask {
                    await self.contribute(in: room, round: round, port: port, onAcknowledgement)
                }
            }
        }
    }

    private func contribute(
        in room: String, round: Int, port: Int, _ onAcknowledgement: @escaping @Sendable () -> Void
    ) async {
        // Both are in the room before anybody says anything, so that both see all of it in the same sequence.
        guard let anna = try? await enter(room, as: "anna\(room.last ?? "1")", port),
            let bernd = try? await enter(room, as: "bernd\(room.last ?? "1")", port)
        else { return }
        if round == 1 {
            try? await anna.say("!start", in: room)
            _ = await anna.line { $0.text.hasPrefix("Welches Problem") }
        }
        await withTaskGroup(of: Void.self) { group in
            for person in [anna, bernd] {
                group.addTask { await self.contribute(person, in: room, round: round, onAcknowledgement) }
            }
        }
    }

    private func enter(_ room: String, as nick: String, _ port: Int) async throws -> ChatClient {
        let client = try await ChatClient(nick, port: port, capabilities: ["echo-message"])
        try await client.join(room)
        return client
    }

    private func contribute(
        _ person: ChatClient, in room: String, round: Int, _ onAcknowledgement: @Sendable () -> Void
    ) async {
        /// What was said in the room and is not acknowledged, in sequence.
        var waiting: [String] = []
        var number = 0
        func sayNext() async throws {
            number += 1
            try await person.say("+ \(person.nick) \(round)-\(number)", in: room)
        }
        do {
            for _ in 0..<Self.window { try await sayNext() }
            while let line = await person.line() {
                guard line.target == room else { continue }
                if line.verb == "PRIVMSG", line.text.hasPrefix("+ ") { waiting.append(String(line.text.dropFirst(2))) }
                guard line.verb == "NOTICE", line.text.hasSuffix(" notiert.") else { continue }
                for id in line.text.matches(of: /B\d+/).map({ String($0.output) }) {
                    guard !waiting.isEmpty else { return }
                    let text = waiting.removeFirst()
                    acknowledged.withLock { $0["local/\(room)", default: [:]][id] = text }
                    guard text.hasPrefix(person.nick) else { continue }
                    onAcknowledgement()
                    try await sayNext()
                }
            }
        } catch {
            // The connection is gone: the program was killed.
        }
    }

    /// What contradicts `stored`, in words; empty if every acknowledged line is there, under its id, and none twice.
    func contradictions(to stored: [String: [String: String]]) -> [String] {
        var found: [String] = []
        for (group, lines) in acknowledged.withLock({ $0 }) {
            let kept = stored[group] ?? [:]
            for (id, text) in lines where kept[id] != text {
                found.append("\(group): \(id) »\(text)« was acknowledged, »\(kept[id] ?? "nothing")« is stored")
            }
            let twice = Dictionary(grouping: kept.values, by: { $0 }).filter { $1.count > 1 }.keys
            found += twice.map { "\(group): »\($0)« is stored twice" }
        }
        return found
    }
}
