import IRCProtocol
import NIOCore
import Testing

@Suite(
    "The public parser vectors",
    .enabled(if: SharedVectors.arePresent, "../shared/vectors is not beside this clone"))
struct SharedVectorsTests {
    struct Atoms: Decodable {
        let tags: [String: String]?
        let source: String?
        let verb: String?
        let params: [String]?

        var message: IRCMessage? {
            verb.map {
                IRCMessage(
                    $0, params ?? [], source: source.map(IRCMessage.Source.init(rawValue:)), tags: tags ?? [:])
            }
        }
    }

    struct Split: Decodable {
        let input: String
        let atoms: Atoms
    }

    struct Join: Decodable {
        let desc: String
        let atoms: Atoms
        let matches: [String]
    }

    struct MaskMatch: Decodable {
        let mask: String
        let matches: [String]
        let fails: [String]
    }

    struct Userhost: Decodable {
        struct Parts: Decodable {
            let nick: String?
            let user: String?
            let host: String?
        }
        let source: String
        let atoms: Parts
    }

    struct Host: Decodable {
        let host: String
        let valid: Bool
    }

    @Test("A line is split into its atoms")
    func split() throws {
        let vectors = try SharedVectors.tests("msg-split.yaml", as: Split.self)
        #expect(vectors.count > 30)
        for vector in vectors {
            #expect(IRCMessage(parsing: Array(vector.input.utf8)) == vector.atoms.message, "\(vector.input)")
        }
    }

    @Test("Atoms are joined to one of the allowed lines")
    func join() throws {
        for vector in try SharedVectors.tests("msg-join.yaml", as: Join.self) {
            let line = try #require(vector.atoms.message).description
            #expect(vector.matches.contains(line), "\(vector.desc)")
        }
    }

    @Test("A mask matches what it should and nothing else")
    func masks() throws {
        for vector in try SharedVectors.tests("mask-match.yaml", as: MaskMatch.self) {
            let mask = Mask(vector.mask)
            for name in vector.matches { #expect(mask.matches(name), "\(vector.mask) \(name)") }
            for name in vector.fails { #expect(!mask.matches(name), "\(vector.mask) \(name)") }
        }
    }

    @Test("A source is cut into nick, user and host")
    func userhosts() throws {
        for vector in try SharedVectors.tests("userhost-split.yaml", as: Userhost.self) {
            let source = IRCMessage.Source(rawValue: vector.source)
            #expect(source.nick == vector.atoms.nick ?? "")
            #expect(source.user == vector.atoms.user ?? "")
            #expect(source.host == vector.atoms.host ?? "")
        }
    }

    @Test("A host name is valid or not")
    func hosts() throws {
        for vector in try SharedVectors.tests("validate-hostname.yaml", as: Host.self) {
            #expect(Hostname.isValid(vector.host) == vector.valid, "\(vector.host)")
        }
    }
}
