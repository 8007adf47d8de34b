import Foundation

/// A program that is measured; it lies beside the benchmark.
struct Contender {
    /// What one answer costs.
    struct Cost {
        let microseconds: Double
        /// The most memory that the program had at a time, in bytes; no less than the benchmark's own, from which it came.
        let memory: Int
        let answersPerSecond: Double
    }

    let name: String
    private let program: String
    private let arguments: (_ store: String, _ port: String) -> [String]

    init(_ name: String, program: String, arguments: @escaping (_ store: String, _ port: String) -> [String]) {
        self.name = name
        self.program = program
        self.arguments = arguments
    }

    /// What is left when one answer of each group, with all that starting and stopping costs, is taken off.
    func cost(of load: Load, in folder: String) throws -> Cost {
        let idle = try run(Load(groups: load.groups, answers: 1, window: 1), in: folder)
        let busy = try run(load, in: folder)
        let answers = Double(load.groups * (load.answers - 1))
        return Cost(
            microseconds: (busy.cpu - idle.cpu) / answers * 1_000_000, memory: busy.memory,
            answersPerSecond: answers / max(busy.wall - idle.wall, 0.000_001))
    }

    private func run(_ load: Load, in folder: String) throws -> (cpu: Double, wall: Double, memory: Int) {
        let port = try freePort()
        let process = try ChildProcess(
            ChildProcess.beside(program), arguments("\(folder)/\(UUID().uuidString)", "\(port)"))
        let begin = ContinuousClock.now
        let failure = load.put(on: port)
        let wall = (ContinuousClock.now - begin) / .seconds(1)
        let ended = try process.end()
        if let failure { throw failure }
        return (ended.cpu, wall, ended.memory)
    }

}

/// A port of this machine on which nobody listens.
func freePort() throws -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = Foundation.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    let isBound = withUnsafeMutableBytes(of: &address) {
        let pointer = $0.assumingMemoryBound(to: sockaddr.self).baseAddress!
        return bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0
    }
    guard isBound else { throw Failure("no free port") }
    return Int(in_port_t(bigEndian: address.sin_port))
}
