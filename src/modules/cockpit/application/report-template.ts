/** Typst source of the quarterly report; texts are ready for the reader, charts come as `/attachments/<n>` and again as tables. */
export const REPORT_TEMPLATE = `#import "/letter.typ": house-style, muted, page-count, rule-grey
#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title, author: data.author, description: data.leicht.summary, keywords: ("Strategie", data.quarter))
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
#let drawn(one, width: 100%) = image(one.picture, width: width, alt: one.alt)
#[
  #set text(size: 12pt, hyphenate: false)
  #set par(leading: 0.75em, spacing: 0.9em)
  #show heading.where(level: 2): set text(size: 1.25em)
  #show heading.where(level: 3): set text(size: 1.1em, weight: "semibold", style: "normal")
  #let titles(names, more) = {
    list(..names)
    if more != "" { par(more) }
  }
  == Kurz und in Leichter Sprache
  === Das will die Stadt
  #for one in data.leicht.wants [
    #strong(one.name) #for line in one.lines [#linebreak() #line]

  ]
  === Das klappt
  #if data.leicht.works.len() == 0 [Im Moment klappt nichts.] else { titles(data.leicht.works, data.leicht.worksMore) }
  === Das klappt nicht gut
  #if data.leicht.fails.len() == 0 [Alles läuft gut.] else {
    titles(data.leicht.fails.map(one => [#one.name #for line in one.why [#linebreak() #line]]), data.leicht.failsMore)
  }
  #if data.leicht.unknown.len() > 0 [
    === Das wissen wir noch nicht
    #titles(data.leicht.unknown, data.leicht.unknownMore)
  ]
]
#pagebreak()
== Wie es steht
#drawn(data.lightChart)
#rows-or(data.lights, "Es gibt noch keine Maßnahmen.", (1fr, auto, auto, auto, auto), ([Handlungsfeld], [auf Kurs], [gefährdet], [nicht auf Kurs], [nicht zu beurteilen]))
#text(fill: muted)[Die Regel: #data.rule]
#if data.lightHistory != none [
  === Ampeln der letzten Quartale
  #drawn(data.lightHistory)
  #rows-or(data.lightHistoryRows, "", (1fr, auto, auto, auto, auto), ([Quartal], [auf Kurs], [gefährdet], [nicht auf Kurs], [nicht zu beurteilen]))
  #text(fill: muted)[Jedes Quartal steht, wie es an seinem letzten Tag stand, nach den Zahlen seiner Monate und den Zielen, die galten, als dieser Bericht entstand.]
]
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
#if data.histories.len() > 0 [
  == Verlauf wichtiger Kennzahlen
  #par[Durchgezogene Linie: gemessen. Gestrichelte Linie mit heller Fläche: erwartet, mit der Spanne. Grau hinterlegt: Monate ohne Zahl. Waagerechte gestrichelte Linie: das Ziel.]
  #for one in data.histories [
    === #one.name
    #grid(columns: (1.45fr, 1fr), column-gutter: 6mm,
      [#drawn(one) #text(size: 8pt, fill: muted, one.method)],
      [#set text(size: 8pt)
        #table(columns: (auto, 1fr), inset: (left: 0pt, right: 3mm, y: 2.6pt), table.header([Monat], [Wert]), ..one.months.flatten())],
    )
  ]
]
#if data.withoutHistory != "" [#par(data.withoutHistory)]
#if data.usage != none [
  == Nutzungsgrad
  #par[Wie viele von allen Fällen online kamen. Gezählt sind nur Leistungen und Monate, in denen auch jemand die Fälle am Schalter, am Telefon und auf Papier gezählt hat.]
  #drawn(data.usage)
  #table(columns: (2.2fr, 1fr, 1fr, 1fr), table.header([Leistung], ..data.usage.quarters.map(one => [#one])), ..data.usage.rows.flatten())
  #if data.usage.left != "" [#text(fill: muted, data.usage.left)]
]
#if data.burden != none [
  == Weggefallener Aufwand
  #if data.burden.picture == none [Bei keiner Leistung hat sich der Aufwand bisher geändert.] else {
    drawn(data.burden.picture)
    text(size: 9pt, table(columns: (1.8fr, 1fr, 1fr, 1fr, 1fr, 1fr), table.header([Leistung, je Antrag online], [zuerst], [am Ende des Quartals], [Unterschied], [Fälle online im Jahr], [online weggefallen im Jahr]), ..data.burden.services.flatten()))
  }
  === In der ganzen Stadt
  #text(size: 9pt, table(columns: (1.9fr, 1fr, 1fr, 1fr, 1fr, 1fr), table.header([Alle Leistungen], ..data.burden.sumHead.map(one => [#one])), ..data.burden.sum.flatten()))
  #text(fill: muted, data.burden.left)
]
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
