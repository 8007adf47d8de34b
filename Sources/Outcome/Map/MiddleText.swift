/// The text in the middle of a map: whole, in the largest letters and the smallest box that take it.
struct MiddleText {
    static let leading = 1.28
    /// What the label above the text needs, with the air around both.
    private static let frame = 58.0
    private static let tallest = 640.0

    let size: MapLayout.Size
    let fontSize: Double
    let lines: [String]

    /// - Parameter sizes: of the box, from the smallest; the last one grows in height where even the smallest letters need it.
    init(_ text: String, in sizes: [MapLayout.Size]) {
        func lines(_ fontSize: Double, _ size: MapLayout.Size, limit: Int) -> [String] {
            MapText.lines(text, size: fontSize, isBold: true, width: size.width * 0.8, limit: limit)
        }
        for size in sizes {
            for fontSize in [18.0, 16, 14, 13] {
                let broken = lines(fontSize, size, limit: .max)
                guard Double(broken.count) * fontSize * Self.leading <= size.height - Self.frame else { continue }
                (self.size, self.fontSize, self.lines) = (size, fontSize, broken)
                return
            }
        }
        let (last, fontSize) = (sizes[sizes.count - 1], 13.0)
        let limit = Int((Self.tallest - Self.frame) / (fontSize * Self.leading))
        self.lines = lines(fontSize, last, limit: limit)
        self.fontSize = fontSize
        size = MapLayout.Size(
            width: last.width, height: Double(self.lines.count) * fontSize * Self.leading + Self.frame)
    }
}
