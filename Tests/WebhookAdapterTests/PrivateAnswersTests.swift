import Testing

/// What only one person may read, asked for over chat systems of every capability.
@Suite("A private answer reaches the person alone", .timeLimit(.minutes(5)))
struct PrivateAnswersTests {
    /// What brings something that only one person may read, and a word of that.
    private static let questions = [
        ("!gruppen problem", "Geheimnis"), ("!gruppen", "Geheimgruppe"), ("!meinedaten", "Organisation:"),
        ("!protokoll", "Geheimort"), ("!export json", "Geheimort"), ("!arbeitsblatt", "Geheimort"),
        ("!alle !zurück", "Geheimgruppe"),
    ]

    @Test("In every chat system, whatever she asks", arguments: ChatStage.Way.allCases)
    func privately(_ way: ChatStage.Way) async throws {
        for (question, secret) in Self.questions {
            let stage = ChatStage(
                way,
                after: [
                    ("zwei", ["!start Zwei", "= Geheimnis", "!beschluss"]),
                    ("eins", ["!start Eins", "= Antwort", "!beschluss"]),
                ])
            let heard = try await stage.play(question, by: "anna", until: secret)
            #expect(!heard.publicly.contains(secret), "\(question) was answered to everybody")
            if way.reachesOne {
                #expect(heard.privately.contains(secret), "\(question) was not answered to her")
            } else {
                #expect(heard.publicly.contains("nur für Sie"), "\(question) was not refused")
                #expect(!heard.publicly.contains("anna, "), "\(question) promised a private answer")
            }
        }
    }
}
