import DialogEngine
import Foundation

extension Session {
    /// Everything a snapshot holds, in a form that can be compared.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
