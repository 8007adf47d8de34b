/// A guide: the steps and questions that a group is led through, in all its languages.
///
/// A dialog is plain data, read from one file in `Dialogs/`. No code knows a particular guide.
public struct Dialog: Hashable, Sendable, Codable {
    /// The guide's short name, as in its file name.
    public let id: String
    /// The version its authors gave it.
    public let version: String
    /// SHA-256 of the file's bytes in lower-case hexadecimal; a running session keeps the dialog with this hash.
    public let contentHash: String
    /// The languages every text of the guide is complete in; the first is the default.
    public let languages: [Language]
    public let title: LocalizedText
    /// The sentence behind the greeting when a session begins.
    public let introduction: LocalizedText
    /// What the guide says of itself, for whoever asks.
    public let about: LocalizedText
    /// What the bot says about the way onward when a session ends.
    public let closing: LocalizedText
    /// Who wrote the questions, printed with every outcome.
    public let attribution: String
    public let steps: [Step]
    public let questions: [Question]
    /// The sequences in which the questions may be asked; the first is the default.
    public let orders: [Order]
    /// What the questions collect for a network, where the guide is about one.
    public let network: NetworkGuide?
    /// Questions of former versions, which a session keeps because something was said to them; in no order.
    public let formerQuestions: [Question]?

    public init(
        id: String, version: String, contentHash: String, languages: [Language], title: LocalizedText,
        introduction: LocalizedText, about: LocalizedText, closing: LocalizedText, attribution: String,
        steps: [Step], questions: [Question], orders: [Order], network: NetworkGuide? = nil,
        formerQuestions: [Question]? = nil
    ) {
        self.id = id
        self.version = version
        self.contentHash = contentHash
        self.languages = languages
        self.title = title
        self.introduction = introduction
        self.about = about
        self.closing = closing
        self.attribution = attribution
        self.steps = steps
        self.questions = questions
        self.orders = orders
        self.network = network
        self.formerQuestions = formerQuestions
    }

    /// One stage of the guide.
    public struct Step: Hashable, Sendable, Codable {
        public typealias ID = String
        public let id: ID
        public let title: LocalizedText
        /// The title on the summary sheet, where it differs.
        public let sheetTitle: LocalizedText?
        public let purpose: LocalizedText

        public init(id: ID, title: LocalizedText, sheetTitle: LocalizedText?, purpose: LocalizedText) {
            self.id = id
            self.title = title
            self.sheetTitle = sheetTitle
            self.purpose = purpose
        }
    }

    /// A sequence of all questions.
    public struct Order: Hashable, Sendable, Codable {
        public typealias ID = String
        public let id: ID
        public let title: LocalizedText
        /// Every question of the dialog exactly once.
        public let questions: [Question.ID]

        public init(id: ID, title: LocalizedText, questions: [Question.ID]) {
            self.id = id
            self.title = title
            self.questions = questions
        }
    }
}

/// One question of a guide.
public struct Question: Hashable, Sendable, Codable {
    /// The step's id and the question's own, joined by a full stop: `describe.problem`.
    public typealias ID = String
    public let id: ID
    public let step: Dialog.Step.ID
    /// The short word that people type, such as `recht`.
    public let key: LocalizedText
    /// The question itself, word for word.
    public let prompt: LocalizedText
    public let help: LocalizedText
    public let example: LocalizedText
    public let answer: AnswerShape
    /// Whether the answer stays with the group: masked in every shared export.
    public let isInternal: Bool

    public init(
        id: ID, step: Dialog.Step.ID, key: LocalizedText, prompt: LocalizedText, help: LocalizedText,
        example: LocalizedText, answer: AnswerShape, isInternal: Bool
    ) {
        self.id = id
        self.step = step
        self.key = key
        self.prompt = prompt
        self.help = help
        self.example = example
        self.answer = answer
        self.isInternal = isInternal
    }
}

extension Question {
    /// Whether `word` is the question's key in any language, not only the beginning of one.
    func hasKey(_ word: String) -> Bool {
        key.all.contains { $0.folded == word.folded }
    }
}

extension Dialog {
    /// The questions that are asked, and behind them those of former versions.
    package var allQuestions: [Question] { questions + (formerQuestions ?? []) }

    package func question(_ id: Question.ID) -> Question? {
        questions.first { $0.id == id } ?? formerQuestions?.first { $0.id == id }
    }

    package func step(_ id: Step.ID) -> Step? {
        steps.first { $0.id == id }
    }

    package func order(_ id: Order.ID) -> Order? {
        orders.first { $0.id == id }
    }

    /// The question that `name` means: its id, its key in any language, or a beginning that only one key has.
    package func question(named name: String) -> Question? {
        let wanted = name.folded
        guard !wanted.isEmpty else { return nil }
        if let exact = question(keyed: name) { return exact }
        let beginning = allQuestions.filter { $0.key.all.contains { $0.folded.hasPrefix(wanted) } }
        return beginning.count == 1 ? beginning[0] : nil
    }

    /// The question whose id or whole key `word` is.
    func question(keyed word: String) -> Question? {
        allQuestions.first { $0.id.folded == word.folded || $0.hasKey(word) }
    }

    /// A question whose key begins with `word` or is nearly spelled like it; nil where that may be chance.
    func question(near word: String) -> Question? {
        let wanted = word.folded
        guard wanted.count > 3 else { return nil }
        return allQuestions.first { question in
            question.key.all.map(\.folded).contains { key in
                key.hasPrefix(wanted) || key.editDistance(to: wanted, upTo: max(1, key.count / 5)) != nil
            }
        }
    }

    /// The step that `name` means: its id, or its number with any word before it (`4`, `schritt4`, `step 4`).
    package func step(named name: String) -> Step? {
        if let step = steps.first(where: { $0.id.folded == name.folded }) { return step }
        guard let number = Int(name.drop { !$0.isNumber }), steps.indices.contains(number - 1) else { return nil }
        return steps[number - 1]
    }
}
