import DialogFiles
import Foundation
import Wording

/// The wording that Lotse ships, as the tests read it.
enum ShippedWording {
    static let timeZone = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    static var phrasebooks: [Phrasebook] {
        get throws {
            let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return try WordingFiles.read(folder: package.appendingPathComponent("Dialogs/wording").path)
        }
    }

    /// A moment in Berlin, such as `2026-11-22 19:00`.
    static func moment(_ text: String) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        let components = DateComponents(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
            second: parts.count > 5 ? parts[5] : 0)
        return calendar.date(from: components) ?? .distantPast
    }
}
