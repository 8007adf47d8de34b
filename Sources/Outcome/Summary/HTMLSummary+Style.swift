// How the summary looks, on a screen, on a phone and on paper.

extension HTMLSummary {
    /// A sign for each state, drawn once and used by reference; none of them depends on a colour.
    static let signs = """
        <svg class="unseen" aria-hidden="true" width="0" height="0">
        <symbol id="sign-agreed" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="currentColor"/><path d="M4 8.4l2.7 2.7L12 5.4" fill="none" stroke="var(--behind, #fff)" stroke-width="2.2"/></symbol>
        <symbol id="sign-draft" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 1a7 7 0 0 1 0 14z" fill="currentColor"/></symbol>
        <symbol id="sign-collected" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="8" cy="8" r="3" fill="currentColor"/></symbol>
        <symbol id="sign-empty" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.8 2.7"/></symbol>
        <symbol id="sign-notApplicable" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="2"/><path d="M3.5 12.5l9-9" stroke="currentColor" stroke-width="2"/></symbol>
        </svg>
        """

    /// The style sheet.
    ///
    /// Contrasts after WCAG 2.2: every text has at least 6.7:1 to what is behind it (the weakest is the ochre of the third
    /// step on white). On paper the steps, and behind them what is open and to be done, flow through four columns of a landscape page, which is how
    /// 17 answers of ordinary length fit on one, in the size that ``PrintSize`` finds; the map has a page of its own, as large as
    /// it can be. Questions without an answer keep room for handwriting.
    static let style = """
        :root { --ink: #17242f; --soft: #4a5a68; --line: #c9d2d9; --paper: #fff; --ground: #eef1f3; --tone: #0b4f7d; }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--ground); color: var(--ink);
          font: 1rem/1.45 "Segoe UI", "Source Sans 3", "Helvetica Neue", Arial, sans-serif;
          hyphens: auto; overflow-wrap: anywhere; }
        h1, h2, h3, p, ul, ol, table { margin: 0; padding: 0; }
        h1, h2, h3 { line-height: 1.2; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

        .head { display: grid; gap: .6rem 2.5rem; align-items: center; padding: 1.5rem; background: #0b3553; color: #fff;
          border-radius: .5rem .5rem 0 0; }
        .guide { font-size: .95rem; letter-spacing: .04em; opacity: .92; }
        h1 { font-size: clamp(1.7rem, 4.2vw, 2.7rem); font-weight: 700; hyphens: manual; }
        .facts { font-size: .9rem; }
        .tally { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin-bottom: .4rem; }
        .tally .sign { color: #fff; --behind: #0b3553; }
        .sign { width: .95em; height: .95em; margin-right: .35em; vertical-align: -.1em; }

        main { background: var(--paper); padding: .5rem 1.5rem 1.5rem; }
        .step { --tone: #0b4f7d; --tint: #e3edf4; margin-top: 1.4rem; }
        .step:nth-of-type(4n + 2) { --tone: #256340; --tint: #e3f0e7; }
        .step:nth-of-type(4n + 3) { --tone: #8a4b08; --tint: #f7ecdf; }
        .step:nth-of-type(4n) { --tone: #742a5c; --tint: #f4e6ef; }
        .step.former { --tone: #3f4a54; --tint: #e9edf0; }
        h2 { font-size: 1.3rem; color: var(--tone); border-bottom: .19rem solid var(--tone); padding-bottom: .3rem; margin-bottom: .7rem; }
        .numeral { display: inline-block; min-width: 1.55em; margin-right: .25em; padding: .06em .3em; border-radius: .2em; background: var(--tone); color: #fff; text-align: center; }
        .question { break-inside: avoid; margin-bottom: 1rem; padding-bottom: .2rem; }
        h3 { font-size: 1.02rem; color: var(--tone); hyphens: manual; }
        p.state { font-size: .82rem; font-weight: 600; color: var(--soft); margin: .1rem 0 .25rem; }
        p.state .sign { color: var(--tone); }
        .running + .running { margin-top: .3rem; }
        .question ul, .question ol, .list ul { padding-left: 1.35em; }
        .question li::marker { color: var(--tone); }
        .question ul.names, .question ul.kinds { list-style: none; padding: 0; }
        .names { display: flex; flex-wrap: wrap; gap: .22em .35em; }
        .names li { padding: 0 .45em; border-radius: .25em; background: var(--tint); }
        .names b { font-weight: 600; }
        .kinds li + li { margin-top: .18em; }
        dl, dd { margin: 0; }
        .subjects { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .3em .7em; align-items: baseline; }
        .subjects dt { font-weight: 600; }
        .label { font-weight: 700; margin-top: .25rem; }
        .kind { display: inline-block; padding: 0 .4em; border: 1px solid var(--tone); border-radius: .25em; color: var(--tone); font-size: .82em; line-height: 1.45; }
        .gap { color: var(--soft); font-style: italic; }
        .subjects .gap .sign { color: var(--tone); }
        .question.empty .gap { padding: .3em .6em; min-height: 3.2em; border: 1px dashed #8696a3; border-radius: .25em; }
        .objection { margin-top: .35rem; padding-left: .6rem; border-left: .2rem solid var(--ink); }
        .open { margin-top: .3rem; font-weight: 600; }
        a { color: inherit; }
        table { width: 100%; border-collapse: collapse; font-size: .95em; }
        th, td { padding: .22em .5em .22em 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); font-weight: 400; }
        thead th { border-top: 0; font-weight: 700; font-size: .88em; color: var(--soft); }
        tbody th { font-weight: 600; }
        td, th { overflow-wrap: break-word; }
        tr > :last-child { padding-right: 0; }

        .network { margin-top: 1.4rem; --tone: var(--ink); }
        .network .map { display: block; width: 100%; height: auto; margin-bottom: 1rem; }
        .after { display: grid; gap: 0 2rem; margin-top: 1.4rem; }
        .contacts { grid-column: 1 / -1; }
        h2 small { font-size: .75em; font-weight: 600; }
        h2 small::before { content: "· "; }
        .list { --tone: var(--ink); break-inside: avoid; margin-bottom: 1rem; }
        footer { padding: .9rem 1.5rem; font-size: .82rem; color: #fff; background: #0b3553; border-radius: 0 0 .5rem .5rem; display: flex; flex-wrap: wrap; gap: .2rem 2rem; justify-content: space-between; }

        @media (min-width: 44rem) {
          .questions { columns: 2; column-gap: 2rem; }
          .after { grid-template-columns: 1fr 1fr; }
          .head { grid-template-columns: 1fr fit-content(34rem); }
        }
        @media (min-width: 64rem) {
          .many .questions { columns: 3; }
        }
        @media (max-width: 30rem) {
          body { padding: 0; }
          .head, footer { border-radius: 0; }
          .head, main, footer { padding-left: 1rem; padding-right: 1rem; }
          .subjects { display: block; }
          .subjects dd { margin: .1em 0 .4em; }
          table, tbody, tr, td { display: block; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          tr { padding: .35em 0; border-top: 1px solid var(--line); }
          th, td, tbody th { padding: 0; border: 0; }
          td:not([data-column]), tbody th { display: inline; }
          td:not([data-column]) { margin-right: .4em; }
          td[data-column]:empty { display: none; }
          td[data-column]::before { content: attr(data-column) ": "; color: var(--soft); }
        }
        @media print {
          @page { size: A4 landscape; margin: 6mm 8mm; }
          body { padding: 0; max-width: none; background: none; line-height: 1.2; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          main { padding: 0; }
          .head { padding: .35rem .9rem; border-radius: .3rem; margin-bottom: .5rem; }
          h1 { font-size: 1.7rem; }
          .guide, .facts { font-size: 1rem; }
          .tally { margin-bottom: .1rem; }
          .head { grid-template-columns: 1fr fit-content(44rem); }
          .sheet { columns: 4; column-gap: 1.2rem; column-rule: 1px solid var(--line); }
          .step { margin: 0; }
          .step + .step h2 { margin-top: .7rem; }
          .questions, .many .questions { columns: auto; }
          h2 { font-size: 1.15rem; margin-bottom: .35rem; padding: .15rem .2rem; border: 0; border-radius: .2rem; background: var(--tone); color: #fff; break-after: avoid; break-inside: avoid; }
          .numeral { padding: 0; min-width: 1.1em; }
          h3, p.state { display: inline; }
          h3 { font-size: 1.02rem; margin-right: .35em; }
          .question { margin-bottom: .4rem; padding: 0; }
          .question > :nth-child(3) { margin-top: .12rem; }
          p.state { white-space: nowrap; font-size: .9rem; }
          table { font-size: 1em; }
          thead th, .kind { font-size: .92em; }
          th, td { padding: .1em .35em .1em 0; overflow-wrap: break-word; }
          .question table { font-size: .96em; }
          .question.empty .gap { min-height: 12mm; margin-right: 1px; }
          .blank .question.empty .gap { min-height: 24mm; }
          .after { display: block; margin: .7rem 0 0; }
          .list { margin: 0 0 .45rem; break-inside: auto; }
          .list h2 { font-size: 1.1rem; margin-bottom: .1rem; background: none; color: var(--ink); border-bottom: 2px solid var(--ink); border-radius: 0; padding: 0 0 .15rem; }
          .list table, .list tbody, .list tr { display: block; }
          .list thead { display: none; }
          .list tr { padding: .14em 0; border-top: 1px solid var(--line); break-inside: avoid; }
          .list tr:first-child { border-top: 0; }
          .list th, .list td { display: inline; padding: 0; border: 0; }
          .list td:first-child, .list tbody th:first-child { margin-right: .3em; }
          .list td[data-column]:empty { display: none; }
          .list td[data-column]::before { content: " · " attr(data-column) ": "; color: var(--soft); }
          .open td[data-column]:nth-child(2)::before, .tasks td[data-column]:nth-child(2)::before { content: ""; }
          .network { break-before: page; margin: 0; }
          .network h2 { background: none; color: var(--ink); border-bottom: 2px solid var(--ink); border-radius: 0; padding: 0 0 .15rem; }
          .network #network { position: absolute; clip-path: inset(50%); }
          .network .map { max-height: 184mm; margin: 0 auto; break-inside: avoid; }
          .on-paper { position: static; width: auto; height: auto; clip-path: none; white-space: normal; overflow: visible; columns: 3; column-gap: 1.5rem; padding-left: 1.2em; margin-top: .6rem; }
          .on-paper li { break-inside: avoid; margin-bottom: .25em; }
          a { text-decoration: none; }
          footer { padding: .15rem 0 0; margin-top: .2rem; color: var(--soft); background: none; border-top: 1px solid var(--line); }
        }
        """

    /// Upright, in one column, in 12 points, for Einfache Sprache (DIN 8581-1) and whoever asks for it.
    static let largePrint = """
        @media print {
          @page { size: A4 portrait; margin: 15mm; }
          html { font-size: 12pt; }
          body { line-height: 1.4; }
          .head { display: block; padding: .6rem .9rem; }
          .facts { margin-top: .5rem; }
          .sheet { columns: auto; }
          h2 { font-size: 1.3rem; }
          h3 { display: block; font-size: 1.1rem; }
          p.state, thead th, .kind, td, th, h2 small { font-size: 1rem; }
          .question { margin-bottom: 1rem; }
          .question.empty .gap, .blank .question.empty .gap { min-height: 22mm; }
          .list th, .list td { display: block; }
          .list td:not([data-column]), .list td:not([data-column]) + th, .open td:not([data-column]) + td, .tasks td:not([data-column]) + td { display: inline; }
          .list td[data-column]::before { content: attr(data-column) ": "; }
          .list tr { padding: .25em 0; }
          .parked { break-inside: avoid; }
          .on-paper { columns: auto; }
          .network .map { max-height: 105mm; }
          .network #network { position: static; clip-path: none; }
          footer { font-size: 1rem; display: block; }
        }
        """
}
