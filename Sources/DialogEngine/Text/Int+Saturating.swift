extension Int {
    /// The whole part of any number: the nearest one that there is where it is too large, and 0 for none.
    package init(saturating number: Double) {
        self = Int(exactly: number.rounded(.towardZero)) ?? (number > 0 ? .max : number < 0 ? .min : 0)
    }
}
