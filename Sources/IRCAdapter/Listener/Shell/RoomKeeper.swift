import Logging
import NIOCore
import NIOPosix

/// Writes what is to be kept beside the event loop, one after the other; what is set meanwhile waits, and only the latest
/// of it is written.
///
/// Bound to one event loop.
final class RoomKeeper {
    private let file: RoomFile
    private let logger: Logger
    private var waiting: [KeptRoom]?
    private var isWriting = false

    init(_ file: RoomFile, logger: Logger) {
        self.file = file
        self.logger = logger
    }

    func keep(_ rooms: [KeptRoom], on eventLoop: any EventLoop) {
        waiting = rooms
        if !isWriting { write(on: eventLoop) }
    }

    private func write(on eventLoop: any EventLoop) {
        guard let rooms = waiting else { return }
        waiting = nil
        isWriting = true
        let (file, me) = (file, NIOLoopBound(self, eventLoop: eventLoop))
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { try file.write(rooms) }.whenComplete { result in
            me.value.isWriting = false
            if case .failure(let error) = result {
                me.value.logger.error("what is set in the rooms was not kept", metadata: ["error": "\(error)"])
            }
            me.value.write(on: eventLoop)
        }
    }
}
