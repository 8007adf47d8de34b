import DialogFiles

extension Configuration {
    /// The configuration in the file at `path`; throws every problem of a file that is not good.
    static func read(_ path: String, environment: [String: String]) throws(FileProblems) -> Configuration {
        try check(path, environment: environment).get()
    }

    /// The configuration in the file at `path`, if it is good, and every problem.
    ///
    /// Relative paths begin at the folder of the file.
    static func check(_ path: String, environment: [String: String]) -> Checked<Configuration> {
        do {
            return check(try SourceFile.yaml(at: path), file: path, environment: environment)
        } catch {
            return Checked(nil, problems: error.problems)
        }
    }

    /// The configuration in `bytes`; `file` names them in problems.
    static func check(_ bytes: [UInt8], file: String, environment: [String: String]) -> Checked<Configuration> {
        var reader = ConfigurationReader(SourceText(bytes, file: file), environment: environment)
        let configuration = reader.configuration()
        return Checked(configuration, problems: reader.file.sortedProblems)
    }
}
