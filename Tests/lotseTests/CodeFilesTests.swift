import Foundation
import Testing

@testable import lotse

@Suite("One-time codes as files")
struct CodeFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "lotse-codes-\(UUID())")
    private let now = Date(timeIntervalSince1970: 1_795_370_400)

    private var codes: CodeFiles { CodeFiles(folder: folder.appending(path: "codes").path) }

    private func prepared(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body()
    }

    @Test("a code is good for its group, for ten minutes, and once, however it is typed")
    func life() throws {
        try prepared {
            let code = try codes.make(for: "Stadtbäume", at: now)
            #expect(code.filter { $0 != "-" }.count == 32)
            #expect(try codes.make(for: "Stadtbäume", at: now) != code)
            #expect(codes.group(of: code.uppercased(), at: now) == "Stadtbäume")
            #expect(codes.group(of: code, at: now.addingTimeInterval(599)) == "Stadtbäume")
            #expect(codes.group(of: code, at: now.addingTimeInterval(600)) == nil)
            #expect(codes.void(code.filter { $0 != "-" }))
            #expect(!codes.void(code))
            #expect(codes.group(of: code, at: now) == nil)
        }
    }

    @Test("neither the code nor anything it could be guessed by stands in the folder, which only its owner can enter")
    func secrecy() throws {
        try prepared {
            let code = try codes.make(for: "eins", at: now)
            let files = FileManager.default
            let names = try files.contentsOfDirectory(atPath: codes.folder)
            #expect(names.count == 1 && names[0].count == 64)
            let path = "\(codes.folder)/\(names[0])"
            let content = String(decoding: files.contents(atPath: path) ?? Data(), as: UTF8.self)
            #expect(!content.contains(code))
            #expect(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            #expect(try files.attributesOfItem(atPath: codes.folder)[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test(
        "what somebody types in the place of a code reaches no other file",
        arguments: ["", "../../x", "/etc/passwd", "💥"])
    func nonsense(_ typed: String) throws {
        try prepared {
            _ = try codes.make(for: "eins", at: now)
            #expect(codes.group(of: typed, at: now) == nil)
            #expect(!codes.void(typed))
        }
    }

    @Test("making a code removes those that are too old")
    func tidiness() throws {
        try prepared {
            _ = try codes.make(for: "eins", at: now)
            _ = try codes.make(for: "eins", at: now.addingTimeInterval(601))
            #expect(try FileManager.default.contentsOfDirectory(atPath: codes.folder).count == 1)
        }
    }
}
