import Testing

@Suite("The command line")
struct CommandLineTests {
    @Test(
        "what cannot be done is refused with what can",
        arguments: [
            (["--port", "99999"], "allowed: 1 to 65535"),
            (["--state", "/etc/passwd"], "is a file; name the folder"),
            (["sessions", "--state", "/nowhere"], "name the folder with --state"),
            (["rehearse", "retrospectiv"], "did you mean \"retrospektive\"?"),
            (["rehearse", "retrospektive", "--language", "fr"], "it has: en, de"),
            (["rehearse", "retrospektive", "--record", "/nowhere/file"], "cannot write /nowhere/file"),
            (["rehearse", "retrospektive", "--time-zone", "Musterow"], "for example: Europe/Berlin"),
            (["check", "/tmp"], "is a folder"),
        ])
    func refuses(_ arguments: [String], _ answer: String) async throws {
        try await withProgram(arguments) { lotse in
            try lotse.endInput()
            let ending = await lotse.ending()
            #expect(ending.code != 0 && ending.errors.contains(answer), "\(ending)")
        }
    }

    @Test("beside a running session, options that cannot change it say so, and a guide that is not there is an error")
    func tellsWhatHasNoEffect() async throws {
        let place = try Workplace()
        let arguments = place.arguments()
        _ = try await end(arguments)
        let noted = try await end(arguments + ["--language", "en", "--name", "Berta"])
        #expect(noted.code == 0)
        #expect(noted.errors.contains("!sprache en") && noted.errors.contains("!hier Berta"))
        let refused = try await end(arguments + ["--guide", "quatsch"])
        #expect(refused.code != 0 && refused.errors.contains("there is no guide quatsch"))
    }

    @Test("a session that is not there is answered with the one that was meant, also by a Lotse that runs")
    func looksAtTheStore() async throws {
        let place = try Workplace()
        let (folder, arguments) = (place.folder, place.arguments())
        try await withProgram(arguments) { lotse in
            _ = await lotse.line(containing: "Problem")
            let shown = try await end(["show", "lotse", "--state", folder])
            #expect(shown.errors.contains("did you mean \"lotse-"))
        }
    }

    private func end(_ arguments: [String]) async throws -> Program.Ending {
        try await withProgram(arguments) { lotse in
            try lotse.endInput()
            return await lotse.ending()
        }
    }
}
