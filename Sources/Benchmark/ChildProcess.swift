import Foundation

/// A started program, of which the kernel is asked what it cost.
struct ChildProcess {
    struct Ended {
        /// User and system time, in seconds.
        let cpu: Double
        /// The largest resident set, in bytes.
        let memory: Int
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let id: pid_t
    private let path: String

    /// Starts the program at `path` with files as its standard input and output.
    ///
    /// Not Foundation's `Process`, which waits for its child itself and keeps its costs to itself.
    init(_ path: String, _ arguments: [String], input: String, output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var id = pid_t()
        let code = posix_spawn(&id, path, &actions, nil, &words, environ)
        guard code == 0 else { throw Failure(description: "\(path): \(String(cString: strerror(code)))") }
        self.id = id
        self.path = path
    }

    func wait() throws -> Ended {
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(id, &status, 0, &usage) == id, status == 0 else {
            throw Failure(description: "\(path) ended with status \(status)")
        }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        // Linux counts the resident set in kilobytes, see getrusage(2).
        return Ended(cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory: usage.ru_maxrss * 1024)
    }
}
