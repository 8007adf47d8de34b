// How the worksheet looks on paper.

extension WorksheetPage {
    /// The style sheet: A4 upright, lines 7.5 mm apart, so that there is room for a hand; a key stands where the eye of whoever
    /// types looks first. The tones are those of the summary.
    static let style = """
        :root { --ink: #17242f; --soft: #4a5a68; --line: #8fa0ac; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 12mm; max-width: 210mm; background: #fff; color: var(--ink);
          font: 10.5pt/1.35 "Segoe UI", "Source Sans 3", "Helvetica Neue", Arial, sans-serif; hyphens: auto; }
        h1, h2, h3, p, table { margin: 0; }
        header { border-bottom: .8mm solid #0b3553; padding-bottom: 3mm; }
        .what { letter-spacing: .06em; color: var(--soft); }
        h1 { font-size: 21pt; line-height: 1.15; color: #0b3553; hyphens: manual; }
        .who { display: flex; gap: 8mm; margin: 5mm 0 3mm; }
        .who span { flex: 2; border-bottom: .3mm solid var(--line); padding-bottom: 1mm; color: var(--soft); }
        .who span + span { flex: 1; }
        .step { --tone: #0b4f7d; margin-top: 7mm; }
        .tone1 { --tone: #256340; }
        .tone2 { --tone: #8a4b08; }
        .tone3 { --tone: #742a5c; }
        h2 { font-size: 14pt; padding: 1.2mm 2mm; color: #fff; background: var(--tone); border-radius: 1mm; break-after: avoid; }
        .numeral { margin-right: .3em; }
        .purpose { margin: 1.5mm 0 0; color: var(--soft); font-style: italic; break-after: avoid; }
        article { display: grid; grid-template-columns: 1fr auto; gap: 0 4mm; align-items: baseline; break-inside: avoid; margin-top: 4.5mm; }
        h3 { font-size: 12pt; line-height: 1.25; hyphens: manual; }
        .key { font: 700 10.5pt "DejaVu Sans Mono", Consolas, monospace; padding: .6mm 1.6mm; border: .35mm solid var(--tone); border-radius: 1mm; color: var(--tone); }
        .hint { grid-column: 1 / -1; font-size: 9pt; color: var(--soft); }
        article > :nth-child(n + 4) { grid-column: 1 / -1; }
        .line { display: block; height: 7.5mm; border-bottom: .25mm solid var(--line); }
        .item::before { content: "–"; position: relative; top: 3mm; color: var(--soft); }
        .part { margin-top: 2mm; }
        .label { font-weight: 600; font-size: 9.5pt; }
        table { width: calc(100% - .5mm); border-collapse: collapse; margin: 1.5mm .25mm 0; table-layout: fixed; }
        th { text-align: left; font-size: 9.5pt; font-weight: 600; padding: .8mm 1.5mm; background: #eef1f3; border: .25mm solid var(--line); }
        td { height: 7.5mm; border: .25mm solid var(--line); }
        footer { margin-top: 6mm; padding-top: 2mm; border-top: .3mm solid var(--line); font-size: 8.5pt; color: var(--soft); break-inside: avoid; }
        footer p + p { margin-top: 1mm; }
        @media print {
          @page { size: A4 portrait; margin: 12mm 14mm; }
          body { padding: 0; max-width: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
