import DialogEngine
import Foundation
import Testing
import Wording

@testable import lotse

@Suite("One-time codes")
struct CodeBookTests {
    private let now = Date(timeIntervalSince1970: 1_795_370_400)
    private let anna = Identity(rawValue: "local/account/anna")

    @Test("A code is good for its group, for ten minutes, and once, however it is typed")
    func life() {
        let codes = CodeBook()
        let code = codes.make(for: "Stadtbäume", at: now)
        #expect(codes.make(for: "Stadtbäume", at: now) != code)
        #expect(codes.group(of: code.lowercased(), by: anna, at: now) == "Stadtbäume")
        #expect(codes.group(of: code, by: anna, at: now.addingTimeInterval(599)) == "Stadtbäume")
        #expect(codes.group(of: code, by: anna, at: now.addingTimeInterval(600)) == nil)
        #expect(!codes.redeem(code, for: "Dorfladen", by: anna, at: now))
        #expect(codes.redeem(code.filter { $0 != "-" }.lowercased(), for: "Stadtbäume", by: anna, at: now))
        #expect(!codes.redeem(code, for: "Stadtbäume", by: anna, at: now))
        let other = codes.make(for: "Stadtbäume", at: now)
        codes.void(other)
        #expect(!codes.redeem(other, for: "Stadtbäume", by: anna, at: now))
    }

    @Test("Every code has eight characters that can be told apart on the phone, and is understood without the mark")
    func shape() throws {
        let codes = CodeBook()
        let dialogs = try Places.dialogs()
        let interpreter = try Wiring.interpreter(folder: "\(dialogs)/wording", .gmt)
        for _ in 0..<200 {
            let code = codes.make(for: "eins", at: now)
            let characters = code.filter { $0 != "-" }
            #expect(code.count == 9 && characters.count == 8)
            #expect(characters.allSatisfy { !"01OIL".contains($0) && ($0.isNumber || $0.isUppercase) })
            #expect(interpreter.read("mod \(code)", at: now, in: Language(rawValue: "de")) == .redeem(code))
        }
    }

    @Test("After five wrong tries not even the right code counts, for that asker and for ten minutes")
    func locked() {
        let codes = CodeBook()
        let code = codes.make(for: "eins", at: now)
        for number in 0..<5 { #expect(!codes.redeem("2222-333\(number + 2)", for: "eins", by: anna, at: now)) }
        #expect(!codes.redeem(code, for: "eins", by: anna, at: now))
        #expect(codes.group(of: code, by: anna, at: now) == nil)
        let late = now.addingTimeInterval(601)
        let second = codes.make(for: "eins", at: late)
        #expect(codes.redeem(second, for: "eins", by: anna, at: late))
        #expect(codes.redeem(codes.make(for: "eins", at: late), for: "eins", by: Identity(rawValue: "b"), at: late))
    }

    @Test("Over any number of connections two wrong tries a second are looked at, and no more")
    func manyConnections() {
        let codes = CodeBook()
        func isLookedAt(_ connection: String, at moment: Date) -> Bool {
            codes.redeem(
                codes.make(for: "zwei", at: moment), for: "zwei", by: Identity(rawValue: connection), at: moment)
        }
        for number in 0..<20 {
            #expect(!codes.redeem("wrong", for: "eins", by: Identity(rawValue: "local/connection/\(number)"), at: now))
        }
        for second in 1...600 {
            let moment = now.addingTimeInterval(Double(second))
            for number in 0..<2 {
                let guesser = "local/connection/\(second)-\(number)"
                #expect(isLookedAt("\(guesser)-right", at: moment))
                #expect(!codes.redeem("wrong", for: "eins", by: Identity(rawValue: guesser), at: moment))
            }
            #expect(!isLookedAt("local/connection/\(second)-last", at: moment))
        }
        // When the guessing ends, whoever has a code gets in.
        #expect(isLookedAt("local/account/anna", at: now.addingTimeInterval(601)))
    }

    @Test("Neither a code nor a hash that could be tried out elsewhere is told by printing the book")
    func secrecy() {
        let codes = CodeBook()
        let code = codes.make(for: "eins", at: now)
        var dumped = ""
        dump(codes, to: &dumped)
        #expect(!dumped.contains(code) && !dumped.contains(code.filter { $0 != "-" }))
    }
}
