import DialogEngine
import DialogFiles
import Foundation
import Testing
import Wording

/// The guide and the wording that are shipped.
enum Guide {
    static let german = Language(rawValue: "de")
    static let english = Language(rawValue: "en")

    /// Read once for all tests.
    private static let dialogFile = Result { try DialogFile.read("\(top)/Dialogs/kommunale-netzwerke.yaml") }
    private static let wordingFiles = Result {
        try [german, Language(rawValue: "de-simple"), english].map {
            try WordingFile.read("\(top)/Dialogs/wording/\($0.rawValue).yaml")
        }
    }

    static func dialog() throws -> Dialog { try dialogFile.get() }

    static func phrasebook(_ language: Language) throws -> Phrasebook {
        try #require(try wordingFiles.get().first { $0.language == language })
    }

    /// The top folder of the sources.
    private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()
}
