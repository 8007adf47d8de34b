import DialogEngine

// The network as JSON: resources, steps and hurdles, and the contact to an organisation.

extension JSONRecords {
    var network: JSONValue? {
        report.network.map { network in
            .object([
                ("mission", .text(network.mission)),
                (
                    "spheres",
                    .array(network.spheres.map { .object([("id", .string($0.id)), ("title", .string($0.title))]) })
                ),
                ("resources", .array(network.resources.map(resource))),
                (
                    "steps",
                    .array(network.steps.map { .object([("id", id($0.id)), ("text", .string($0.text))]) })
                ),
                ("hurdles", .array(network.hurdles.map(hurdle))),
            ])
        }
    }

    private func resource(_ resource: Report.Resource) -> JSONValue {
        .object([
            ("id", id(resource.id)), ("text", .string(resource.text)), ("kind", .text(resource.kindID)),
            ("holders", .array(resource.holders.map(id))), ("openPoint", resource.openPoint.map(id)),
        ])
    }

    private func hurdle(_ hurdle: Report.Hurdle) -> JSONValue {
        .object([
            ("id", id(hurdle.id)), ("text", .string(hurdle.text)), ("step", hurdle.step.map(id)),
            ("isOutside", .boolean(hurdle.isOutside)),
        ])
    }

    func contact(_ contact: Report.Contact) -> JSONValue {
        .object([
            ("state", .string(contact.state.rawValue)), ("assignee", name(contact.assignee)),
            ("counterpart", .text(contact.counterpart)), ("due", due(contact.due)),
            ("request", .text(contact.request)), ("format", .text(contact.format)),
            (
                "every",
                contact.interval.map {
                    .object([("count", .integer($0.count)), ("unit", .string($0.unit.rawValue))])
                }
            ),
            ("madeAt", contact.madeAt.map(moment)),
        ])
    }
}
