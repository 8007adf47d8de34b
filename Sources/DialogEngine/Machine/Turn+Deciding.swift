import FoundationEssentials

extension Turn {
    /// Looks at rights and at the session's state, then hands the command to the part of the machine that it concerns.
    mutating func take(_ command: Command) {
        guard mayTake(command) else { return }
        switch command {
        case .plain(let text): takePlain(text)
        case .aside: break
        case .bare(let bare): takeBare(bare)
        case .bareVerb(let typed): takeBareVerb(typed)
        case .goOn(let beginning, let rest, let isSure): goOn(beginning, with: rest, isSure: isSure)
        case .append: refuseToGoOn()
        case .privately: refuse(.notPrivateHere)
        case .contribute(let text, let question): contribute(text, to: question)
        case .edit(let id, let text, let due): edit(id, text, due: due)
        case .substitute(let old, let new): substitute(old, by: new)
        case .withdraw(let id): withdraw(id)

        case .propose(let text, let ids): propose(text, from: ids, to: session.currentQuestion)
        case .consent(let target): consent(target)
        case .object(let reason): object(reason)
        case .abstain(let question): vote(.abstention, on: question)
        case .agree(let question): agree(question)

        case .start(let name, _): start(name)
        case .end(let confirmed): end(confirmed: confirmed)
        case .pause(let until): pause(until: until)
        case .resume: resume()
        case .next(let confirmed): next(confirmed: confirmed)
        case .back: back()
        case .goTo(let name): go(to: name)
        case .skip(let reason): skip(reason)
        case .ruleOut(let reason): ruleOut(reason)
        case .order(let name): order(name)
        case .mode(let mode): change(to: mode)
        case .silence(let minutes): beginSilence(minutes: minutes)
        case .reveal: reveal()
        case .timebox(let timeboxing): timebox(timeboxing)

        case .raise(let text): raise(text, at: session.currentQuestion)
        case .askExpert(let id, let expert, let due): ask(expert, about: id, due: due)
        case .clear(let id, let result): clear(id, result)
        case .park(let text): park(text)
        case .showParked: showParked()
        case .assign(let name, let text, let due): assign(to: name, text, due: due)
        case .finish(let id): finish(id)

        case .ready: becomeReady()
        case .queue(let queueing): queue(queueing)
        case .giveFloor(let name): giveFloor(to: name)
        case .nudge(let isOn): nudge(isOn)
        case .group(let ids, let text): group(ids, as: text)
        case .dots(let dotting): dots(dotting)
        case .placeDots(let ids): placeDots(ids)

        case .groups(let question): showGroups(question)
        case .all(let command, let typed): tellAll(command, typed)
        case .announce(let text): say(.announcement, [.name: name(me?.id), .text: .text(text)])

        case .openGallery(let question): openGallery(question)
        case .closeGalleries: closeGalleries()
        case .remark(let text): remark(text)
        case .withdrawRemark(let id, let group): withdrawRemark(id, of: group)
        case .showRemarks(let question): showRemarks(question)

        case .addOrganisation(let name, let position, let detail): addOrganisation(name, as: position, detail)
        case .describeOrganisation(let id, let description): describe(id, description)
        case .showOrganisations: showOrganisations()
        case .merge(let kept, let other): merge(kept, other)
        case .split(let id): id.kind == .group ? ungroup(id) : split(id)
        case .noHolder(let id): raiseMissingHolder(of: id)
        case .resolveHurdle(let id, let resolution): resolveHurdle(id, resolution)
        case .planContact(let id, let plan): planContact(with: id, plan)
        case .makeContact(let id): makeContact(with: id)
        case .showContacts: showContacts()
        case .showMap: showMap()
        case .showFactors: showFactors()

        case .question(let name): showQuestion(name)
        case .status: showStatus()
        case .openItems: showOpenItems()
        case .recap: showRecap()
        case .help(let topic): help(topic)
        case .explain: explain()
        case .example: giveExample()
        case .more: add(Output(to: .asker, .nextPage))
        case .leave: acknowledge(.howToLeave)

        case .guide(let request): lead(request)
        case .worksheet(let order): giveWorksheet(order)
        case .paper(let request): copyPaper(request)
        case .copy(let line): copy(line)

        case .here(let name, let organisation): introduce(name: name, organisation: organisation)
        case .away: leave()
        case .addFacilitator(let name): addFacilitator(name)
        case .removeFacilitator(let name): removeFacilitator(name)
        case .listFacilitators: listFacilitators()
        case .vouch(let name, let former): vouch(for: name, as: former)
        case .redeem:
            refusedRight = .lead
            refuse(source == .private ? .badCode : .codeSaidAloud)
        case .language(let language): speak(language)
        case .myData: showMyData()
        case .forgetMe(let confirmed): forgetMe(confirmed: confirmed)

        case .minutes(let withNames): handOver(.markdown, withNames: withNames)
        case .export(let format, let withNames): handOver(format, withNames: withNames)

        case .eraseSession(let confirmed): eraseSession(confirmed: confirmed)

        case .unknown(let text, let nearest): notUnderstood(text, nearest: nearest)
        case .incomplete(let verb, let misreading): explainUsage(of: verb, misreading)
        }
    }

    private mutating func mayTake(_ command: Command) -> Bool {
        switch command {
        case .plain, .aside, .bare, .bareVerb, .goOn, .privately, .help, .unknown, .incomplete, .more, .leave, .redeem:
            return true
        case .start where session.state == .new:
            return mayBegin()
        case .start where session.state == .ended && role != .facilitator:
            return mayBegin()
        case .start where mayTakeOver:
            return true
        case .resume where session.state == .ended && mayTakeOver:
            return true
        // Who facilitates other groups may begin with them.
        case .groups(nil) where session.state == .new && mayLead, .all where session.state == .new && mayLead:
            return true
        default:
            break
        }
        guard session.state != .new else {
            refuse(mayLead ? .noSession : .noSessionYet)
            return false
        }
        guard role.may(command.right) else {
            refuseRight(to: command)
            return false
        }
        guard session.state != .ended || isPossibleAfterwards(command) else {
            refuse(.sessionEnded)
            return false
        }
        guard session.gallery == nil || isPossibleInGallery(command) else {
            refuse(.galleryGoesOn)
            return false
        }
        return true
    }

    /// What is about the question that waits comes after the walk; what names its question or record is possible.
    private func isPossibleInGallery(_ command: Command) -> Bool {
        switch command {
        case .propose, .goTo, .skip, .ruleOut, .silence, .dots(.open): false
        default: true
        }
    }

    /// After the end there is only looking, taking home, what concerns oneself, and the homework.
    private func isPossibleAfterwards(_ command: Command) -> Bool {
        switch command {
        case .groups, .recap, .openItems, .showParked, .showOrganisations, .showContacts, .showMap, .showFactors,
            .showRemarks, .question, .start, .resume:
            true
        case .askExpert, .clear, .finish, .planContact, .makeContact: true
        case .edit(let id, _, _), .withdraw(let id?): id.kind == .openPoint || id.kind == .action
        case .language: me != nil
        default: ![.contribute, .correctOwn, .lead].contains(command.right)
        }
    }

    /// How long a facilitator may be away, in seconds, before others may take over: a connection that broke is made again.
    private static let grace = 60.0

    /// Whether the speaker may begin sessions, and everybody who facilitates this one has been gone for a while.
    var mayTakeOver: Bool {
        mayTakeOverSoon
            && facilitators.allSatisfy { at.timeIntervalSince($0.wentAt ?? session.startedAt) >= Self.grace }
    }

    /// Whether the speaker may begin sessions, and nobody who facilitates this one is there at the moment.
    var mayTakeOverSoon: Bool {
        guard session.state != .new, let speaker else { return false }
        return role != .facilitator && speaker.standing == .member && speaker.appointment == .starter
            && !facilitators.contains(where: \.isPresent)
    }

    private mutating func mayBegin() -> Bool {
        guard !mayLead else { return true }
        refusedRight = .lead
        refuse(.mayNotStart)
        return false
    }

    /// Whether the speaker may begin sessions.
    private var mayLead: Bool {
        speaker?.standing == .member && speaker?.appointment != Speaker.Appointment.none
    }

    private mutating func refuseRight(to command: Command) {
        refusedRight = command.right
        switch command.right {
        case .exportSession where role == .participant: refuse(.exportForFacilitators)
        case _ where role == .stranger: refuse(.forMembers)
        case _ where mayTakeOverSoon && !mayTakeOver: refuse(.facilitationRestsAMinute, [.names: facilitatorNames])
        case _ where hasLostFacilitation: tellFacilitationIsGone()
        default: refuse(.forFacilitators, [.names: facilitatorNames])
        }
    }

    var facilitators: [Person] { session.facilitators }

    /// Those who are there, or can be met again.
    var lastingFacilitators: [Person] {
        facilitators.filter { $0.isPresent || !$0.identity.isConnection }
    }

    /// The names of the facilitators who are there, else of all; a name that two records bear is said once.
    var facilitatorNames: Value {
        let present = facilitators.filter(\.isPresent)
        var names: [Value] = []
        for person in present.isEmpty ? facilitators : present where !names.contains(name(person.id)) {
            names.append(name(person.id))
        }
        return .list(names.isEmpty ? [name(nil)] : names)
    }

    private mutating func notUnderstood(_ text: String, nearest: String?) {
        if let nearest {
            refuse(.notUnderstoodNearest, [.text: .text(text.shortened(to: 40)), .verb: .text(nearest)])
        } else {
            refuse(.notUnderstood, [.text: .text(text.shortened(to: 40))])
        }
    }

    private mutating func explainUsage(of verb: String, _ misreading: Misreading) {
        switch misreading {
        case .missing: add(Output(to: .asker, isAcknowledgement: true, .verbHelp(.verb(verb))))
        case .badDate: refuse(.badDate)
        case .noSuchDay: refuse(.noSuchDay)
        case .pastDate: refuse(.pastDate)
        case .badNumber: refuse(verb == "silence" ? .badSilence : .badNumber)
        case .badID: refuse(.badID)
        case .badLanguage: refuseLanguage()
        case .badRhythm: refuse(.badRhythm)
        case .badFormat: refuse(.badFormat, [.values: .names(OutcomeFormat.allCases.map(\.rawValue))])
        }
    }
}
