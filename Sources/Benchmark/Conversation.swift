/// What one group says: somebody who contributes to every question of the guide in turn.
struct Conversation {
    /// The person's name and the room's.
    let nick: String
    let room: String
    /// The messages of the room, in sequence, and whether each is an answer that is acknowledged.
    let messages: [(text: String, isAnswer: Bool)]

    /// - Parameters:
    ///   - number: the group's, from 1.
    ///   - count: the number of answers.
    init(group number: Int, answers count: Int) {
        nick = "anna\(number)"
        room = "#gruppe\(number)"
        let questions = 17
        let perQuestion = max(count / questions, 1)
        var messages: [(text: String, isAnswer: Bool)] = []
        for answer in 1...count {
            messages.append(
                ("+ Beitrag \(answer): Regenwasser fehlt im Sommer den jungen Bäumen in der Schulstraße", true))
            let isEnough = answer % perQuestion == 0 && answer / perQuestion < questions
            if isEnough { messages.append(("!weiter wirklich", false)) }
        }
        self.messages = messages
    }

    /// What is sent before anything else.
    var beginning: [String] {
        ["NICK \(nick)", "USER \(nick) 0 * :\(nick)", "JOIN \(room)", line("!start")]
    }

    func line(_ text: String) -> String { "PRIVMSG \(room) :\(text)" }
}
