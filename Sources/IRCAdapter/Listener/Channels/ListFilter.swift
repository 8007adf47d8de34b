import FoundationEssentials
import IRCProtocol

/// Which channels LIST shows; conditions with commas between them (`ELIST=CMNTU` of RPL_ISUPPORT).
///
///     #stadt*     name matches one of such masks          >3  <3        more, fewer members
///     !#stadt*    name matches none of such masks         C<60 C>60     began fewer, more minutes ago
///                                                         T<60 T>60     topic set fewer, more minutes ago
struct ListFilter {
    private enum Condition {
        case members(ClosedRange<Int>)
        case createdBefore(minutes: ClosedRange<Double>)
        case topicSetBefore(minutes: ClosedRange<Double>)
        case isNot(Mask)
    }

    private var masks: [Mask] = []
    private var conditions: [Condition] = []

    init(_ text: String, mapping: CaseMapping) {
        for part in text.parts(at: ",") {
            if let condition = Self.condition(part, mapping: mapping) {
                conditions.append(condition)
            } else {
                masks.append(Mask(part, mapping: mapping))
            }
        }
    }

    private static func condition(_ part: String, mapping: CaseMapping) -> Condition? {
        if part.begins(with: "!") { return .isNot(Mask(String(part.dropFirst()), mapping: mapping)) }
        let kind = part.first.map { "CTct".contains($0) ? String($0).asciiUppercased : "" } ?? ""
        let rest = part.dropFirst(kind.count)
        guard let sign = rest.first, sign == "<" || sign == ">", let number = Int(rest.dropFirst()) else { return nil }
        // Beyond this nothing counts any more.
        let most = 1_000_000_000
        guard (0...most).contains(number) else { return nil }
        if kind.isEmpty { return .members(sign == "<" ? 0...max(number - 1, 0) : (number + 1)...(most + 1)) }
        let minutes = sign == "<" ? 0...Double(number) : Double(number)...Double.infinity
        return kind == "C" ? .createdBefore(minutes: minutes) : .topicSetBefore(minutes: minutes)
    }

    func matches(_ channel: ServerChannel, at now: Date) -> Bool {
        guard masks.isEmpty || masks.contains(where: { $0.matches(channel.name) }) else { return false }
        return conditions.allSatisfy { condition in
            switch condition {
            case .members(let range): range.contains(channel.members.count)
            case .createdBefore(let minutes): minutes.contains(now.timeIntervalSince(channel.createdAt) / 60)
            case .topicSetBefore(let minutes):
                channel.topic.map { minutes.contains(now.timeIntervalSince($0.at) / 60) } ?? false
            case .isNot(let mask): !mask.matches(channel.name)
            }
        }
    }
}
