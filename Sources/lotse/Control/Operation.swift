import Foundation

/// Something that an operator asks of a Lotse, whether it runs or not.
protocol Operation: Codable, Sendable {
    /// What it is called on the way; never changes its meaning.
    static var name: String { get }
    /// What it needs where no Lotse runs.
    static var need: OperationNeed { get }

    func perform(by steward: Steward) async throws -> Answer
}

/// What an operation needs of a folder in which no Lotse runs.
enum OperationNeed: Hashable, Sendable {
    /// A Lotse that runs: without one it would come to nothing.
    case running
    /// The sessions, to look at.
    case reading
    /// The sessions, to change them.
    case writing
    /// Other files alone.
    case files
}

/// All operations that a running Lotse knows, by their names.
enum Operations {
    private static let all: [any Operation.Type] = [
        SessionsOperation.self, ShowOperation.self, ExportOperation.self, CaptureOperation.self,
        EraseOperation.self, CodeOperation.self, AddAccountOperation.self, ListAccountsOperation.self,
        RemoveAccountOperation.self, ListPartnersOperation.self, PartnerLogOperation.self, TestPartnerOperation.self,
        ReplayOperation.self, EnablePartnerOperation.self, RotateOperation.self, ReloadOperation.self,
    ]

    /// The operation that `request` asks for; says what is wrong where there is none.
    static func operation(of request: ControlRequest) throws -> any Operation {
        guard request.version == ControlRequest.version,
            let type = all.first(where: { $0.name == request.operation })
        else {
            throw CommandError(
                "the Lotse that runs there is of another version and does not know \(request.operation); restart it")
        }
        return try JSONDecoder().decode(type, from: request.arguments)
    }
}
