import CCallgrind
import Foundation

/// How many instructions each kind of line takes, counted by valgrind's callgrind: the same on a busy machine as on an idle one.
///
/// The benchmark runs itself under callgrind, which counts while a line is dealt with and not while a session is prepared.
/// The limits stand in a file; a kind that takes a tenth more than its limit is too dear, and so is a line that takes half as
/// much again beside thirty times as much of something.
struct InstructionBenchmark {
    private static let lines = 10
    /// What a line may take beside many, as a multiple of what it takes beside few.
    private static let growth = 1.5
    private static let sizes = (few: 10, many: 300)

    private static var kinds: [LineKind] {
        LineKind.all
            + PreparedConversation.Sort.allCases.flatMap {
                [LineKind.growing(sizes.few, $0), .growing(sizes.many, $0)]
            }
    }

    /// Counts, shows, and compares with the limits in `file`; writes them there where `isWriting`.
    func run(limits file: String?, isWriting: Bool, in folder: String) throws {
        let counts = try count(in: folder)
        let limits = try file.map { isWriting ? [:] : try Self.limits(in: $0) } ?? [:]
        var faults: [String] = []
        for kind in Self.kinds {
            guard let count = counts[kind.name] else { throw Failure("callgrind did not count »\(kind.name)«") }
            let limit = limits[kind.name]
            print(
                kind.name.padding(toLength: 36, withPad: " ", startingAt: 0) + Self.number(count)
                    + (limit.map { " of " + Self.number($0) } ?? ""))
            if let limit, Double(count) > Double(limit) * 1.1 {
                faults.append("»\(kind.name)« takes \(count) instructions; its limit is \(limit)")
            }
            if file != nil, !isWriting, limit == nil { faults.append("»\(kind.name)« has no limit") }
        }
        for sort in PreparedConversation.Sort.allCases {
            let (few, many) = (
                LineKind.growing(Self.sizes.few, sort).name, LineKind.growing(Self.sizes.many, sort).name
            )
            guard let few = counts[few], let many = counts[many], Double(many) > Double(few) * Self.growth else {
                continue
            }
            faults.append(
                "a line takes \(many) instructions beside \(Self.sizes.many) \(sort.rawValue), \(few) beside \(Self.sizes.few)"
            )
        }
        if isWriting, let file { try Self.write(counts, to: file) }
        guard faults.isEmpty else { throw Failure(faults.joined(separator: "\nbenchmark: ")) }
    }

    /// Says the lines of each kind; what callgrind runs.
    static func sayLines(in folder: String) async throws {
        let files = try ShippedFiles()
        for kind in kinds {
            var bench = try await kind.workbench(files, in: folder)
            // What is made once is made before.
            await bench.say((0..<2).map { kind.line($0) })
            callgrind_begin()
            await bench.say((0..<lines).map { kind.line(2 + $0) })
            callgrind_end(kind.name)
            try await bench.close()
        }
    }

    private func count(in folder: String) throws -> [String: Int] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=\(folder)/callgrind",
            ChildProcess.beside("benchmark"), "lines", folder,
        ]
        // Else the order of what lies in sets and dictionaries differs from run to run, and with it what is computed.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_DETERMINISTIC_HASHING": "1"]) { $1 }
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("valgrind ended with status \(process.terminationStatus)")
        }
        var counts: [String: Int] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("callgrind.") {
            let lines = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n")
            let trigger = "desc: Trigger: Client Request: "
            guard let kind = lines.first(where: { $0.hasPrefix(trigger) })?.dropFirst(trigger.count),
                let total = lines.first(where: { $0.hasPrefix("totals: ") })?.split(separator: " ").last.flatMap({
                    Int($0)
                })
            else { continue }
            counts[String(kind)] = total / Self.lines
        }
        return counts
    }

    /// Lines of a name, a colon and a number; what begins with `#` is a remark.
    private static func limits(in file: String) throws -> [String: Int] {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let pairs = lines.filter { !$0.hasPrefix("#") }.compactMap { line -> (String, Int)? in
            guard let colon = line.lastIndex(of: ":"),
                let number = Int(line[line.index(after: colon)...].filter(\.isNumber))
            else { return nil }
            return (String(line[..<colon]), number)
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    private static func write(_ counts: [String: Int], to file: String) throws {
        let head = """
            # How many instructions a line of each kind may take in a debug build, its store included and its network not.
            # `benchmark instructions \(file)` counts them, and refuses what takes a tenth more;
            # `benchmark instructions \(file) --write` makes this file anew. Say why in the commit.

            """
        let rows = kinds.map { "\($0.name): \(number(counts[$0.name] ?? 0).drop { $0 == " " })\n" }
        try (head + rows.joined()).write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// With a blank between thousands.
    private static func number(_ number: Int) -> String {
        var digits = String(number)[...]
        var groups: [Substring] = []
        while !digits.isEmpty {
            groups.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        let text = groups.joined(separator: " ")
        return String(repeating: " ", count: max(0, 12 - text.count)) + text
    }
}
