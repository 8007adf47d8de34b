import DialogFiles
import Facilitation
import Foundation
import Logging
import Synchronization
import Wording

/// What a running Lotse reads again, at SIGHUP and for `lotse reload`: the wording, the guides, and the configuration with
/// the secrets that it names. Where one of them has problems, what was read before stays in use.
final class Reloading: Sendable {
    private let installation: Installation
    /// The configuration's place and file; nil for the embedded default.
    private let source: (place: Place, file: String)?
    /// The folder of the wording, and the files of the guides, of the embedded default.
    private let wording: String
    private let guides: [String]
    private let present: Mutex<Steward.Means>
    private let logger: Logger

    init(
        _ installation: Installation, present: Steward.Means, source: (place: Place, file: String)?, wording: String,
        guides: [String], logger: Logger
    ) {
        self.installation = installation
        self.present = Mutex(present)
        self.source = source
        self.wording = wording
        self.guides = guides
        self.logger = logger
    }

    /// What is spoken and configured now.
    var means: Steward.Means { present.withLock(\.self) }

    /// Reads everything again; tells the log and whoever asked what came of it.
    func reload() async -> Answer {
        let settings = source.map { $0.place.checked($0.file) }
        var problems = (settings?.problems ?? []).filter { $0.severity == .error }
        for problem in problems { logger.error("the configuration has problems: \(problem.heading)") }
        problems += readWording(settings?.value ?? means.settings)
        problems += readGuides(settings?.value ?? means.settings)
        var news: [String] = []
        if let settings = settings?.value {
            do {
                news = try await use(settings)
            } catch {
                logger.error("the configuration was not taken", metadata: ["reason": "\(error)"])
                problems.append(Problem(.error, file: source?.file ?? "", what: "is not taken: \(error)"))
            }
        }
        let text = (["The configuration, the wording and the guides were read again."] + news).joined(separator: "\n")
        guard !problems.isEmpty else { return Answer(text: text) }
        return Answer(note: "\(FileProblems(problems))\nWhat was read before stays in use.", code: 78)
    }

    /// Returns what is new, for the operator.
    private func use(_ settings: Configuration) async throws -> [String] {
        let before = means.settings
        try await installation.use(settings, means.interpreter())
        present.withLock { present in
            present.settings = settings
            present.groups = settings.groups.map(\.name)
        }
        logger.info("the configuration was read again")
        guard let before else { return [] }
        let news = before.news(in: settings)
        for new in news { logger.info("\(new)") }
        let rest = before.needingRestart(for: settings)
        guard !rest.isEmpty else { return news }
        let advice = "counts from the next start only: \(rest.joined(separator: ", "))"
        logger.warning("\(advice)")
        return news + [advice.prefix(1).uppercased() + advice.dropFirst()]
    }

    private func readWording(_ settings: Configuration?) -> [Problem] {
        let folder = settings.flatMap { settings in settings.wording ?? settings.dialogs.map { "\($0)/wording" } }
        do throws(FileProblems) {
            let zone = settings?.timeZone ?? .current
            let interpreter = try Wiring.interpreter(
                folder: folder ?? wording, zone, operatorName: settings?.operatorName)
            installation.facilitator.use(interpreter)
            present.withLock { $0.interpreter = { interpreter } }
            logger.info("the wording was read again")
            return []
        } catch {
            logger.error("the wording has problems; the old one stays in use\n\(error)")
            return error.problems
        }
    }

    private func readGuides(_ settings: Configuration?) -> [Problem] {
        let files = settings.map { settings in
            let folder = settings.dialogs ?? (try? Places.dialogs())
            return Set(settings.groups.compactMap { group in folder.map { Places.guide(group.guide, in: $0) } })
                .sorted()
        }
        let checked = (files ?? guides).map { DialogFile.check($0) }
        let problems = checked.filter { $0.value == nil }.flatMap(\.problems)
        if !problems.isEmpty {
            logger.error("a guide has problems; the old one stays in use\n\(FileProblems(problems))")
        }
        installation.facilitator.use(checked.compactMap(\.value), at: Date())
        logger.info("the guides were read again")
        return problems
    }
}
