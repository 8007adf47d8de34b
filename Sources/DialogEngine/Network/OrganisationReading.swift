/// The reading and writing of organisations in the text of an answer, where names may contain what else separates them.
///
/// ``spelled(_:)`` is the reverse of ``entries(in:)``: what has to be one name, or one part of an entry, is read back as it was
/// handed over, whatever commas, semicolons and colons are in it.
struct OrganisationReading {
    let shape: AnswerShape
    let words: NameWords
    let lists: NameWords.Lists

    init(shape: AnswerShape, words: NameWords, lists: NameWords.Lists) {
        self.shape = shape
        self.words = words
        self.lists = lists
    }

    /// Nil where `dialog` has no words for it, or `question` asks for no organisations.
    init?(_ question: Question, in dialog: Dialog) {
        guard question.answer.form == .organisations, let words = dialog.network?.names, let lists = words.lists else {
            return nil
        }
        self.init(shape: question.answer, words: words, lists: lists)
    }

    func entries(in text: String) -> [Entry] {
        parts(of: text).flatMap { section, part -> [Entry] in
            if let section { return [Entry(section: section, text: part)] }
            let (subject, names, detail) = columns(of: part)
            let told = detail.map(shape.item)
            return list(names).names.map {
                shape.about == nil
                    ? Entry(kind: told?.kind, text: $0, detail: told?.text)
                    : Entry(subject: subject, text: $0, detail: detail)
            }
        }
    }

    /// The names that may be several, each with the whole text as it is if they are.
    func doubts(in text: String) -> [(name: String, text: String)] {
        parts(of: text).flatMap { section, part -> [(name: String, text: String)] in
            guard section == nil else { return [] }
            // A subject or a detail belongs to each of them.
            return list(columns(of: part).names).doubts.map { doubt in
                let several = doubt.parts.map { part.replacingFirst(doubt.name, by: $0) }.joined(separator: "; ")
                return (doubt.name, text.replacingFirst(part, by: several))
            }
        }
    }

    /// `name`, in quotation marks where it would not be read as one name.
    func spelled(_ name: String) -> String {
        let name = name.split(whereSeparator: \.isNewline).joined(separator: " ")
        let list = list(name)
        let isRead = list.names == [name] && list.doubts.isEmpty && pieces(of: name).count == 1
        return isRead && !name.contains(": ") && !name.hasSuffix(":") && !isLabel(name) && parts(of: name).count == 1
            ? name : Enclosures.enclosing(name)
    }

    /// What is typed between semicolons as one list with commas; nil where that would be read as other names.
    func list(of parts: [String]) -> String? {
        let joined = parts.joined(separator: ", ")
        return list(joined).names == parts.flatMap { list($0).names } ? joined : nil
    }

    /// The name of another question's entry, in quotation marks where it would end early.
    func subject(_ name: String) -> String {
        let isWhole = Enclosures(name).splitAtFirstColon == nil && pieces(of: name) == [name] && !isLabel(name)
        return isWhole ? name : Enclosures.enclosing(name)
    }

    /// Whether a part of the answer is called so.
    private func isLabel(_ name: String) -> Bool {
        shape.sections.contains { $0.matches(name) }
    }

    private func list(_ names: String) -> NameList { NameList(names, knowing: words, lists) }

    /// What stands between line breaks and semicolons, each with the section it stands in.
    private func parts(of text: String) -> [(section: String?, text: String)] {
        text.withoutListMarks.split(whereSeparator: \.isNewline).flatMap { line in
            var section: String?
            return pieces(of: String(line)).compactMap { piece -> (section: String?, text: String)? in
                var rest = piece
                if let (label, after) = Enclosures(piece).splitAtFirstColon, Enclosures.content(of: label) == nil,
                    let match = shape.sections.first(where: { $0.matches(label) })
                {
                    section = match.id
                    rest = after
                }
                return rest.isEmpty ? nil : (section, rest)
            }
        }
    }

    private func pieces(of line: String) -> [String] {
        let line = Enclosures(line)
        return line.split { line.characters[$0] == ";" }.map(\.trimmed).filter { !$0.isEmpty }
    }

    /// The subject, the names and the detail of a part.
    private func columns(of part: String) -> (subject: String?, names: String, detail: String?) {
        guard let (head, tail) = Enclosures(part).splitAtFirstColon, !tail.isEmpty else { return (nil, part, nil) }
        guard shape.about != nil else { return (nil, head, tail) }
        let subject = Enclosures.content(of: head) ?? head
        guard let (names, detail) = Enclosures(tail).splitAtFirstColon, !detail.isEmpty else {
            return (subject, tail, nil)
        }
        return (subject, names, detail)
    }
}

extension Dialog {
    /// The entries of an answer to `question`, as ``AnswerShape/entries(in:knowing:)`` with the guide's words.
    package func entries(in text: String, of question: Question) -> [Entry] {
        question.answer.entries(in: text, knowing: network?.names)
    }
}

extension String {
    /// The text without the marks of a list: `- ` and `• ` before a line; `1. `, `2. ` and so on become line breaks.
    fileprivate var withoutListMarks: String {
        let lines = split(whereSeparator: \.isNewline).map { line -> Substring in
            let line = line.drop(while: \.isWhitespace)
            guard let first = line.first, "-–•*".contains(first), line.dropFirst().first?.isWhitespace == true else {
                return line
            }
            return line.dropFirst(2)
        }
        let text = lines.joined(separator: "\n")
        let words = text.replacing("\n", with: " \n ").split(separator: " ")
        guard words.count > 3, words[0] == "1." || words[0] == "1)" else { return text }
        var number = 0
        let numbered = words.map { word -> Substring in
            guard word == "\(number + 1)." || word == "\(number + 1))" else { return word }
            number += 1
            return "\n"
        }
        return number > 1 ? numbered.joined(separator: " ") : text
    }
}
