/// What a network asks for by Strict Transport Security: the value of the capability `sts` (IRCv3).
///
///     port=6697                    over plain text: come back over TLS, there
///     duration=2592000[,preload]   over TLS: for so many seconds come over TLS only; 0 ends that
struct STSOffer: Hashable, Sendable {
    var port: Int?
    var duration: Duration?

    init(parsing value: String) {
        for token in value.split(separator: ",") {
            let parts = token.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            if parts[0] == "port" { port = UInt16(parts[1]).map(Int.init) }
            if parts[0] == "duration" { duration = UInt32(parts[1]).map { .seconds($0) } }
        }
        if port == 0 { port = nil }
    }
}
