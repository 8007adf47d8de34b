import Crypto
import DialogEngine
import Facilitation
import Foundation
import Testing

@testable import WebhookAdapter

/// What chat systems send, and how they are answered: by their documentation and by vectors.
@Suite struct ChatSystemTests {
    private static let now = Date(timeIntervalSince1970: 1_795_370_400)
    private static let line = OutgoingMessage("Gespeichert: grün")
    private static let quiet = OutgoingMessage("B1 notiert.", manner: .notice, inReplyTo: "1567")

    private func request(
        _ body: String, _ type: String = "application/json", _ headers: [String: String] = [:]
    ) -> WebhookRequest {
        WebhookRequest(
            path: "/x", headers: headers.merging(["content-type": type]) { $1 }, body: Array(body.utf8))
    }

    private func text(_ response: WebhookResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    private func refusal(_ system: any ChatSystem, _ request: WebhookRequest) -> WebhookRefusal? {
        do throws(WebhookRefusal) {
            _ = try system.read(request, at: Self.now)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Nextcloud Talk

    private static let talk = NextcloudTalk(
        secret: "53CR3T", backend: "https://cloud.example/", moderatorsFacilitate: true,
        random: { String(repeating: "0123456789abcdef", count: 4) })

    private func talkRequest(_ body: String, secret: String = "53CR3T", backend: String = "https://cloud.example")
        -> WebhookRequest
    {
        let random = String(repeating: "0123456789abcdef", count: 4)
        let signature = Proof.hexadecimal(Array(random.utf8), Array(body.utf8), secret: secret)
        return request(
            body, "application/json",
            [
                "x-nextcloud-talk-random": random, "x-nextcloud-talk-signature": signature,
                "x-nextcloud-talk-backend": backend,
            ])
    }

    private static func activity(_ text: String, type: Int = 3, id: String = "1567") -> String {
        """
        {"type":"Create","actor":{"type":"Person","id":"users/ada","name":"Ada","talkParticipantType":"\(type)"},
        "object":{"type":"Note","id":"\(id)","name":"message","content":\(text),"mediaType":"text/markdown"},
        "target":{"type":"Collection","id":"n3xtc10ud","name":"world"}}
        """
    }

    @Test("Talk's signatures are those of the vectors")
    func signsForTalk() throws {
        let random = String(repeating: "0123456789abcdef", count: 4)
        #expect(
            Proof.hexadecimal(Array(random.utf8), Array(#"{"type":"Create"}"#.utf8), secret: "53CR3T")
                == "43e5f5366f97b21d8f625bf2daf45971b7e80942ae9dba645ebf77ac75a02a01")
        let sent = try #require(Self.talk.request(Self.line, in: "n3xtc10ud", at: Self.now))
        let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
        #expect(
            headers["x-nextcloud-talk-bot-signature"]
                == "2be788de51407202de71d294c9c6882c87aa12821f116724ea9f268cdb3df723")
        #expect(headers["ocs-apirequest"] == "true")
        #expect(sent.url == "https://cloud.example/ocs/v2.php/apps/spreed/api/v1/bot/n3xtc10ud/message")
        #expect(String(decoding: sent.body, as: UTF8.self) == #"{"message":"Gespeichert: grün","silent":false}"#)
        let quiet = try #require(Self.talk.request(Self.quiet, in: "n3xtc10ud", at: Self.now))
        #expect(
            String(decoding: quiet.body, as: UTF8.self) == #"{"message":"B1 notiert.","replyTo":1567,"silent":true}"#)
    }

    @Test(
        "A message in Talk is read, with names in the place of mentions; moderators facilitate",
        arguments: [1, 2, 3, 6])
    func readsTalk(_ type: Int) throws {
        let content =
            #""{\"message\":\"+ Hallo {mention-user1}\",\"parameters\":{\"mention-user1\":{\"name\":\"Bernd\"}}}""#
        let read = try Self.talk.read(talkRequest(Self.activity(content, type: type)), at: Self.now)
        #expect(
            read
                == .message(
                    ChatMessage(
                        room: "n3xtc10ud", userID: "users/ada", userName: "Ada", text: "+ Hallo Bernd", id: "1567",
                        isModerator: type != 3)))
        let plain = #""{\"message\":\"Hallo\",\"parameters\":[]}""#
        guard case .message(let message) = try Self.talk.read(talkRequest(Self.activity(plain)), at: Self.now) else {
            return #expect(Bool(false), "no message")
        }
        #expect(message.text == "Hallo")
        #expect(text(Self.talk.response([], to: message)) == "")
    }

    @Test("A message with a file has no name before Talk 23, and is read nevertheless; what the system says is not")
    func readsFiles() throws {
        let content = #""{\"message\":\"{file}\",\"parameters\":{\"file\":{\"name\":\"Plan.pdf\"}}}""#
        let named = Self.activity(content)
        let unnamed = named.replacing("\"name\":\"message\"", with: "\"name\":\"\"")
        guard case .message(let message) = try Self.talk.read(talkRequest(unnamed), at: Self.now) else {
            return #expect(Bool(false), "no message")
        }
        #expect(message.text == "Plan.pdf")
        let told = named.replacing("\"name\":\"message\"", with: "\"name\":\"user_added\"")
        #expect(try Self.talk.read(talkRequest(told), at: Self.now) == .other(.empty))
    }

    @Test(
        "Where Markdown knows a backslash, what was said is shown as it was said, and links stay links",
        arguments: [
            ("*A* und b_c", #"\*A\* und b\_c"#), ("3 < 4 > 2 <b>", #"3 < 4 \> 2 <b\>"#),
            ("siehe https://a.example/x_y_z [1]", #"siehe https://a.example/x_y_z \[1\]"#),
            ("(https://c.example/a_b)", "(https://c.example/a_b)"),
            ("»https://c.example/a_b?x=1&y=2«", "»https://c.example/a_b?x=1&y=2«"),
            ("Plan:https://c.example/a_b", "Plan:https://c.example/a_b"),
            ("+ Idee", #"\+ Idee"#), ("# Titel", "\\# Titel"), ("#stadt @anna", "#stadt @anna"), ("+", "+"),
            (#"C:\neu \*"#, #"C:\neu \\\*"#),
        ])
    func escapes(_ said: String, _ shown: String) throws {
        #expect(Markdown.escaped(said) == shown)
        let message = ChatMessage(room: "r", userID: "u", userName: "n", text: "", id: "1")
        let line = OutgoingMessage(said)
        let talk = try #require(Self.talk.request(line, in: "n3xtc10ud", at: Self.now))
        let posted = try JSONSerialization.jsonObject(with: Data(talk.body)) as? [String: Any]
        #expect(posted?["message"] as? String == shown)
        let signature = talk.headers.first { $0.name == "x-nextcloud-talk-bot-signature" }
        let random = try #require(talk.headers.first { $0.name == "x-nextcloud-talk-bot-random" })
        #expect(
            signature?.value == Proof.hexadecimal(Array(random.value.utf8), Array(shown.utf8), secret: "53CR3T"))
        // There a backslash would be seen.
        #expect(Zulip(tokens: []).response([line], to: message) == .json(["content": said]))
        #expect(RocketChat(tokens: []).response([line], to: message) == .json(["text": said]))
    }

    @Test(
        "A mention names a person as the system does",
        arguments: [
            ("users/anna_b", #"@"anna_b""#), ("guests/0a1b", #"@"guest/0a1b""#),
            ("federated_users/anna@x.example", #"@"federated_user/anna@x.example""#), ("bots/x", "@Anna B."),
            (#"users/a"b"#, "@Anna B."),
        ])
    func mentions(_ id: String, _ mention: String) throws {
        let anna = ChatPerson(id: id, name: "Anna B.", room: "r")
        #expect(Self.talk.mention(of: anna) == mention)
        #expect(Zulip(tokens: []).mention(of: anna) == "@**Anna B.**")
        #expect(RocketChat(tokens: []).mention(of: anna) == "@Anna B.")
        let line = OutgoingMessage("\(mention) a_b\n# c")
        let sent = try #require(Self.talk.request(line, in: "r", at: Self.now))
        let posted = try JSONSerialization.jsonObject(with: Data(sent.body)) as? [String: Any]
        #expect(posted?["message"] as? String == "\(mention) a\\_b\n\\# c")
    }

    @Test("What Talk tells besides is answered with 200", arguments: ["Like", "Join", "Leave", "Activity"])
    func ignoresOtherTalk(_ type: String) throws {
        let body = Self.activity(#""{}""#).replacing("\"Create\"", with: "\"\(type)\"")
        #expect(try Self.talk.read(talkRequest(body), at: Self.now) == .other(.empty))
    }

    @Test("Talk with a wrong secret, from another cloud, or changed on the way is refused")
    func refusesTalk() {
        let body = Self.activity(#""{\"message\":\"Hallo\"}""#)
        #expect(refusal(Self.talk, talkRequest(body, secret: "other")) == .forbidden)
        #expect(refusal(Self.talk, talkRequest(body, backend: "https://evil.example")) == .forbidden)
        var changed = talkRequest(body)
        changed.body += [32]
        #expect(refusal(Self.talk, changed) == .forbidden)
        var short = talkRequest(body)
        short.headers["x-nextcloud-talk-random"] = ""
        #expect(refusal(Self.talk, short) == .forbidden)
        #expect(refusal(Self.talk, request(body)) == .forbidden)
        #expect(refusal(Self.talk, talkRequest("{")) == .malformed)
    }

    // MARK: Mattermost

    private static let mattermost = Mattermost(tokens: ["t0k3n"], incomingWebhook: "https://chat.example/hooks/abc")

    @Test("An outgoing webhook of Mattermost is read as a form and as JSON, and answered in the channel")
    func readsMattermost() throws {
        let form =
            "token=t0k3n&team_id=T&channel_id=C&channel_name=stadtbaeume&timestamp=1&user_id=U1&user_name=anna&post_id=p1&text=%2B+B%C3%A4ume+%26+Wasser&trigger_word=%2B"
        let json =
            #"{"token":"t0k3n","channel_id":"C","channel_name":"stadtbaeume","user_id":"U1","user_name":"anna","post_id":"p1","text":"+ Bäume & Wasser","timestamp":1}"#
        let expected = ChatMessage(
            room: "stadtbaeume", userID: "U1", userName: "anna", text: "+ Bäume & Wasser", id: "p1")
        let forms = request(form, "application/x-www-form-urlencoded; charset=utf-8")
        #expect(try Self.mattermost.read(forms, at: Self.now) == .message(expected))
        #expect(try Self.mattermost.read(request(json), at: Self.now) == .message(expected))
        let answer = Self.mattermost.response([Self.quiet, OutgoingMessage("*A*")], to: expected)
        #expect(text(answer) == #"{"response_type":"post","text":"B1 notiert.\n\\*A\\*"}"#)
        #expect(text(Self.mattermost.response([], to: expected)) == "{}")
        let posted = try #require(Self.mattermost.request(Self.line, in: "stadtbaeume", at: Self.now))
        #expect(posted.url == "https://chat.example/hooks/abc")
        #expect(
            String(decoding: posted.body, as: UTF8.self) == #"{"channel":"stadtbaeume","text":"Gespeichert: grün"}"#)
    }

    @Test("A slash command of Mattermost is private, and so is its answer")
    func readsSlashCommand() throws {
        let form =
            "channel_id=C&channel_name=stadtbaeume&command=%2Flotse&text=!meinedaten&trigger_id=g1&user_id=U1&user_name=anna&response_url=x"
        let command = request(form, "application/x-www-form-urlencoded", ["authorization": "Token t0k3n"])
        let expected = ChatMessage(
            room: "stadtbaeume", userID: "U1", userName: "anna", text: "!meinedaten", id: "g1", isPrivate: true,
            replyURL: "x")
        #expect(try Self.mattermost.read(command, at: Self.now) == .message(expected))
        #expect(
            text(Self.mattermost.response([Self.line], to: expected))
                == #"{"response_type":"ephemeral","text":"Gespeichert: grün"}"#)
    }

    // MARK: Slack

    private static let slack = Slack(signingSecret: "8f742231b10e8888abcd99yyyzzz85a5", botToken: "xoxb-1")

    private func slackRequest(_ body: String, _ type: String, at seconds: Int = 1_795_370_400) -> WebhookRequest {
        let signature = Proof.hexadecimal(
            Array("v0:\(seconds):".utf8), Array(body.utf8), secret: Self.slack.signingSecret)
        return request(
            body, type, ["x-slack-request-timestamp": "\(seconds)", "x-slack-signature": "v0=" + signature])
    }

    @Test("Slack's published signature is ours")
    func signsLikeSlack() {
        let body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
        #expect(
            Proof.hexadecimal(
                Array("v0:1531420618:".utf8), Array(body.utf8), secret: Self.slack.signingSecret)
                == "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
    }

    @Test("Slack's events and commands are read; its challenge is answered")
    func readsSlack() throws {
        let event =
            #"{"type":"event_callback","event_id":"Ev1","event":{"type":"message","user":"U1","text":"+ a &lt; b","channel":"C1","ts":"1.2"}}"#
        let message = ChatMessage(room: "C1", userID: "U1", userName: "U1", text: "+ a < b", id: "Ev1/1.2")
        #expect(try Self.slack.read(slackRequest(event, "application/json"), at: Self.now) == .message(message))
        #expect(!Self.slack.answersInPlace(message))
        #expect(Self.slack.response([Self.line], to: message) == .empty)
        let posted = try #require(Self.slack.request(OutgoingMessage("a < b"), in: "C1", at: Self.now))
        #expect(String(decoding: posted.body, as: UTF8.self) == #"{"channel":"C1","text":"a &lt; b"}"#)
        let challenge = slackRequest(#"{"type":"url_verification","challenge":"abc"}"#, "application/json")
        #expect(try Self.slack.read(challenge, at: Self.now) == .other(.json(["challenge": "abc"])))
        let own =
            #"{"type":"event_callback","event_id":"Ev2","event":{"type":"message","bot_id":"B1","text":"x","channel":"C1"}}"#
        #expect(try Self.slack.read(slackRequest(own, "application/json"), at: Self.now) == .other(.empty))
        let command = slackRequest(
            "channel_id=C1&user_id=U1&user_name=anna&text=!ok&trigger_id=t1&command=%2Flotse",
            "application/x-www-form-urlencoded")
        let asked = ChatMessage(
            room: "C1", userID: "U1", userName: "anna", text: "!ok", id: "t1", isPrivate: true)
        #expect(try Self.slack.read(command, at: Self.now) == .message(asked))
        #expect(
            text(Self.slack.response([Self.line], to: asked))
                == #"{"response_type":"ephemeral","text":"Gespeichert: grün"}"#)
    }

    @Test(
        "What Slack marks up is read as people see it",
        arguments: [
            ("+ a &lt; b &amp; c", "+ a < b & c"),
            ("+ Siehe <https://a.example/x|a.example/x>", "+ Siehe https://a.example/x"),
            ("<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"),
            ("<https://a.example/x|Plan>", "Plan (https://a.example/x)"),
            ("Mail <mailto:a@b.example|a@b.example>", "Mail a@b.example"),
            ("<@U02|bernd> und <@U03>", "@bernd und @U03"),
            ("<@U00LOTSE> !stand", "@lotse !stand"), ("<@U00LOTSE>: stand", "@lotse: stand"),
            ("<#C01|stadtbaeume> <!here> <!subteam^S1|@team>", "#stadtbaeume @here @team"),
            ("bis <!date^1392734382^{date}|18.2.>", "bis 18.2."), (":white_check_mark:", "🙂"),
            (":thumbsup: :slightly_smiling_face:", "👍 🙂"), (":+1::skin-tone-2:", "👍"), ("+ Frist: 3:1", "+ Frist: 3:1"),
            ("a < b", "a < b"), ("<", "<"), ("<>", ""),
        ])
    func readsSlackMarkup(_ sent: String, _ seen: String) throws {
        #expect(SlackMarkup.plain(sent, bot: ["U00LOTSE"]) == seen)
    }

    @Test(
        "In Slack a person's words are read whatever comes with them, and what the system says is not",
        arguments: [
            ("file_share", true), ("thread_broadcast", true), ("me_message", true), ("message_changed", false),
            ("message_deleted", false), ("bot_message", false), ("channel_join", false), ("group_topic", false),
            ("pinned_item", false), ("huddle_thread", false),
        ])
    func readsSlackSubtypes(_ subtype: String, _ isRead: Bool) throws {
        let event =
            #"{"type":"event_callback","event_id":"Ev1","authorizations":[{"user_id":"U00"}],"event":{"type":"message","subtype":"\#(subtype)","user":"U1","text":"<@U00> + a","channel":"C1","ts":"1.2"}}"#
        let message = ChatMessage(room: "C1", userID: "U1", userName: "U1", text: "@lotse + a", id: "Ev1/1.2")
        #expect(
            try Self.slack.read(slackRequest(event, "application/json"), at: Self.now)
                == (isRead ? .message(message) : .other(.empty)))
    }

    @Test("In Slack an acknowledgement hangs at its line, and what answers a line in a thread stays there")
    func threadsSlack() throws {
        func body(_ request: HTTPRequest?) -> String { String(decoding: request?.body ?? [], as: UTF8.self) }
        let noted = OutgoingMessage("B1 notiert.", manner: .notice, inReplyTo: "Ev1/1.2", mark: "B1")
        #expect(
            body(Self.slack.request(noted, in: "C1", at: Self.now))
                == #"{"channel":"C1","text":"B1 notiert.","thread_ts":"1.2"}"#)
        let said = OutgoingMessage("Welches Problem?", inReplyTo: "Ev1/1.2")
        #expect(
            body(Self.slack.request(said, in: "C1", at: Self.now)) == #"{"channel":"C1","text":"Welches Problem?"}"#)
        let inThread = OutgoingMessage("Welches Problem?", inReplyTo: "Ev1/1.4/1.2")
        #expect(body(Self.slack.request(inThread, in: "C1", at: Self.now)).contains(#""thread_ts":"1.2""#))
        // What was written to the bot alone is told to the channel, and hangs at nothing there.
        let fromOutside = OutgoingMessage("B2 privat beigetragen", manner: .notice, inReplyTo: "Ev1/1.4/im", mark: "B2")
        #expect(
            body(Self.slack.request(fromOutside, in: "C1", at: Self.now))
                == #"{"channel":"C1","text":"B2 privat beigetragen"}"#)
        #expect(Self.slack.reaction(for: noted, in: "C1", at: Self.now) == nil)
        var marking = Self.slack
        marking.acknowledgesByReaction = true
        let reaction = try #require(marking.reaction(for: noted, in: "C1", at: Self.now))
        #expect(reaction.url == "https://slack.com/api/reactions.add")
        #expect(body(reaction) == #"{"channel":"C1","name":"white_check_mark","timestamp":"1.2"}"#)
        #expect(marking.reaction(for: said, in: "C1", at: Self.now) == nil)
    }

    @Test("Slack has a private way to people, and says in its answer what it did not do")
    func whispersInSlack() throws {
        let direct = slackRequest(
            #"{"type":"event_callback","event_id":"Ev3","event":{"type":"message","channel_type":"im","user":"U1","text":"!ok","channel":"D1","ts":"1.5"}}"#,
            "application/json")
        #expect(
            try Self.slack.read(direct, at: Self.now)
                == .message(
                    ChatMessage(room: "", userID: "U1", userName: "U1", text: "!ok", id: "Ev3/1.5/im", isPrivate: true))
        )
        let anna = ChatPerson(id: "U1", name: "anna", room: "C1")
        let there = Self.slack.request(OutgoingMessage("ja", inReplyTo: "Ev3/1.5/im"), to: anna, at: Self.now)
        #expect(there?.url == "https://slack.com/api/chat.postMessage")
        #expect(String(decoding: there?.body ?? [], as: UTF8.self) == #"{"channel":"U1","text":"ja"}"#)
        let threaded = Self.slack.request(OutgoingMessage("ja", inReplyTo: "Ev4/1.6/1.4"), to: anna, at: Self.now)
        #expect(threaded?.url == "https://slack.com/api/chat.postEphemeral")
        #expect(
            String(decoding: threaded?.body ?? [], as: UTF8.self)
                == #"{"channel":"C1","text":"ja","thread_ts":"1.4","user":"U1"}"#)
        let ephemeral = Self.slack.request(OutgoingMessage("ja", inReplyTo: "Ev4/1.6"), to: anna, at: Self.now)
        #expect(ephemeral?.url == "https://slack.com/api/chat.postEphemeral")
        #expect(
            String(decoding: ephemeral?.body ?? [], as: UTF8.self) == #"{"channel":"C1","text":"ja","user":"U1"}"#)
        // A greeting explains what counts »here, between us«.
        let greeting = Self.slack.request(OutgoingMessage("Willkommen"), to: anna, at: Self.now)
        #expect(greeting?.url == "https://slack.com/api/chat.postMessage")
        #expect(String(decoding: greeting?.body ?? [], as: UTF8.self) == #"{"channel":"U1","text":"Willkommen"}"#)
        func flaw(_ body: String) -> String? {
            Self.slack.flaw(
                in: HTTPResponse(status: 200, retryAfter: nil, body: Array(body.utf8), duration: .zero))
        }
        #expect(flaw(#"{"ok":true}"#) == nil)
        #expect(flaw(#"{"ok":false,"error":"channel_not_found"}"#) == "channel_not_found")
        #expect(flaw(#"{"ok":false,"error":"already_reacted"}"#) == nil)
    }

    @Test("A reaction in Talk is signed over the mark alone")
    func reactsInTalk() throws {
        let noted = OutgoingMessage("B1 notiert.", manner: .notice, inReplyTo: "1567", mark: "B1")
        #expect(Self.talk.reaction(for: noted, in: "n3xtc10ud", at: Self.now) == nil)
        var marking = Self.talk
        marking.acknowledgesByReaction = true
        let sent = try #require(marking.reaction(for: noted, in: "n3xtc10ud", at: Self.now))
        #expect(sent.url == "https://cloud.example/ocs/v2.php/apps/spreed/api/v1/bot/n3xtc10ud/reaction/1567")
        #expect(String(decoding: sent.body, as: UTF8.self) == #"{"reaction":"✅"}"#)
        let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
        let random = String(repeating: "0123456789abcdef", count: 4)
        #expect(
            headers["x-nextcloud-talk-bot-signature"]
                == Proof.hexadecimal(Array(random.utf8), Array("✅".utf8), secret: "53CR3T"))
    }

    @Test(
        "A URL for late answers has to be one of the chat system",
        arguments: [
            ("https://hooks.slack.com/commands/T1/2/x", true, false),
            ("https://hooks.slack.com:443/commands/T1/2/x", true, false),
            ("http://hooks.slack.com/commands/T1/2/x", false, false),
            ("https://hooks.slack.com:8443/x", false, false),
            ("https://hooks.slack.com.evil.example/x", false, false),
            ("https://evil.example/hooks.slack.com", false, false),
            ("https://hooks.slack.com@evil.example/x", false, false),
            ("https://evil.example\\@hooks.slack.com/x", false, false),
            ("https://CHAT.example/hooks/commands/abc", false, true),
            ("http://chat.example/hooks/commands/abc", false, false),
            ("https://chat.example:444/x", false, false), ("https://127.0.0.1/x", false, false), ("x", false, false),
            ("file:///etc/passwd", false, false), ("", false, false),
        ])
    func restrictsLateAnswers(_ url: String, _ inSlack: Bool, _ inMattermost: Bool) {
        #expect(Self.slack.allowsLateAnswer(at: url) == inSlack)
        #expect(Self.mattermost.allowsLateAnswer(at: url) == inMattermost)
        #expect(!RocketChat(tokens: []).allowsLateAnswer(at: url))
        var other = Self.mattermost
        other.server = "https://other.example"
        #expect(!other.allowsLateAnswer(at: url))
    }

    @Test("What could not be kept is a 503 where the system sends it again, else a text that somebody can read")
    func tellsOfFailure() throws {
        let event = ChatMessage(room: "C1", userID: "U1", userName: "U1", text: "+ a", id: "Ev1/1.2")
        var command = event
        command.isPrivate = true
        let lines = [Self.line]
        for system in [Self.talk as any ChatSystem, Self.slack, RocketChat(tokens: []), Zulip(tokens: [])] {
            #expect(system.refusal(lines, to: event) == .notKept)
        }
        #expect(WebhookResponse.notKept.status == 503 && WebhookResponse.notKept.retryAfter == 60)
        #expect(Self.slack.refusal(lines, to: command) == Self.slack.response(lines, to: command))
        for message in [event, command] {
            #expect(Self.mattermost.refusal(lines, to: message) == Self.mattermost.response(lines, to: message))
        }
        let signed = SignedJSON(keys: []).refusal(lines, to: event)
        #expect(signed.status == 503 && text(signed).contains("grün"))
    }

    @Test("Slack with an old timestamp or a wrong signature is refused", arguments: [-301, 301])
    func refusesSlack(_ shift: Int) {
        let old = slackRequest("{}", "application/json", at: 1_795_370_400 + shift)
        #expect(refusal(Self.slack, old) == .forbidden)
        var changed = slackRequest("{}", "application/json")
        changed.body = Array("{ }".utf8)
        #expect(refusal(Self.slack, changed) == .forbidden)
    }

    // MARK: Rocket.Chat, Zulip, our own

    @Test("Rocket.Chat is read and answered; bots are not")
    func readsRocketChat() throws {
        let system = RocketChat(tokens: ["t0k3n"])
        let body =
            #"{"token":"t0k3n","bot":false,"channel_id":"G","channel_name":"trees","message_id":"m1","timestamp":"x","user_id":"u1","user_name":"anna","text":"+ Wasser","siteUrl":"https://x"}"#
        let message = ChatMessage(room: "trees", userID: "u1", userName: "anna", text: "+ Wasser", id: "m1")
        #expect(try system.read(request(body), at: Self.now) == .message(message))
        #expect(text(system.response([Self.line], to: message)) == #"{"text":"Gespeichert: grün"}"#)
        let bot = body.replacing("\"bot\":false", with: "\"bot\":{\"i\":\"x\"}")
        #expect(try system.read(request(bot), at: Self.now) == .other(.json([String: String]())))
    }

    @Test("Zulip is read and answered, in a topic and privately")
    func readsZulip() throws {
        let system = Zulip(tokens: ["t0k3n"])
        let body =
            #"{"data":"@**Lotse** + Wasser","trigger":"mention","token":"t0k3n","message":{"id":7,"sender_id":9,"sender_full_name":"Anna","sender_email":"a@b","stream_id":3,"subject":"Bäume","type":"stream","content":"x"},"bot_email":"x"}"#
        let message = ChatMessage(room: "3/Bäume", userID: "9", userName: "Anna", text: "+ Wasser", id: "7")
        #expect(try system.read(request(body), at: Self.now) == .message(message))
        #expect(text(system.response([Self.line], to: message)) == #"{"content":"Gespeichert: grün"}"#)
        #expect(text(system.response([], to: message)) == #"{"response_not_required":true}"#)
        let atEnd = body.replacing("@**Lotse** + Wasser", with: "+ Wasser @**Lotse**")
            .replacing(#""bot_email":"x""#, with: #""bot_full_name":"Lotse""#)
            .replacing(#""subject":"Bäume""#, with: #""subject":"✔ Bäume""#)
        #expect(try system.read(request(atEnd), at: Self.now) == .message(message))
        let direct = body.replacing("\"mention\"", with: "\"direct_message\"")
        guard case .message(let asked) = try system.read(request(direct), at: Self.now) else { return }
        #expect(asked.isPrivate)
    }

    @Test("Our own format is signed in both directions")
    func readsSignedJSON() throws {
        let key = try WebhookKey(WebhookKey.makeShared())
        let system = SignedJSON(keys: [key], replyURL: "https://chat.example/in")
        let body =
            #"{"room":"trees","sender":{"id":"42","name":"Anna","role":"facilitator"},"text":"+ Shade","private":true}"#
        let webhook = StandardWebhook(
            id: "msg_1", timestamp: Int(Self.now.timeIntervalSince1970), body: Array(body.utf8))
        let headers = Dictionary(uniqueKeysWithValues: webhook.headers(signedBy: [key]).map { ($0.name, $0.value) })
        let message = ChatMessage(
            room: "trees", userID: "42", userName: "Anna", text: "+ Shade", id: "msg_1", isPrivate: true,
            isModerator: true)
        #expect(try system.read(request(body, "application/json", headers), at: Self.now) == .message(message))
        #expect(
            text(system.response([Self.quiet], to: message)) == #"{"messages":[{"quiet":true,"text":"B1 notiert."}]}"#)
        let posted = try #require(system.request(Self.line, in: "trees", at: Self.now))
        let sent = Dictionary(uniqueKeysWithValues: posted.headers.map { ($0.name, $0.value) })
        let out = StandardWebhook(
            id: sent["webhook-id"] ?? "", timestamp: Int(sent["webhook-timestamp"] ?? "") ?? 0, body: posted.body)
        #expect(out.isSigned(sent["webhook-signature"] ?? "", by: [key], now: out.timestamp))
        #expect(refusal(system, request(body)) == .forbidden)
        #expect(refusal(system, request(body + " ", "application/json", headers)) == .forbidden)
    }

    @Test(
        "A stranger is told the same whatever he sends; what is wrong with it learns only who has proved himself",
        arguments: ["mattermost", "rocket-chat", "zulip"])
    func refusesTokens(_ name: String) {
        let system: any ChatSystem =
            switch name {
            case "mattermost": Self.mattermost
            case "rocket-chat": RocketChat(tokens: ["t0k3n"])
            default: Zulip(tokens: ["t0k3n"])
            }
        let fields =
            #"{"token":"wrong","channel_id":"C","channel_name":"c","user_id":"U","user_name":"a","post_id":"p","message_id":"m","text":"x","data":"x","trigger":"mention","message":{"id":1,"sender_id":1,"sender_full_name":"a"}}"#
        let deep = String(repeating: "[", count: 30_000)
        for body in [fields, "{}", "{", "", "\u{0}", deep, #"{"token":7}"#, #"{"token":null}"#] {
            for type in ["application/json", "application/x-www-form-urlencoded", "text/plain", ""] {
                #expect(refusal(system, request(body, type)) == .forbidden, "\(body.prefix(15)) as \(type)")
            }
        }
        let invalid = WebhookRequest(
            path: "/", headers: ["content-type": "application/json"], body: [0x7B, 0xFF, 0x7D])
        #expect(refusal(system, invalid) == .forbidden)
        #expect(refusal(system, request(#"{"token":"t0k3n"}"#)) == .malformed)
        #expect(refusal(system, request(#"{"token":"t0k3n","message":7,"user_id":[]}"#)) == .malformed)
    }

    @Test("A right token with another content type is told so")
    func refusesContentTypes() {
        let json = #"{"token":"t0k3n"}"#
        #expect(refusal(RocketChat(tokens: ["t0k3n"]), request(json, "text/plain")) == .wrongContentType)
        #expect(refusal(Zulip(tokens: ["t0k3n"]), request(json, "text/plain")) == .wrongContentType)
        let header = ["authorization": "Token t0k3n"]
        #expect(refusal(Self.mattermost, request("text=x", "text/plain", header)) == .wrongContentType)
    }
}
