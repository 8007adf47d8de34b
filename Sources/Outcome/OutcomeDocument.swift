public import DialogEngine
public import FoundationEssentials
public import Wording

/// A session written down in one format: the text of a file, with the name to give it.
///
/// | format     | what it is                                         | audience unless told otherwise                      |
/// |------------|----------------------------------------------------|-----------------------------------------------------|
/// | `markdown` | the minutes: everything, with votes and objections | the group: internal questions, marked as such       |
/// | `html`     | the summary on a page in the shape of the guide    | others: internal questions masked                   |
/// | `json`     | all records, see ``jsonSchema``                    | the group                                           |
/// | `csv`      | the organisations, for a spreadsheet               | others                                              |
/// | `ics`      | dated tasks, contacts and questions to experts     | others, as calendars in a town hall are often shared |
/// | `svg`      | the map of the network as a picture                | others                                              |
/// | `large`    | the summary in large print, on upright pages       | others                                              |
/// | `dot`      | the map as a graph, for Graphviz                   | others                                              |
///
/// Without names no name, organisation or identity of a person who takes part is written, whatever the format. Only
/// what is a record can be taken out: a name that somebody typed into the text of a contribution stays there.
public struct OutcomeDocument: Hashable, Sendable {
    public let format: OutcomeFormat
    /// A name of lower-case ASCII letters, digits and hyphens, such as `stadtbaeume-protokoll.md`.
    public let fileName: String
    /// The file's content; UTF-8 when written.
    public let text: String

    /// Who is going to read it.
    public enum Audience: String, Hashable, Sendable, CaseIterable {
        /// The group itself, which sees its internal questions.
        case group
        /// Anybody else, from whom internal questions are masked.
        case shared
    }

    public struct Options: Hashable, Sendable {
        /// Whether the people who take part are named.
        public var withNames: Bool
        /// Nil for the audience that the format is meant for.
        public var audience: Audience?
        /// The time zone of every day and clock time that people read.
        public var timeZone: TimeZone

        public init(withNames: Bool, audience: Audience? = nil, timeZone: TimeZone) {
            self.withNames = withNames
            self.audience = audience
            self.timeZone = timeZone
        }
    }

    /// Writes `session` in the language of `phrasebook`: the same bytes whenever it is asked for, until it changes.
    public static func render(
        _ session: Session, as format: OutcomeFormat, in phrasebook: Phrasebook, options: Options
    ) -> OutcomeDocument {
        let words = Words(phrasebook: phrasebook, timeZone: options.timeZone)
        let audience = options.audience ?? format.usualAudience
        let report = Report(session, for: audience, words: words, options: options)
        let text =
            switch format {
            case .markdown: MarkdownMinutes(report: report, words: words).text
            case .html: HTMLSummary(report: report, words: words, isLarge: words.language.isSimple).text
            case .large: HTMLSummary(report: report, words: words, isLarge: true).text
            case .json: JSONRecords(report: report, timeZone: options.timeZone).text
            case .csv: CSVOrganisations(report: report, words: words).text
            case .ics: CalendarDates(report: report, words: words).text
            case .svg: NetworkMapSVG(NetworkMap(report: report, words: words)).text
            case .dot: NetworkMapDOT(map: NetworkMap(report: report, words: words)).text
            }
        return OutcomeDocument(
            format: format, fileName: fileName(of: report, as: format, audience: audience, words: words), text: text)
    }

    /// The session's name and what the document is; what departs from the usual is said, so that files do not mix.
    private static func fileName(
        of report: Report, as format: OutcomeFormat, audience: Audience, words: Words
    ) -> String {
        var parts = [report.title.slug(limit: 60), words[format.title].slug(limit: 40)]
        if !report.withNames { parts.append(words[.withoutNames].slug(limit: 40)) }
        if audience != format.usualAudience {
            parts.append(words[audience == .group ? .internal : .forSharing].slug(limit: 40))
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "-") + ".\(format.fileEnding)"
    }
}

extension OutcomeFormat {
    /// Whom a document of this format is for, where nobody says otherwise.
    public var usualAudience: OutcomeDocument.Audience {
        switch self {
        case .markdown, .json: .group
        case .html, .large, .csv, .ics, .svg, .dot: .shared
        }
    }

    fileprivate var title: Term {
        switch self {
        case .markdown: .minutes
        case .html: .summary
        case .large: .largePrint
        case .json: .data
        case .csv: .organisations
        case .ics: .calendar
        case .svg, .dot: .map
        }
    }
}

extension String {
    /// The text as a part of a file name: lower-case ASCII letters and digits, words joined by hyphens.
    func slug(limit: Int) -> String {
        let words = split { !$0.isLetter && !$0.isNumber }.map { word in
            word.folded.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        let slug = words.filter { !$0.isEmpty }.joined(separator: "-").prefix(limit)
        return String(slug.last == "-" ? slug.dropLast() : slug)
    }
}
