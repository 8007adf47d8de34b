/// What a group of a workshop talks about, in the words that people use for it; `@` stands for the name of its place.
struct MunicipalCase: Sendable {
    let contributions: [String]
    let problem: String
    let objection: String
    let openPoint: String
    let expert: String
    /// What the group says to others in a gallery walk.
    let remark: String

    /// One for each of twenty groups; none is a part of another or stands in a case.
    static let places = [
        "Ahlbeck", "Bornim", "Criewen", "Dahme", "Eggersdorf", "Friesack", "Golzow", "Herzberg", "Ihlow", "Jeserig",
        "Ketzin", "Lychen", "Müllrose", "Neuzelle", "Oderberg", "Putlitz", "Rheinsberg", "Storkow", "Templin", "Viesen",
    ]

    static let all = [
        MunicipalCase(
            contributions: [
                "Junge Bäume vertrocknen in @, wir gießen mit Trinkwasser.",
                "Bei Starkregen läuft in @ der Kanal in der Schulstraße über.",
                "Der Bauhof hat im Sommer zu wenig Leute zum Gießen.",
            ],
            problem: "In @ verschwindet Regenwasser im Kanal und fehlt im Sommer den jungen Bäumen.",
            objection: "Die Keller in der Schulstraße fehlen darin", openPoint: "Wem gehört das Wasser vom Schuldach?",
            expert: "Untere Wasserbehörde", remark: "Zisternen auf dem Schulhof haben bei uns geholfen."),
        MunicipalCase(
            contributions: [
                "Der letzte Laden in @ hat zugemacht.", "Abends fährt von @ kein Bus mehr zum Bahnhof.",
                "Wer kein Auto hat, kommt nicht zum Arzt.",
            ],
            problem: "Ohne Auto kann in @ niemand einkaufen und kaum jemand zum Arzt.",
            objection: "Junge Familien kommen nicht vor", openPoint: "Wer haftet bei einem Bürgerbus?",
            expert: "Kreisverwaltung, Verkehr", remark: "Ein Fahrdienst mit dem Nachbarort trägt sich bei uns selbst."),
        MunicipalCase(
            contributions: [
                "Aus den Trockentoiletten am See von @ wird alles teuer entsorgt.",
                "Landwirte um @ kaufen Dünger, der immer teurer wird.", "Viele ekeln sich davor.",
            ],
            problem: "Nährstoffe aus @ landen in der Kläranlage, während Dünger knapp wird.",
            objection: "Die Sorge um Arzneimittel gehört dazu", openPoint: "Darf man das auf Felder bringen?",
            expert: "Landesamt für Umwelt", remark: "Eine offene Führung hat bei uns den Ekel genommen."),
        MunicipalCase(
            contributions: [
                "Im Ortskern von @ stehen elf Häuser leer.", "Die Feuerwehr in @ findet keinen Nachwuchs.",
                "Das Dorfgemeinschaftshaus ist im Winter zu kalt.",
            ],
            problem: "@ wird älter und leerer, und Treffpunkte fehlen.", objection: "Das klingt zu düster",
            openPoint: "Gibt es Fördermittel für die Dämmung?", expert: "Investitionsbank",
            remark: "Ein Hofladen im Gemeindehaus hat uns wieder zusammengebracht."),
    ]
}
