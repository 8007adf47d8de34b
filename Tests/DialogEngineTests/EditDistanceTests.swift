import Testing

@testable import DialogEngine

@Suite("How unlike two words are")
struct EditDistanceTests {
    @Test(
        "Letters may be inserted, dropped, changed and swapped",
        arguments: [
            ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "axc", 1), ("kitten", "sitting", 3),
            ("wieter", "weiter", 1),
        ])
    func distance(source: String, target: String, distance: Int) {
        #expect(source.editDistance(to: target) == distance)
        #expect(target.editDistance(to: source) == distance)
    }
}
