public import ArgumentParser
public import DialogEngine
import Foundation
public import Outcome

/// `lotse export`: hands a session over in one format.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a session down; also while Lotse is running.",
        discussion: """
            md    the minutes, with votes, objections and open points
            html  the summary on one page, for print and screen
            large the same in large print
            json  all records (--schema prints the schema)
            csv   the organisations, for a spreadsheet
            ics   tasks, contacts and dates with experts, for a calendar
            svg   the map of the network as a picture, for the wall
            dot   the same as a graph, for Graphviz
            """)

    @Argument(help: "The session, as `lotse sessions` lists it.")
    var session: String?

    @Option(name: .long, help: "md, html, large, json, csv, ics, svg or dot; else md.")
    var format: OutcomeFormat?

    @Flag(name: .long, help: "The summary in large print, on upright A4 pages; the same as --format large.")
    var large = false

    @Flag(name: .long, help: "Leave out the names of the people who took part.")
    var withoutNames = false

    @Option(
        name: .long, help: "For whom: group (with internal questions) or shared (without); else as the format is meant."
    )
    var audience: OutcomeDocument.Audience?

    @Option(name: .long, help: "The language; else the session's.")
    var language: String?

    @Option(name: .shortAndLong, help: "The file to write; else it is printed.")
    var output: String?

    @Flag(name: .long, help: "Print the JSON Schema of the json format, and nothing else.")
    var schema = false

    @OptionGroup var place: PlaceOptions
    @OptionGroup var dialogs: DialogOptions

    func validate() throws {
        guard !large || format == nil || format == .html || format == .large else {
            throw ValidationError("Only the summary (html) is there in large print.")
        }
        guard schema || session != nil else { throw ValidationError("Name a session. See: lotse sessions") }
    }

    func run() async throws {
        guard !schema, let id = session else { return print(OutcomeDocument.jsonSchema) }
        let answer = try await place.lotse(dialogs: dialogs).answer(
            to: ExportOperation(
                session: id, format: large ? .large : format ?? .markdown, withNames: !withoutNames, audience: audience,
                language: language.map { Language(rawValue: $0) }))
        guard let output else { return print(answer.text, terminator: "") }
        try Data(answer.text.utf8).write(toFile: output)
    }
}

extension OutcomeFormat: ExpressibleByArgument {}
extension OutcomeDocument.Audience: ExpressibleByArgument {}

extension OutcomeDocument.Audience: Codable {}
