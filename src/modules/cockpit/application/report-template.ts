/** Typst source of the quarterly report; texts are ready for the reader, charts come as `/attachments/<n>` and again as tables. */
export const REPORT_TEMPLATE = `#import "/letter.typ": house-style, muted, page-count, rule-grey
#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title, author: data.author, keywords: ("Strategie", data.quarter))
#set page(paper: "a4", margin: (left: 22mm, right: 20mm, top: 22mm, bottom: 24mm), footer: {
  set text(size: 8pt, fill: muted)
  line(length: 100%, stroke: 0.5pt + rule-grey)
  v(-0.5em)
  grid(columns: (1fr, auto), column-gutter: 1.5em, data.foot, page-count("de"))
})
#show: house-style.with(lang: "de", size: 10pt)
#heading(level: 1, text(size: 1.4em, data.title))
#text(fill: muted, data.lead)
#if data.preliminary [#block(stroke: 1pt + rgb("#8a5300"), inset: 8pt, width: 100%)[*Vorläufig.* Dieses Quartal läuft noch. Der endgültige Bericht entsteht nach seinem Ende und bleibt dann unverändert.]]
#let rows-or(rows, none-text, columns, head) = {
  if rows.len() == 0 { par(none-text) } else { table(columns: columns, table.header(..head), ..rows.flatten()) }
}
== Wie es steht
#image("/attachments/0", width: 100%, alt: data.chartAlt)
#rows-or(data.lights, "Es gibt noch keine Maßnahmen.", (1fr, auto, auto, auto, auto), ([Handlungsfeld], [auf Kurs], [gefährdet], [nicht auf Kurs], [nicht zu beurteilen]))
#text(fill: muted)[Die Regel: #data.rule]
== Was nicht auf Kurs ist, und warum
#rows-or(data.off, "Alle Maßnahmen, die sich beurteilen lassen, sind auf Kurs.", (1.2fr, auto, 1.6fr), ([Maßnahme], [Ampel], [Warum]))
== Was sich in diesem Quartal geändert hat
#rows-or(data.changedLights, "Keine Ampel hat sich geändert.", (1.6fr, 1fr, 1fr), ([Maßnahme], [vorher], [nachher]))
=== Verschobene Termine
#rows-or(data.slips, "Kein Termin wurde verschoben.", (1.4fr, auto, auto, auto, 1.2fr), ([Meilenstein], [bisher], [neu], [Tage], [Grund]))
=== Erreichte Meilensteine
#rows-or(data.reached, "Kein Meilenstein wurde erreicht.", (1.4fr, 1.2fr, auto), ([Meilenstein], [Maßnahme], [erreicht am]))
=== Entscheidungen
#rows-or(data.decisions, "Es wurde keine Entscheidung festgehalten.", (auto, 1.2fr, 1fr, 1.2fr), ([Tag], [Frage], [Gewählt], [Gründe]))
== Kennzahlen
#par(data.indicatorNote)
#if data.indicators.len() == 0 [Es werden keine Kennzahlen gezeigt.] else {
  set text(size: 9pt)
  table(
    columns: (2.4fr, 1fr, 1fr, 1fr, 1fr, 0.9fr),
    table.header([Kennzahl], ..data.quarters.map(one => [#one]), [Ziel], [Ampel]),
    ..data.indicators.map(one => (
      [#one.name #for note in one.notes [#linebreak() #text(size: 7.5pt, fill: muted, note)]],
      ..one.cells,
    )).flatten(),
  )
}
#for field in data.fields {
  heading(level: 2, field.title)
  par(field.vision)
  rows-or(field.measures, "Zu diesem Feld gibt es noch keine Maßnahmen.", (1.6fr, 1fr, auto, auto, auto), ([Maßnahme], [Stelle], [Meilensteine], [Ende], [Ampel]))
}
== Budget
#rows-or(data.budgets, "Es ist kein Budget eingetragen.", (1.4fr, auto, auto, auto, 1.2fr), ([Maßnahme], [Jahr], [geplant], [ausgegeben], [Was gezählt ist, Stand]))
== Offene Risiken
#rows-or(data.risks, "Es ist kein offenes Risiko eingetragen.", (1.2fr, 1.2fr, auto, 1.4fr, 1fr), ([Maßnahme], [Risiko], [Stufe], [Was getan wird], [Wer]))
== Herkunft
#par(data.origin)
`;
