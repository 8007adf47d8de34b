import Foundation

/// A started program, of which the kernel is asked what it cost.
struct ChildProcess: ~Copyable {
    struct Ended {
        /// User and system time, in seconds.
        let cpu: Double
        /// The largest resident set, in bytes.
        let memory: Int
    }

    private let id: pid_t
    private let path: String
    /// The program's standard input, which it waits for until ``end()``.
    private let input: CInt

    /// The path of a program that was built together with the benchmark.
    static func beside(_ program: String) -> String {
        let own = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return own.deletingLastPathComponent().appending(path: program).path
    }

    /// Not Foundation's `Process`, which waits for its child itself and keeps its costs to itself.
    init(_ path: String, _ arguments: [String]) throws {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure("no pipe: \(String(cString: strerror(errno)))") }
        // Else the program would hold its own input open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id = pid_t()
        let code = posix_spawn(&id, path, &actions, nil, &words, environ)
        guard code == 0 else { throw Failure("\(path): \(String(cString: strerror(code)))") }
        self.id = id
        self.path = path
        input = ends[1]
    }

    /// Ends the program by the end of its input, and waits for it.
    consuming func end() throws -> Ended {
        close(input)
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(id, &status, 0, &usage) == id, status == 0 else {
            throw Failure("\(path) ended with status \(status)")
        }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        // Linux counts the resident set in kilobytes, see getrusage(2).
        return Ended(cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory: usage.ru_maxrss * 1024)
    }
}

/// Why a measurement is none.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
