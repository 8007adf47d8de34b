import DialogEngine

/// The head of a page that stands alone: it loads nothing and runs nothing, and its content security policy forbids
/// whatever would.
struct HTMLHead {
    let words: Words
    /// Parts of the page's title, as people wrote them.
    let title: [String]
    let style: String

    /// From the document type to the end of the head.
    var text: String {
        """
        <!DOCTYPE html>
        <html lang="\(words.language.rawValue.html)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="generator" content="Lotse">
        <title>\(title.map(\.html).joined(separator: " · "))</title>
        <style>
        \(style)
        </style>
        </head>
        """
    }
}
