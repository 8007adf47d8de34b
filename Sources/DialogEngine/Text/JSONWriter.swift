/// Writes a value as JSON straight into bytes: what `JSONEncoder` with its usual settings writes, in as many bytes, with the
/// keys in the sequence in which they come.
///
/// Events are stored with it, one for nearly every line. `JSONEncoder` makes a tree of boxes first, which costs several times
/// as much. Containers are filled one after the other, as every synthesised `encode(to:)` does; one that is written to again
/// after its parent would be a fault.
package struct JSONWriter {
    /// The value as JSON; throws for a number that JSON has no digits for.
    package static func text(_ value: some Encodable) throws -> String {
        let output = JSONBytes()
        try output.write(value)
        return String(decoding: output.bytes, as: UTF8.self)
    }
}

/// The bytes so far, and the objects and arrays that are open.
private final class JSONBytes {
    private struct Open {
        let end: UInt8
        var isEmpty = true
    }

    private(set) var bytes: [UInt8] = []
    private var open: [Open] = []

    init() { bytes.reserveCapacity(256) }

    var depth: Int { open.count }

    func begin(_ first: Character, _ end: Character) {
        bytes.append(first.asciiValue ?? 0)
        open.append(Open(end: end.asciiValue ?? 0))
    }

    /// Closes whatever is open within the first `depth` containers.
    func close(to depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().end) }
    }

    /// Goes on with the container that is the `depth`th.
    func next(at depth: Int) {
        close(to: depth)
        if open[depth - 1].isEmpty { open[depth - 1].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
    }

    func next(_ key: some CodingKey, at depth: Int) {
        next(at: depth)
        write(key.stringValue)
        bytes.append(UInt8(ascii: ":"))
    }

    func write(_ value: some Encodable) throws {
        let (depth, count) = (open.count, bytes.count)
        try value.encode(to: Writer(output: self, depth: depth))
        close(to: depth)
        if bytes.count == count { bytes += "{}".utf8 }
    }

    func write(raw text: some StringProtocol) { bytes += text.utf8 }

    func write(_ number: some BinaryFloatingPoint & LosslessStringConvertible) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "JSON has no such number"))
        }
        let digits = number.description
        bytes += (digits.hasSuffix(".0") ? digits.dropLast(2) : digits[...]).utf8
    }

    func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            // What needs no escape goes over in one piece.
            var start = 0
            for (index, byte) in utf8.enumerated() where Self.isEscaped(byte) {
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/")
    }

    private func escape(_ byte: UInt8) {
        switch byte {
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0A: bytes += "\\n".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x0D: bytes += "\\r".utf8
        case ..<0x20:
            let digits = String(byte, radix: 16)
            bytes += (digits.count < 2 ? "\\u000" : "\\u00").utf8
            bytes += digits.utf8
        default: bytes += [UInt8(ascii: "\\"), byte]
        }
    }
}

/// Where one value is written.
private struct Writer: Encoder {
    let output: JSONBytes
    /// How many containers are open around the value.
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        begin("{", "}")
        return KeyedEncodingContainer(KeyedWriter(output: output, depth: depth + 1))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        begin("[", "]")
        return UnkeyedWriter(output: output, depth: depth + 1)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleWriter(output: output) }

    /// A value may ask for its container twice.
    private func begin(_ first: Character, _ end: Character) {
        if output.depth == depth { output.begin(first, end) } else { output.close(to: depth + 1) }
    }
}

private struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONBytes
    /// Its place among the open containers, from 1.
    let depth: Int

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        output.next(key, at: depth)
        output.write(raw: "null")
    }

    func encode(_ value: Bool, forKey key: Key) {
        output.next(key, at: depth)
        output.write(raw: value ? "true" : "false")
    }

    func encode(_ value: String, forKey key: Key) {
        output.next(key, at: depth)
        output.write(value)
    }

    func encode(_ value: Int, forKey key: Key) {
        output.next(key, at: depth)
        output.write(raw: value.description)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        output.next(key, at: depth)
        try output.write(value)
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        output.next(key, at: depth)
        try output.write(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        output.next(key, at: depth)
        return Writer(output: output, depth: depth).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        output.next(key, at: depth)
        return Writer(output: output, depth: depth).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        output.next(SuperKey(), at: depth)
        return Writer(output: output, depth: depth)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        output.next(key, at: depth)
        return Writer(output: output, depth: depth)
    }
}

private struct SuperKey: CodingKey {
    let stringValue = "super"
    let intValue: Int? = nil

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}

private struct UnkeyedWriter: UnkeyedEncodingContainer {
    let output: JSONBytes
    /// Its place among the open containers, from 1.
    let depth: Int
    private(set) var count = 0

    init(output: JSONBytes, depth: Int) {
        self.output = output
        self.depth = depth
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func next() {
        count += 1
        output.next(at: depth)
    }

    mutating func encodeNil() {
        next()
        output.write(raw: "null")
    }

    mutating func encode(_ value: String) {
        next()
        output.write(value)
    }

    mutating func encode(_ value: some Encodable) throws {
        next()
        try output.write(value)
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        next()
        return Writer(output: output, depth: depth).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return Writer(output: output, depth: depth).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return Writer(output: output, depth: depth)
    }
}

/// What has no parts: here numbers and texts of every type end.
private struct SingleWriter: SingleValueEncodingContainer {
    let output: JSONBytes

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { output.write(raw: "null") }
    func encode(_ value: Bool) { output.write(raw: value ? "true" : "false") }
    func encode(_ value: String) { output.write(value) }
    func encode(_ value: Double) throws { try output.write(value) }
    func encode(_ value: Float) throws { try output.write(value) }
    func encode(_ value: Int) { output.write(raw: value.description) }
    func encode(_ value: Int8) { output.write(raw: value.description) }
    func encode(_ value: Int16) { output.write(raw: value.description) }
    func encode(_ value: Int32) { output.write(raw: value.description) }
    func encode(_ value: Int64) { output.write(raw: value.description) }
    func encode(_ value: UInt) { output.write(raw: value.description) }
    func encode(_ value: UInt8) { output.write(raw: value.description) }
    func encode(_ value: UInt16) { output.write(raw: value.description) }
    func encode(_ value: UInt32) { output.write(raw: value.description) }
    func encode(_ value: UInt64) { output.write(raw: value.description) }
    func encode(_ value: some Encodable) throws { try output.write(value) }
}
