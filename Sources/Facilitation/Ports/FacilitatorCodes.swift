public import DialogEngine
public import FoundationEssentials

/// One-time codes by which the operator lets somebody facilitate a group.
public protocol FacilitatorCodes: Sendable {
    /// The name of the group that the code is good for; nil for one that nobody made, that was used, or that is too old, and
    /// where `asker` has tried wrong ones too often. For finding the way to the group alone: who asks must not hear of it.
    func group(of code: String, by asker: Identity, at now: Date) -> String?

    /// Takes the code out of use and returns true, where it is good for `group` and `asker` has not tried wrong ones too
    /// often. Every wrong one counts.
    func redeem(_ code: String, for group: String, by asker: Identity, at now: Date) -> Bool

    /// Takes the code out of use, whomever it was for.
    func void(_ code: String)
}
