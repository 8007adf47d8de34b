public import FoundationEssentials

/// One-time codes by which the operator lets somebody facilitate a group.
public protocol FacilitatorCodes: Sendable {
    /// The name of the group that the code is good for; nil for one that nobody made, that was used, or that is too old.
    func group(of code: String, at now: Date) -> String?

    /// Takes the code out of use. Returns true once for each code, whoever asks.
    func void(_ code: String) -> Bool
}
