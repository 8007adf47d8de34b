import IRCProtocol
import NIOCore

/// What libFuzzer calls with bytes of its choice: they are read as what a peer sends.
///
/// `Tests/Fuzzing/run` builds and starts it. A property that does not hold is a crash, whose input libFuzzer writes down.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    let whole = frames(in: bytes, at: count)
    precondition(frames(in: bytes, at: 1) == whole, "frames depend on how the bytes arrive")
    for case .message(let message) in whole { checkRendering(message) }
    return 0
}

/// What the decoder makes of `bytes` when they arrive in pieces of `size`.
private func frames(in bytes: UnsafeRawBufferPointer, at size: Int) -> [IRCFrame] {
    var decoder = IRCFrameDecoder(linesFrom: .server)
    var buffer = ByteBuffer()
    var frames: [IRCFrame] = []
    for start in stride(from: 0, to: bytes.count, by: max(size, 1)) {
        buffer.writeBytes(bytes[start..<min(start + size, bytes.count)])
        while let frame = decoder.decode(buffer: &buffer) { frames.append(frame) }
    }
    return frames
}

/// Parsing what was rendered gives the same message, in one line.
private func checkRendering(_ message: IRCMessage) {
    var line = ByteBuffer()
    message.render(into: &line)
    // A colon that we add can push the last letters of a line over its end.
    guard line.readableBytes < IRCMessage.bodyLimit else { return }
    let rendered = line
    var decoder = IRCFrameDecoder(linesFrom: .server)
    precondition(decoder.decode(buffer: &line) == .message(message), "\(String(buffer: rendered)) is another message")
    precondition(line.readableBytes == 0, "\(String(buffer: rendered)) is more than one line")
}
