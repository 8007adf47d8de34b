import DialogFiles
import Facilitation
import Foundation
import IRCAdapter
import SQLiteStore
import WebhookAdapter
import Wording

// What a configuration leads to: everything that would keep `lotse serve` from starting, found before anything is opened.

extension ConfigurationReader {
    mutating func lookAround(_ fields: Fields, _ configuration: Configuration) {
        lookAtState(fields["state"].isMissing ? file.root : fields["state"], configuration)
        lookAtFolder(configuration.exports, at: fields["exports"].isMissing ? fields["state"] : fields["exports"])
        lookAtWording(fields, configuration)
        lookAtListener(fields["listener"], configuration)
        let networks = configuration.networks.isEmpty ? [] : file.items(of: fields["networks"])
        if networks.count == configuration.networks.count {
            for (network, item) in zip(configuration.networks, networks) { lookAtTrust(of: network, at: item) }
        }
        if let authorities = configuration.webhooks.authorities, let flaw = PEMFiles.flaw(ofAuthorities: authorities) {
            file.error(flaw, at: file.fields(of: fields["webhooks"])["ca"])
        }
        lookAtAddresses(fields, configuration)
    }

    // MARK: Folders

    private mutating func lookAtState(_ field: Field, _ configuration: Configuration) {
        do throws(StoreError) {
            try KeptFolder(path: configuration.state).check()
        } catch {
            return file.error(
                "\(error.description); check as the user that Lotse runs as, such as with: setpriv --reuid=USER lotse check FILE",
                at: field)
        }
        guard FileManager.default.fileExists(atPath: configuration.storePath) else { return }
        do throws(StoreError) {
            try SQLiteStore.checkFile(at: configuration.storePath)
        } catch {
            file.error("\(configuration.storePath): \(error)", at: field)
        }
    }

    private mutating func lookAtFolder(_ path: String, at field: Field) {
        guard !path.hasPrefix("/dev/null") else { return }
        do throws(StoreError) {
            try KeptFolder(path: path).check()
        } catch {
            // Where the state itself is at fault, that has been said.
            if !field.isMissing { file.error("\(error)", at: field) }
        }
    }

    private mutating func lookAtWording(_ fields: Fields, _ configuration: Configuration) {
        guard let folder = wording(of: configuration) else {
            return file.error(
                "is missing, and the guides and wording that Lotse brings along were not found; name their folder",
                at: fields["dialogs"])
        }
        let files = names(in: folder).map { "\(folder)/\($0).yaml" }
        let field = fields["wording"].isMissing ? fields["dialogs"] : fields["wording"]
        let isGood = !files.isEmpty && WordingFiles.check(files).problems.allSatisfy { $0.severity != .error }
        if !isGood {
            file.error(
                "the wording is not good; run: lotse check \(folder)/*.yaml", at: field.isMissing ? file.root : field)
        }
    }

    // MARK: The listener and networks

    private mutating func lookAtListener(_ field: Field, _ configuration: Configuration) {
        guard let listener = configuration.listener, field.isMapping else { return }
        let fields = file.fields(of: field)
        do throws(AccountError) {
            _ = try AccountFile(path: configuration.accountsPath).read()
        } catch {
            file.error("\(error)", at: fields["accounts_file"].isMissing ? field : fields["accounts_file"])
        }
        if !IRCListener.isServerName(listener.serverName) {
            file.error("\"\(listener.serverName)\" is no host name with a full stop", at: fields["server_name"])
        }
        if listener.port == 0, !fields["port"].isMissing {
            file.warn("0 is another port at each start, which nobody can be told", at: fields["port"])
        }
        guard let tls = listener.tls, fields["tls"].isMapping else { return }
        let files = file.fields(of: fields["tls"])
        switch PEMFiles.flaw(ofCertificate: tls.certificate, key: tls.key.path) {
        case .certificate(let what): file.error(what, at: files["certificate"])
        case .key(let what): file.error(what, at: files["key"])
        case nil: break
        }
    }

    private mutating func lookAtTrust(of network: Configuration.Network, at item: Field) {
        let fields = file.fields(of: item)
        guard fields["tls"].isMapping else { return }
        let tls = file.fields(of: fields["tls"])
        if let ca = network.tls.ca, let flaw = PEMFiles.flaw(ofAuthorities: ca) { file.error(flaw, at: tls["ca"]) }
        guard let certificate = network.tls.certificate, let key = network.tls.key?.path else { return }
        switch PEMFiles.flaw(ofCertificate: certificate, key: key) {
        case .certificate(let what): file.error(what, at: tls["certificate"])
        case .key(let what): file.error(what, at: tls["key"])
        case nil: break
        }
    }

    // MARK: Chats

    /// What stands in the files of a chat system; of what is in them nothing is shown.
    mutating func lookAt(
        _ secretFile: SecretFile, _ replyFile: SecretFile?, of system: ChatConnection.System, _ fields: Fields
    ) {
        if let secret = try? secretFile.read().revealed {
            let lines = secret.split(separator: "\n").map(String.init)
            for (index, line) in lines.enumerated() where system == .signedJSON {
                do throws(WebhookKey.Flaw) {
                    _ = try WebhookKey(line)
                } catch {
                    file.error("the key in line \(index + 1) of \(secretFile.path) \(error)", at: fields["secret_file"])
                }
            }
            if system == .nextcloudTalk, !(40...128).contains(secret.utf8.count) {
                let what =
                    "the secret in \(secretFile.path) has \(secret.utf8.count) characters; Nextcloud takes 40 to 128"
                file.warn(what, at: fields["secret_file"])
            }
        }
        guard let replyFile, [.mattermost, .signedJSON].contains(system), let url = try? replyFile.read().revealed
        else { return }
        if let flaw = WebhookURL.flaw(of: url, allowsPlaintext: true) {
            file.error("the URL in \(replyFile.path) cannot be used: \(flaw)", at: fields["reply_file"])
        }
    }

    // MARK: Addresses

    private mutating func lookAtAddresses(_ fields: Fields, _ configuration: Configuration) {
        var taken: [(ListeningAddress, String)] = []
        func look(_ address: ListeningAddress, _ name: String, at field: Field) {
            if let flaw = address.flaw { file.error(flaw, at: field) }
            if let (_, owner) = taken.first(where: { $0.0.meets(address) }) {
                file.error("port \(address.port) is the port of \(owner) already; choose another one", at: field)
            }
            taken.append((address, name))
        }
        for (address, place) in configuration.listeningAddresses {
            let field = fields[place.key]
            look(address, place.name, at: field.isMissing ? file.root : field)
            if address.port == 0, place.key != "listener" {
                file.warn("port 0 is another one at each start, which nobody can be told", at: field)
            }
        }
    }
}

/// Where Lotse is going to listen.
struct ListeningAddress: Hashable, Sendable {
    let host: String
    let port: Int

    /// Whether both cannot be listened at.
    func meets(_ other: ListeningAddress) -> Bool {
        guard port == other.port, port != 0 else { return false }
        let everywhere: Set = ["0.0.0.0", "::", "*"]
        let (one, two) = (Self.canonical(host), Self.canonical(other.host))
        return one == two || everywhere.contains(one) || everywhere.contains(two)
    }

    private static func canonical(_ host: String) -> String { host == "localhost" ? "127.0.0.1" : host }

    /// Why nothing can be listened to there, whoever else listens; nil where that is possible.
    var flaw: String? {
        switch attempt(at: 0) {
        case nil: nil
        case EADDRNOTAVAIL: "\(host) is no address of this machine"
        case -1: "\(host) stands for no address"
        case let code?: "\(host) cannot be listened at: \(String(cString: strerror(code)))"
        }
    }

    /// Refuses an address at which somebody else listens. Nothing is accepted meanwhile.
    func checkFree() throws {
        switch attempt(at: port) {
        case nil: return
        case EADDRINUSE:
            throw CommandError(
                "Port \(port) on \(host) is in use: end the program that listens there (is Lotse running already?), or choose another port.",
                .unavailable)
        case EACCES:
            throw CommandError(
                "Port \(port) on \(host) may not be listened at; take one above 1023, or add AmbientCapabilities=CAP_NET_BIND_SERVICE to the unit.",
                .noPermission)
        case let code?:
            throw CommandError(
                "Cannot listen on \(host), port \(port): \(String(cString: strerror(code))).", .unavailable)
        }
    }

    /// Binds to the address and lets it go; the code of what went wrong, -1 for a name without an address.
    private func attempt(at port: Int) -> CInt? {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let address = found else { return -1 }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.pointee.ai_family, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var yes: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        return bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 ? nil : errno
    }
}

extension Configuration {
    /// Every address that Lotse listens at, with the key that it stands under and what is there.
    var listeningAddresses: [(ListeningAddress, place: (key: String, name: String))] {
        var addresses: [(ListeningAddress, (String, String))] = []
        if let listener {
            addresses.append(
                (ListeningAddress(host: listener.address, port: listener.port), ("listener", "the listener")))
            if let port = listener.tls?.port {
                addresses.append(
                    (ListeningAddress(host: listener.address, port: port), ("listener", "the listener's TLS")))
            }
        }
        if !chats.isEmpty {
            addresses.append(
                (ListeningAddress(host: receiver.address, port: receiver.port), ("receiver", "the receiver")))
        }
        if let monitoring {
            addresses.append(
                (ListeningAddress(host: monitoring.address, port: monitoring.port), ("monitoring", "the monitoring")))
        }
        return addresses
    }
}
