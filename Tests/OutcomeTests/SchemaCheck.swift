import Foundation

/// Looks whether a JSON text is as a JSON Schema says, as far as the keywords go that our schema uses.
struct SchemaCheck {
    private let schema: [String: Any]

    struct NoSchema: Error {}

    init(_ text: String) throws {
        guard let schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw NoSchema()
        }
        self.schema = schema
    }

    func problems(in text: String) -> [String] {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return ["no JSON"] }
        return problems(of: value, at: "", by: schema)
    }

    private func problems(of value: Any, at path: String, by schema: [String: Any]) -> [String] {
        var problems: [String] = []
        if let reference = schema["$ref"] as? String {
            problems += self.problems(of: value, at: path, by: resolved(reference))
        }
        if let type = schema["type"] as? String, !isOf(type, value) { return ["\(path): no \(type)"] }
        if let constant = schema["const"] as? NSObject, constant != value as? NSObject {
            problems.append("\(path): not \(constant)")
        }
        if let values = schema["enum"] as? [NSObject], !values.contains(where: { $0 == value as? NSObject }) {
            problems.append("\(path): none of \(values)")
        }
        if let pattern = schema["pattern"] as? String, let text = value as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            problems.append("\(path): not like \(pattern)")
        }
        if let object = value as? [String: Any] { problems += self.problems(in: object, at: path, by: schema) }
        if let items = schema["items"] as? [String: Any], let array = value as? [Any] {
            for (index, item) in array.enumerated() {
                problems += self.problems(of: item, at: "\(path)/\(index)", by: items)
            }
        }
        return problems
    }

    private func problems(in object: [String: Any], at path: String, by schema: [String: Any]) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let required = schema["required"] as? [String] ?? []
        var problems = required.filter { object[$0] == nil }.map { "\(path): \($0) is missing" }
        for (name, value) in object {
            if let property = properties[name] {
                problems += self.problems(of: value, at: "\(path)/\(name)", by: property)
            } else if schema["additionalProperties"] as? Bool == false {
                problems.append("\(path): \(name) is unknown")
            }
        }
        return problems
    }

    private func resolved(_ reference: String) -> [String: Any] {
        let definitions = schema["$defs"] as? [String: [String: Any]]
        return definitions?[String(reference.split(separator: "/").last ?? "")] ?? ["enum": []]
    }

    private func isOf(_ type: String, _ value: Any) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": value is Bool
        case "integer": value is Int && !(value is String)
        default: false
        }
    }
}
