import IRCProtocol

/// What somebody set in a group's channel and what has to outlast a restart: a room that was closed stays closed.
///
/// No words and no names of people are kept: the topic and the lists of masks end with the program.
package struct KeptRoom: Hashable, Sendable, Codable {
    let name: String
    /// Letters of the modes without a parameter.
    let flags: String
    let key: String?
    let limit: Int?
}

extension ServerStateMachine {
    /// Takes over what was set before the last stop.
    mutating func restore(_ rooms: [KeptRoom]) {
        for room in rooms {
            let folded = mapping.fold(room.name)
            guard channels[folded]?.isPermanent == true else { continue }
            channels[folded]?.flags = ServerChannel.Flags.letters.reduce(into: []) { flags, mode in
                if room.flags.unicodeScalars.contains(mode.letter) { flags.insert(mode.flag) }
            }
            channels[folded]?.key = room.key
            channels[folded]?.limit = room.limit
        }
    }

    /// Has the shell keep what is set in the channels of groups, where that is no longer what it was.
    mutating func keepRooms(changedFrom old: ServerChannel) {
        guard old.isPermanent, let channel = channels[mapping.fold(old.name)],
            (old.flags, old.key, old.limit) != (channel.flags, channel.key, channel.limit)
        else { return }
        let rooms = channels.values.filter(\.isPermanent).sorted { $0.name < $1.name }
        actions.append(
            .keep(
                rooms.map { room in
                    let letters = ServerChannel.Flags.letters.filter { room.flags.contains($0.flag) }
                    return KeptRoom(
                        name: room.name, flags: letters.map { String($0.letter) }.joined(), key: room.key,
                        limit: room.limit)
                }))
    }
}
