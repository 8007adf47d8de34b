import ArgumentParser
import DialogFiles
import Facilitation
import Foundation
import IRCAdapter
import SQLiteStore
import WebhookAdapter

/// How Lotse ends: the codes of `sysexits.h`, and of `lotse check` its own.
///
/// | code | means | again? |
/// |---|---|---|
/// | 0 | done | |
/// | 1 | what was named is not there (session, guide, group, account, partner), or nothing was done; `check`: errors | |
/// | 2 | `check` alone: a file cannot be read | |
/// | 64 | wrong usage | no |
/// | 65 | a file is damaged, of a newer version, or has errors | no |
/// | 66 | a file, a store or the input is not there, or was moved away | no |
/// | 69 | a port is in use, another Lotse has the folder, a server did not answer | yes |
/// | 70 | a fault in Lotse | yes |
/// | 73 | a file or folder cannot be made | no |
/// | 74 | reading or writing failed, or the disk is full | yes |
/// | 75 | something was busy; try again | yes |
/// | 77 | no permission | no |
/// | 78 | the configuration is not there or has errors | no |
///
/// `RestartPreventExitStatus` in `Config/lotse.service` has those that trying again does not mend.
enum ExitReason: Int32, CaseIterable {
    case done = 0
    case refused = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case fault = 70
    case cannotMake = 73
    case inputOutput = 74
    case temporary = 75
    case noPermission = 77
    case configuration = 78

    /// For the help of the program and of `lotse serve`.
    static let explanation = """
        Exit codes: 0 done, 1 what was named is not there or nothing was done, 64 wrong usage, 65 a file is damaged or has \
        errors, 66 a file, a store or the input is not there, 69 a port is in use or another Lotse has the folder, 70 a \
        fault in Lotse, 73 a file or folder cannot be made, 74 reading or writing failed, 75 busy, try again, 77 no \
        permission, 78 the configuration is not there or has errors.
        """

    /// Whether starting again can help without anybody doing something.
    var mayPass: Bool {
        switch self {
        case .unavailable, .fault, .inputOutput, .temporary, .refused, .done: true
        case .usage, .badData, .noInput, .cannotMake, .noPermission, .configuration: false
        }
    }

    init(_ error: any Error) {
        self =
            switch error {
            case let error as CommandError: error.status
            case let problems as FileProblems:
                problems.problems.contains(where: \.isUnreadable) ? .noInput : .badData
            case let error as StoreError: ExitReason(error)
            case let error as BackupError: ExitReason(error)
            case let error as IRCListenerError: ExitReason(error)
            case let error as HTTPListenerError: ExitReason(error)
            case let error as AccountError: ExitReason(error)
            case let error as ControlError: ExitReason(error)
            case is SecretFile.Failure, is WebhookKeyFile.Failure, is WebhookKey.Flaw, is IRCClientError: .configuration
            case is CocoaError, is POSIXError: .inputOutput
            default: .fault
            }
    }

    private init(_ error: StoreError) {
        self =
            switch error {
            case .conflict, .alreadyStored, .busy: .temporary
            case .invalidChange: .fault
            case .diskFull, .failed, .unsure: .inputOutput
            case .readOnly, .noPermission: .noPermission
            case .gone, .missing: .noInput
            case .corrupt, .olderSchema, .newerSchema: .badData
            case .inUse: .unavailable
            case .cannotMake: .cannotMake
            }
    }

    private init(_ error: BackupError) {
        self =
            switch error {
            case .store(let error): ExitReason(error)
            case .exists, .occupied: .cannotMake
            case .unusable: .badData
            }
    }

    private init(_ error: IRCListenerError) {
        self =
            switch error {
            case .portInUse, .cannotListen: .unavailable
            case .plaintextNotAllowed, .unusableCertificate, .unusableAccounts, .invalidName: .configuration
            case .unusableRooms: .badData
            }
    }

    private init(_ error: ControlError) {
        self =
            switch error {
            case .nobody, .noAnswer: .unavailable
            case .notPermitted: .noPermission
            case .system: .inputOutput
            }
    }

    private init(_ error: HTTPListenerError) {
        switch error {
        case .portInUse, .cannotListen: self = .unavailable
        }
    }

    private init(_ error: AccountError) {
        self =
            switch error {
            case .invalidName, .unusablePassword: .usage
            case .unreadable, .unwritable, .readableByOthers: .noPermission
            case .malformed: .badData
            }
    }
}
