package import DialogEngine

/// How long a line that is said in a chat should be at most, in bytes of UTF-8: an IRC line with its address.
package let chatLineLimit = 400

extension Reading {
    /// A text that fits into one line of chat.
    package mutating func line(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        guard !text.contains(where: \.isNewline) else {
            error("must be one line", at: field)
            return nil
        }
        guard !text.contains(where: { $0.isControl }) else {
            error("has a control character", at: field)
            return nil
        }
        if text.utf8.count > chatLineLimit {
            warn(
                "is \(text.utf8.count) bytes long; more than \(chatLineLimit) do not fit into a line of chat", at: field
            )
        }
        return text
    }

    /// A text in exactly `languages`.
    package mutating func localizedText(_ field: Field, in languages: [Language]) -> LocalizedText? {
        guard let wordings = localizedFields(field, in: languages) else { return nil }
        var texts: [Language: String] = [:]
        for (language, wording) in wordings {
            texts[language] = line(wording)
        }
        return texts.count == languages.count ? LocalizedText(texts) : nil
    }

    /// The wordings that are there, in the order of `languages`; missing and extra languages are problems.
    package mutating func localizedFields(_ field: Field, in languages: [Language]) -> [(Language, Field)]? {
        let fields = fields(of: field)
        // Without languages there is nothing to compare with, and that is a problem already.
        guard !languages.isEmpty else { return nil }
        let allowed = languages.map(\.rawValue)
        for (name, position) in fields.keys where !allowed.contains(name) {
            let what = "unknown language\(suggestion(for: name, in: allowed))"
            report(.error, what, path: fields[name].path, at: position)
        }
        guard fields.field.isMapping else { return nil }
        var wordings: [(Language, Field)] = []
        for language in languages {
            let wording = fields[language.rawValue]
            if wording.isMissing {
                error("is missing; every text needs \(allowed.joined(separator: ", "))", at: wording)
            } else {
                wordings.append((language, wording))
            }
        }
        return wordings
    }

    /// A short name in lower-case letters, digits and `_`, such as `for_whom`.
    package mutating func identifier(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let isWellFormed =
            text.first?.isLowerCaseLetter == true && text.allSatisfy { $0.isLowerCaseLetter || $0.isDigit || $0 == "_" }
        guard isWellFormed else {
            error("\"\(text)\" is no id; use lower-case letters a to z, digits and _", at: field)
            return nil
        }
        return text
    }

    /// The tag of a language, such as `de-simple`.
    package mutating func language(_ field: Field) -> Language? {
        guard let text = text(field) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isWellFormed =
            (2...3).contains(parts[0].count) && parts[0].allSatisfy(\.isLowerCaseLetter)
            && parts.dropFirst().allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLowerCaseLetter || $0.isDigit } }
        guard isWellFormed else {
            error("\"\(text)\" is no language; write it like de or de-simple", at: field)
            return nil
        }
        return Language(rawValue: text)
    }
}

extension Character {
    package var isLowerCaseLetter: Bool { ("a"..."z").contains(self) && isASCII }
    package var isDigit: Bool { ("0"..."9").contains(self) && isASCII }
}

extension Sequence<String> {
    /// `a, b and c`, for messages.
    package var listed: String {
        let items = Array(self)
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }
}
