package import NIOCore

/// One line of the IRC protocol, without its line ending: tags, source, command, parameters.
///
/// Parsing and rendering stand side by side in this file so that they cannot disagree:
///
///     @time=2026-11-22T19:00:00.000Z :anna!a@host PRIVMSG #stadtbaeume :+ Text\r\n
///      ^^^^ tags ^^^^^^^^^^^^^^^^^^^  ^^ source ^^ command ^^^^^^^^^^^^  ^^^^^^ last parameter
///
/// Sources: RFC 1459 section 2.3, the Modern IRC documents, IRCv3 `message-tags`.
package struct IRCMessage: Hashable, Sendable {
    /// Unescaped values by key; a tag without a value and one with an empty value are the same.
    package var tags: [String: String]
    package var source: Source?
    /// As it came; commands are compared by ``verb``.
    package var command: String
    package var parameters: [String]

    package init(
        _ command: String, _ parameters: [String] = [], source: Source? = nil, tags: [String: String] = [:]
    ) {
        self.tags = tags
        self.source = source
        self.command = command
        self.parameters = parameters
    }

    /// The command in upper case: commands are compared without regard to case, which only ASCII has here.
    package var verb: String { command.asciiUppercased }

    /// The parameter at `index`, or nil where the line has fewer.
    package func parameter(_ index: Int) -> String? {
        index < parameters.count ? parameters[index] : nil
    }
}

// MARK: - Parsing

extension IRCMessage {
    private static let space = UInt8(ascii: " ")
    private static let colon = UInt8(ascii: ":")
    private static let at = UInt8(ascii: "@")

    /// The message in `line`, which has no line ending; nil when there is no command in it.
    ///
    /// Invalid UTF-8 is repaired with U+FFFD; whether to accept such a line is for ``IRCFrame`` to say. Several
    /// spaces separate as one does (RFC 1459; what RFC 2812 says would break what some servers send).
    package init?(parsing line: some RandomAccessCollection<UInt8>) {
        var rest = line[...]
        tags = [:]
        if rest.first == Self.at {
            tags = Self.tags(parsing: Self.nextWord(of: &rest).dropFirst())
        }
        Self.skipSpaces(in: &rest)
        source = nil
        if rest.first == Self.colon {
            let word = Self.nextWord(of: &rest).dropFirst()
            source = word.isEmpty ? nil : Source(rawValue: String(decoding: word, as: UTF8.self))
        }
        Self.skipSpaces(in: &rest)
        command = String(decoding: Self.nextWord(of: &rest), as: UTF8.self)
        parameters = []
        // What begins like tags or a source, and does not stand where they do, is no command.
        guard let first = command.utf8.first, first != Self.colon, first != Self.at else { return nil }
        while true {
            Self.skipSpaces(in: &rest)
            guard let first = rest.first else { return }
            if first == Self.colon {
                parameters.append(String(decoding: rest.dropFirst(), as: UTF8.self))
                return
            }
            parameters.append(String(decoding: Self.nextWord(of: &rest), as: UTF8.self))
        }
    }

    private static func nextWord<Bytes: RandomAccessCollection<UInt8>>(of rest: inout Bytes) -> Bytes
    where Bytes.SubSequence == Bytes {
        let end = rest.firstIndex(of: space) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private static func skipSpaces<Bytes: RandomAccessCollection<UInt8>>(in rest: inout Bytes)
    where Bytes.SubSequence == Bytes {
        rest = rest.drop { $0 == space }
    }

    /// `key[=value]` separated by `;`. The last one of several with the same key counts.
    private static func tags(parsing text: some RandomAccessCollection<UInt8>) -> [String: String] {
        var tags: [String: String] = [:]
        for tag in text.split(separator: UInt8(ascii: ";")) {
            let parts = tag.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard !parts[0].isEmpty else { continue }
            let value = parts.count > 1 ? unescaped(parts[1]) : ""
            tags[String(decoding: parts[0], as: UTF8.self)] = value
        }
        return tags
    }

    /// A backslash before any other character, or at the end, is dropped.
    private static func unescaped(_ value: some RandomAccessCollection<UInt8>) -> String {
        var result: [UInt8] = []
        var isEscaped = false
        for byte in value {
            guard isEscaped || byte != UInt8(ascii: "\\") else {
                isEscaped = true
                continue
            }
            switch (isEscaped, byte) {
            case (true, UInt8(ascii: ":")): result.append(UInt8(ascii: ";"))
            case (true, UInt8(ascii: "s")): result.append(space)
            case (true, UInt8(ascii: "r")): result.append(UInt8(ascii: "\r"))
            case (true, UInt8(ascii: "n")): result.append(UInt8(ascii: "\n"))
            case (true, _), (false, _): result.append(byte)
            }
            isEscaped = false
        }
        return String(decoding: result, as: UTF8.self)
    }
}

// MARK: - Rendering

extension IRCMessage {
    /// Bytes of a line behind its tags, with CR LF.
    package static let bodyLimit = 512
    /// Bytes of the tags that one side may add, without `@` and the space.
    package static let tagDataLimit = 4094
    /// Bytes of all tags, those of both sides, with `@` and the space.
    package static let tagLimit = 8191

    /// Writes the line with its CR LF.
    ///
    /// Whatever the parts contain, exactly one legal line leaves: CR, LF and NUL become spaces, what cannot stand in
    /// the middle of a line is changed so that it can, and a body above ``bodyLimit`` is cut between two scalars.
    package func render(into buffer: inout ByteBuffer) {
        writeTags(into: &buffer)
        let start = buffer.writerIndex
        if let source {
            buffer.writeInteger(Self.colon)
            Self.writeName(source.rawValue, into: &buffer)
            buffer.writeInteger(Self.space)
        }
        Self.writeWord(command, into: &buffer)
        for (index, parameter) in parameters.enumerated() {
            buffer.writeInteger(Self.space)
            if index < parameters.count - 1 {
                Self.writeWord(parameter, into: &buffer)
            } else {
                if needsColon(parameter) { buffer.writeInteger(Self.colon) }
                Self.writeText(parameter, into: &buffer)
            }
        }
        Self.cut(&buffer, from: start, to: Self.bodyLimit - 2)
        buffer.writeStaticString("\r\n")
    }

    private func writeTags(into buffer: inout ByteBuffer) {
        var data = ByteBuffer()
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            var tag = ByteBuffer()
            Self.writeName(key, into: &tag)
            if !value.isEmpty {
                tag.writeInteger(UInt8(ascii: "="))
                Self.writeEscaped(value, into: &tag)
            }
            let separator = data.readableBytes > 0 ? 1 : 0
            guard data.readableBytes + separator + tag.readableBytes <= Self.tagLimit - 2 else { continue }
            if separator == 1 { data.writeInteger(UInt8(ascii: ";")) }
            data.writeBuffer(&tag)
        }
        guard data.readableBytes > 0 else { return }
        buffer.writeInteger(Self.at)
        buffer.writeBuffer(&data)
        buffer.writeInteger(Self.space)
    }

    private static func writeEscaped(_ value: String, into buffer: inout ByteBuffer) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: ";"): buffer.writeStaticString("\\:")
            case space: buffer.writeStaticString("\\s")
            case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
            case UInt8(ascii: "\r"): buffer.writeStaticString("\\r")
            case UInt8(ascii: "\n"): buffer.writeStaticString("\\n")
            case 0: buffer.writeStaticString("\\s")
            default: buffer.writeInteger(byte)
            }
        }
    }

    /// A part that ends at the next space: its own spaces become `_`, an empty one `*`, a leading colon `_:`.
    private static func writeWord(_ word: String, into buffer: inout ByteBuffer) {
        if word.utf8.first == colon { buffer.writeInteger(UInt8(ascii: "_")) }
        writeName(word, into: &buffer)
    }

    /// The same where a colon in front means nothing.
    private static func writeName(_ name: String, into buffer: inout ByteBuffer) {
        if name.isEmpty { buffer.writeInteger(UInt8(ascii: "*")) }
        write(name, into: &buffer) { isForbidden($0) || $0 == space ? UInt8(ascii: "_") : $0 }
    }

    private static func writeText(_ text: String, into buffer: inout ByteBuffer) {
        write(text, into: &buffer) { isForbidden($0) ? space : $0 }
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") || byte == 0
    }

    private static func write(_ text: String, into buffer: inout ByteBuffer, replacing: (UInt8) -> UInt8) {
        if text.utf8.allSatisfy({ replacing($0) == $0 }) {
            buffer.writeString(text)
        } else {
            buffer.writeBytes(text.utf8.map(replacing))
        }
    }

    /// Commands whose last parameter is a text from this many parameters on: written with a colon also where one
    /// word would do without, as every server does and simple clients expect.
    private static let textual = [
        "PRIVMSG": 2, "NOTICE": 2, "TOPIC": 2, "PART": 2, "KICK": 3, "QUIT": 1, "ERROR": 1, "AWAY": 1, "USER": 4,
        "301": 3, "311": 6, "314": 6, "319": 3, "322": 4, "332": 3, "352": 8, "353": 4,
    ]

    private func needsColon(_ last: String) -> Bool {
        if last.isEmpty || last.utf8.first == Self.colon || last.utf8.contains(Self.space) { return true }
        if last.utf8.contains(where: Self.isForbidden) { return true }
        return Self.textual[verb].map { parameters.count >= $0 } ?? false
    }

    private static func cut(_ buffer: inout ByteBuffer, from start: Int, to length: Int) {
        guard buffer.writerIndex - start > length else { return }
        var end = start + length
        // A byte 10xxxxxx continues a scalar: step back to where that scalar begins.
        while end > start, let byte = buffer.getInteger(at: end, as: UInt8.self), byte & 0xC0 == 0x80 { end -= 1 }
        buffer.moveWriterIndex(to: end)
    }
}

extension IRCMessage: CustomStringConvertible {
    /// The line as it would be sent, without CR LF.
    package var description: String {
        var buffer = ByteBuffer()
        render(into: &buffer)
        return String(buffer: buffer.getSlice(at: 0, length: buffer.readableBytes - 2) ?? buffer)
    }
}
