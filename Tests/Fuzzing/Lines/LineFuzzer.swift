import DialogEngine
import DialogFiles
import Foundation
import Wording

/// What libFuzzer calls with bytes of its choice: they are read as a chat line, in every language, and as a date.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    for language in ["de", "de-simple", "en"] {
        _ = readers.lines.read(text, at: now, in: Language(rawValue: language))
    }
    if case .due(let due) = readers.dates.read(text, now: now) {
        precondition(due.reminder <= due.moment, "\(text) reminds after it is due")
        precondition(due.moment > now.addingTimeInterval(-86_400), "\(text) is over")
    }
    return 0
}

private let now = Date(timeIntervalSince1970: 1_795_370_400)

/// Read once; `LOTSE_DIALOGS` says where the wording is.
private let readers: (lines: LineReader, dates: DateReader) = {
    let folder = (ProcessInfo.processInfo.environment["LOTSE_DIALOGS"] ?? "Dialogs") + "/wording"
    guard let phrasebooks = try? WordingFiles.read(folder: folder), let zone = TimeZone(identifier: "Europe/Berlin")
    else { fatalError("no wording in \(folder)") }
    return (
        LineReader(phrasebooks: phrasebooks, botName: "lotse", timeZone: zone),
        DateReader(phrasebooks: phrasebooks, timeZone: zone)
    )
}()
