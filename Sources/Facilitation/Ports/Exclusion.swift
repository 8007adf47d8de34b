import DialogEngine

/// Why the bot cannot be or speak in a room.
public enum Exclusion: Hashable, Sendable, CaseIterable {
    /// It was thrown out, too often to come back by itself.
    case removed
    case banned
    case full
    case inviteOnly
    /// The room has a password.
    case needsKey
    /// Only people with an account may enter.
    case needsAccount
    /// It is in the room and may not speak.
    case muted
    /// For another reason, which the log names.
    case refused

    var phrase: Phrase {
        switch self {
        case .removed: .excludedRemoved
        case .banned: .excludedBanned
        case .full: .excludedFull
        case .inviteOnly: .excludedInviteOnly
        case .needsKey: .excludedNeedsKey
        case .needsAccount: .excludedNeedsAccount
        case .muted: .excludedMuted
        case .refused: .excludedRefused
        }
    }
}
