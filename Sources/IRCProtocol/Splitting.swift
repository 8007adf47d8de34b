/// Cuts a text into pieces that each fit into one line on the other side.
///
///     :nick!user@host PRIVMSG #room :text CR LF      at most 512 bytes as *others* receive it
///     |←        overhead          →||← piece →|
package enum Splitting {
    /// How many bytes of text fit behind `command` and `target`, once the server has put our source in front.
    package static func room(source: IRCMessage.Source, command: String, target: String) -> Int {
        // `:source COMMAND target :` and CR LF.
        let overhead = 1 + source.rawValue.utf8.count + 1 + command.utf8.count + 1 + target.utf8.count + 2 + 2
        // Whatever the names are, some text goes into each line, or this would never come to an end.
        return max(IRCMessage.bodyLimit - overhead, 16)
    }

    /// `text` in pieces of at most `limit` bytes: cut at spaces, else between graphemes, never inside one or inside a
    /// formatting code. Only a grapheme that alone exceeds the limit is cut, between scalars.
    ///
    /// The space at a cut is dropped. An empty text gives one empty piece.
    package static func pieces(of text: String, limit: Int) -> [String] {
        if text.utf8.count <= limit { return [text] }
        var pieces: [String] = []
        var current = Piece()
        for atom in atoms(of: text, limit: limit) {
            while current.byteCount + atom.utf8.count > limit {
                pieces.append(current.cut(before: atom))
            }
            // A space at the start of a continuation says nothing.
            if pieces.isEmpty || current.byteCount > 0 || atom != " " { current.append(atom) }
        }
        if current.byteCount > 0 { pieces.append(current.text) }
        return pieces
    }

    /// As ``pieces(of:limit:)``, but nothing is dropped: joined again without anything between them, the pieces are the
    /// text, apart from spaces that followed each other at a cut.
    package static func seamlessPieces(of text: String, limit: Int) -> [String] {
        var rest = Substring(text)
        return pieces(of: text, limit: limit - 1).map { piece in
            rest = rest.dropFirst(piece.count)
            guard rest.first == " " else { return piece }
            rest = rest.drop { $0 == " " }
            return rest.isEmpty ? piece : piece + " "
        }
    }

    /// `words` with spaces between them, as many to a line of at most `limit` bytes as fit.
    package static func lines(of words: [String], limit: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words {
            if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > limit {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? word : " " + word
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// The parts of `text` that are not cut: graphemes, formatting codes.
    private static func atoms(of text: String, limit: Int) -> [Substring] {
        var atoms: [Substring] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let code = Formatting.codeLength(at: rest.unicodeScalars)
            let end =
                code > 0
                ? rest.unicodeScalars.index(rest.startIndex, offsetBy: code)
                : rest.index(after: rest.startIndex)
            let atom = rest[..<end]
            if atom.utf8.count <= limit {
                atoms.append(atom)
            } else {
                atoms += atom.unicodeScalars.indices.map { atom[$0..<atom.unicodeScalars.index(after: $0)] }
            }
            rest = rest[end...]
        }
        return atoms
    }

    /// The piece that grows, and where its last space is.
    private struct Piece {
        private var atoms: [Substring] = []
        private(set) var byteCount = 0
        private var lastSpace: Int?

        var text: String { atoms.joined() }

        mutating func append(_ atom: Substring) {
            if atom == " ", !atoms.isEmpty { lastSpace = atoms.count }
            atoms.append(atom)
            byteCount += atom.utf8.count
        }

        /// Takes away what stands before the last space; what stands behind it stays for the next piece. All of it
        /// where `next` is a space itself.
        mutating func cut(before next: Substring) -> String {
            let head = atoms.prefix(next == " " ? atoms.count : lastSpace ?? atoms.count)
            let tail = atoms.dropFirst(head.count + 1)
            self = Piece()
            for atom in tail { append(atom) }
            return head.joined()
        }
    }
}
