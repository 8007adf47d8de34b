import DialogFiles

extension Configuration {
    /// The configuration to start with, and its warnings; a guide that cannot be used is one of them.
    static func start(
        _ path: String, environment: [String: String], looksAround: Bool = false
    ) -> Checked<Configuration> {
        check(path, environment: environment, isStarting: true, looksAround: looksAround)
    }

    /// The configuration in the file at `path`, if it is good, and every problem.
    ///
    /// Relative paths begin at the folder of the file. With `looksAround` what the file leads to is looked at as well,
    /// such as folders, keys and addresses: everything that would keep `lotse serve` from starting.
    static func check(
        _ path: String, environment: [String: String], isStarting: Bool = false, looksAround: Bool = false
    ) -> Checked<Configuration> {
        do {
            return check(
                try SourceFile.yaml(at: path), file: path, environment: environment, isStarting: isStarting,
                looksAround: looksAround)
        } catch {
            return Checked(nil, problems: error.problems)
        }
    }

    /// The folder of the state as the file at `path` says it, even where other things are wrong with it; nil where it does
    /// not say it. Throws where it cannot be read.
    static func stateFolder(in path: String, environment: [String: String]) throws -> String? {
        let source = SourceText(try SourceFile.yaml(at: path), file: path)
        var reader = ConfigurationReader(source, environment: environment)
        return reader.stateFolder()
    }

    /// The configuration in `bytes`; `file` names them in problems.
    static func check(
        _ bytes: [UInt8], file: String, environment: [String: String], isStarting: Bool = false,
        looksAround: Bool = false
    ) -> Checked<Configuration> {
        var reader = ConfigurationReader(
            SourceText(bytes, file: file), environment: environment, isStarting: isStarting, looksAround: looksAround)
        let configuration = reader.configuration()
        return Checked(configuration, problems: reader.file.sortedProblems)
    }
}
