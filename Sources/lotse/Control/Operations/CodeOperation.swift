import Foundation

/// Makes a one-time code for a group; only a running Lotse can take it.
struct CodeOperation: Operation {
    static let name = "code"
    static let need = OperationNeed.running

    /// Nil for the only group that there is.
    var group: String?

    func perform(by steward: Steward) async throws -> Answer {
        let groups = try steward.present().groups
        let known = groups.joined(separator: ", ")
        guard let codes = steward.codes, let group = group ?? (groups.count == 1 ? groups.first : nil) else {
            throw CommandError("name the group with --group; there is: \(known)")
        }
        guard groups.contains(group) else { throw CommandError("there is no group \(group); there is: \(known)") }
        let code = codes.make(for: group, at: Date())
        let minutes = Int(CodeBook.lifetime / 60)
        return Answer(
            text: code,
            note: "Good for »\(group)« for \(minutes) minutes, once. To be written privately to Lotse: !mod \(code)")
    }
}
