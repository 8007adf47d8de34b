/// What a guide knows of networks: which question collects which part, and the guide's own words for them.
///
/// Everything is optional; what a guide does not name, Lotse does not do.
public struct NetworkGuide: Hashable, Sendable, Codable {
    /// The question whose answer stands in the middle of the map.
    public let mission: Question.ID?
    public let resources: Question.ID?
    public let steps: Question.ID?
    public let hurdles: Question.ID?
    public let positions: [NetworkPosition: Question.ID]
    public let tasks: Question.ID?
    public let benefits: Question.ID?
    /// The parts of society that organisations may belong to.
    public let spheres: [AnswerShape.Label]
    /// The ways of meeting that the guide suggests for contacts.
    public let formats: [AnswerShape.Label]
    public let factors: [SuccessFactor]
    /// The words by which names are compared and told apart; nil in guides that were stored before there were some.
    public let names: NameWords?

    public init(
        mission: Question.ID? = nil, resources: Question.ID? = nil, steps: Question.ID? = nil,
        hurdles: Question.ID? = nil, positions: [NetworkPosition: Question.ID] = [:], tasks: Question.ID? = nil,
        benefits: Question.ID? = nil, spheres: [AnswerShape.Label] = [], formats: [AnswerShape.Label] = [],
        factors: [SuccessFactor] = [], names: NameWords? = nil
    ) {
        self.mission = mission
        self.resources = resources
        self.steps = steps
        self.hurdles = hurdles
        self.positions = positions
        self.tasks = tasks
        self.benefits = benefits
        self.spheres = spheres
        self.formats = formats
        self.factors = factors
        self.names = names
    }

    /// The position that is asked for at `question`.
    package func position(at question: Question.ID) -> NetworkPosition? {
        NetworkPosition.allCases.first { positions[$0] == question }
    }
}

/// Words in the names of organisations and people, in the languages of the guide; compared without case and umlauts.
public struct NameWords: Hashable, Sendable, Codable {
    /// Do not count at the beginning of a name.
    public let articles: [String]
    /// Say that something belongs to something else.
    public let links: [String]
    /// Do not count at the end of a name.
    public let legalForms: [String]
    /// The last letters of words that describe what stands behind them.
    public let describingEndings: [String]
    /// Stand before the name of a person.
    public let addresses: [String]
    /// Tell lists of names from commas within one; nil in guides that were stored before there were some, where every comma
    /// separates, so that their sessions read as they did.
    public let lists: Lists?

    public init(
        articles: [String] = [], links: [String] = [], legalForms: [String] = [], describingEndings: [String] = [],
        addresses: [String] = [], lists: Lists? = nil
    ) {
        self.articles = articles
        self.links = links
        self.legalForms = legalForms
        self.describingEndings = describingEndings
        self.addresses = addresses
        self.lists = lists
    }

    /// Words by which ``NameList`` tells a list of names from one name.
    public struct Lists: Hashable, Sendable, Codable {
        /// Stand before the last part of a list: »und«.
        public let conjunctions: [String]
        /// Stand before the subjects of an office: »für«.
        public let topics: [String]
        /// Offices that are called after their subjects, also as the ends of words: »Amt«, »Dezernat«.
        public let offices: [String]
        /// Ends of words that call an organisation: »werke«, »verein«.
        public let organisations: [String]

        public init(
            conjunctions: [String] = [], topics: [String] = [], offices: [String] = [], organisations: [String] = []
        ) {
            self.conjunctions = conjunctions
            self.topics = topics
            self.offices = offices
            self.organisations = organisations
        }
    }

    static let none = NameWords()
}

/// What an organisation is to the group; it can have several positions.
public enum NetworkPosition: String, Hashable, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
    /// The group works with it already.
    case partner
    case supporter
    /// It can bring something that the group needs.
    case holder
    /// The group needs it and does not have it yet.
    case missing
    /// It may be against the project.
    case opponent
}

/// Something without which networks do not last; shown with the answers that support it, never with a score.
public struct SuccessFactor: Hashable, Sendable, Codable {
    public let id: String
    public let title: LocalizedText
    /// The questions whose answers support it.
    public let questions: [Question.ID]
    /// The id of the sphere whose organisations support it.
    public let sphere: String?

    public init(id: String, title: LocalizedText, questions: [Question.ID], sphere: String? = nil) {
        self.id = id
        self.title = title
        self.questions = questions
        self.sphere = sphere
    }
}

extension Dialog {
    /// The kind of records that the entries of `question` are; nil where they are none.
    func recordKind(of question: Question) -> RecordID.Kind? {
        if question.answer.form == .organisations { return .organisation }
        switch question.id {
        case network?.resources: return .resource
        case network?.steps: return .step
        case network?.hurdles: return .hurdle
        default: return nil
        }
    }
}
