package import Facilitation

/// A figure that a monitoring system reads, in the text format of Prometheus (version 0.0.4).
package struct Metric: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Only rises, from the start of the program.
        case counter
        case gauge
        case histogram
    }

    package let name: String
    package let help: String
    package let kind: Kind
    /// Each with its labels, by their names; without any where there is one value.
    private let values: [(labels: [(name: String, value: String)], value: Double)]
    /// What stands for the values of a histogram.
    private let durations: Histogram?

    package init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        (self.name, self.kind, self.help, durations) = (name, kind, help, nil)
        values = [([], value)]
    }

    package init(_ name: String, _ help: String, _ durations: Histogram) {
        (self.name, kind, self.help, values) = (name, .histogram, help, [])
        self.durations = durations
    }

    package init(_ name: String, _ kind: Kind, _ help: String, by label: String, _ values: [String: Int]) {
        self.init(name, kind, help, by: label, values.mapValues(Double.init))
    }

    package init(_ name: String, _ kind: Kind, _ help: String, by label: String, _ values: [String: Double]) {
        (self.name, self.kind, self.help, durations) = (name, kind, help, nil)
        self.values = values.sorted { $0.key < $1.key }.map { ([(label, $0.key)], $0.value) }
    }

    /// With two labels: the value of the one stands outside, that of the other inside.
    package init(
        _ name: String, _ kind: Kind, _ help: String, by outer: String, _ inner: String,
        _ values: [String: [String: Int]]
    ) {
        (self.name, self.kind, self.help, durations) = (name, kind, help, nil)
        self.values = values.sorted { $0.key < $1.key }.flatMap { first, values in
            values.sorted { $0.key < $1.key }.map { ([(outer, first), (inner, $0.key)], Double($0.value)) }
        }
    }

    var text: String {
        let lines =
            durations.map(lines)
            ?? values.map { labels, value in
                let labels = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
                return "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value)\n"
            }
        return "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n" + lines.joined()
    }

    private func lines(of durations: Histogram) -> [String] {
        durations.cumulated.map { "\(name)_bucket{le=\"\($0.bound)\"} \($0.count)\n" }
            + ["\(name)_sum \(durations.sum)\n", "\(name)_count \(durations.count)\n"]
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    package static func == (one: Metric, other: Metric) -> Bool { one.text == other.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
