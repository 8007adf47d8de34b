import DialogFiles
import Facilitation
import Foundation
import Logging
import Synchronization
import Wording

/// What a running Lotse reads again, at SIGHUP and for `lotse reload`. Where a file has problems, what was read before stays
/// in use.
final class Reloading: Sendable {
    private let facilitator: Facilitator
    private let logger: Logger
    private let wording: String
    private let guides: [String]
    private let present: Mutex<Steward.Means>

    /// - Parameters:
    ///   - present: what is in use at the start.
    ///   - wording: the folder of the wording.
    ///   - guides: the files of the guides.
    init(
        _ facilitator: Facilitator, present: Steward.Means, wording: String, guides: [String], logger: Logger
    ) {
        self.facilitator = facilitator
        self.present = Mutex(present)
        self.wording = wording
        self.guides = guides
        self.logger = logger
    }

    /// What is spoken and configured now.
    var means: Steward.Means { present.withLock(\.self) }

    /// Reads everything again; tells the log and whoever asked what came of it.
    func reload() async -> Answer {
        var problems: [Problem] = []
        problems += readWording()
        problems += readGuides()
        guard !problems.isEmpty else { return Answer(text: "The wording and the guides were read again.") }
        return Answer(note: "\(FileProblems(problems))\nWhat was read before stays in use.", code: 78)
    }

    private func readWording() -> [Problem] {
        let zone = means.settings?.timeZone ?? .current
        do throws(FileProblems) {
            let interpreter = try Wiring.interpreter(
                folder: wording, zone, operatorName: means.settings?.operatorName)
            facilitator.use(interpreter)
            present.withLock { $0.interpreter = { interpreter } }
            logger.info("the wording was read again")
            return []
        } catch {
            logger.error("the wording has problems; the old one stays in use\n\(error)")
            return error.problems
        }
    }

    private func readGuides() -> [Problem] {
        let checked = guides.map { DialogFile.check($0) }
        let problems = checked.filter { $0.value == nil }.flatMap(\.problems)
        if !problems.isEmpty {
            logger.error("a guide has problems; the old one stays in use\n\(FileProblems(problems))")
        }
        facilitator.use(checked.compactMap(\.value), at: Date())
        logger.info("the guides were read again")
        return problems
    }
}
