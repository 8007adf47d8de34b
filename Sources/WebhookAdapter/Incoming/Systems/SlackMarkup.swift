/// What Slack sends, as people see it (»Formatting text for app surfaces«).
///
/// | sent                                  | seen                                    |
/// |---------------------------------------|-----------------------------------------|
/// | `<https://a.example/x\|a.example/x>`   | `https://a.example/x`                   |
/// | `<https://a.example/x\|Plan>`          | `Plan (https://a.example/x)`            |
/// | `<mailto:a@b.example\|a@b.example>`    | `a@b.example`                           |
/// | `<@U02>`, `<@U02\|bernd>`              | `@` and the name, where it is known     |
/// | `<#C01\|trees>`                        | `#trees`                                |
/// | `<!here>`, `<!subteam^S1\|@team>`      | `@here`, `@team`                        |
/// | `<!date^1392734382^{date}\|18.2.>`     | `18.2.`                                 |
/// | `&lt;` `&gt;` `&amp;`                 | `<` `>` `&`                             |
/// | `:+1:` `:thumbsup:`, alone in a line  | 👍; any other name, 🙂                  |
enum SlackMarkup {
    /// The text as people see it; `bot` is what Slack calls Lotse, whose name then stands for it.
    static func plain(_ text: String, bot: Set<String>, botName: String = "lotse") -> String {
        var plain = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            plain += unescaped(rest[..<start])
            plain += unescaped(Substring(seen(rest[rest.index(after: start)..<end], bot, botName)))
            rest = rest[rest.index(after: end)...]
        }
        plain += unescaped(rest)
        return faces(plain) ?? plain
    }

    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    private static func seen(_ content: Substring, _ bot: Set<String>, _ botName: String) -> String {
        let parts = content.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let (target, label) = (parts[0], parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil)
        switch target.first {
        case "@":
            let id = String(target.dropFirst())
            return bot.contains(id) ? "@\(botName)" : "@\(label ?? id)"
        case "#": return "#\(label ?? String(target.dropFirst()))"
        case "!":
            if let label { return label }
            return "@" + target.dropFirst().prefix { $0 != "^" }
        default: return link(String(target), label)
        }
    }

    /// The address, with its name where that says more.
    private static func link(_ address: String, _ label: String?) -> String {
        if address.hasPrefix("mailto:") || address.hasPrefix("tel:") {
            return label ?? String(address.drop { $0 != ":" }.dropFirst())
        }
        guard let label, label != address, !address.hasSuffix("://\(label)"), address != "\(label)/" else {
            return address
        }
        return "\(label) (\(address))"
    }

    /// A line of emoji alone, which Slack writes by their names; nil for any other.
    private static func faces(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        let areFaces = words.allSatisfy { word in
            word.count > 2 && word.hasPrefix(":") && word.hasSuffix(":")
                && word.dropFirst().dropLast().allSatisfy { $0.isLetter || $0.isNumber || "_-+:".contains($0) }
        }
        guard !words.isEmpty, areFaces else { return nil }
        return words.map { $0.hasPrefix(":+1:") || $0.hasPrefix(":thumbsup:") ? "👍" : "🙂" }.joined(separator: " ")
    }
}
