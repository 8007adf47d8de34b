/// What is typed: a group that contributes to every question of the guide in turn.
struct Conversation {
    let lines: [String]
    /// How many of the lines are answers.
    let answers: Int

    /// - Parameter count: the number of answers.
    init(lines count: Int) {
        let questions = 17
        let perQuestion = max(count / questions, 1)
        var lines: [String] = []
        for number in 1...count {
            lines.append("Beitrag \(number): Regenwasser fehlt im Sommer den jungen Bäumen in der Schulstraße")
            if number % perQuestion == 0, number / perQuestion < questions { lines.append("!weiter wirklich") }
        }
        self.lines = lines
        answers = count
    }

    var text: String { lines.map { $0 + "\n" }.joined() }
}
