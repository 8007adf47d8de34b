extension Person {
    /// The words by which she may be called, folded: all of her name and her handle but particles such as the `von der`
    /// of `Anna von der Au`.
    package var nameWords: [String] {
        [name, handle].flatMap { name in
            let words = name.split { !$0.isLetter && !$0.isNumber }
            let isHandle = words.allSatisfy { $0.first?.isUppercase != true }
            return words.filter { isHandle || $0.first?.isUppercase == true }.map(\.folded).filter { $0.count > 1 }
        }
    }
}
