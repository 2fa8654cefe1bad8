/** Typst source of the evaluation. Counts and titles of published contributions: no person. */
export const REPORT_TEMPLATE = `#import "/letter.typ": house-style, data, muted, page-count, rule-grey
#set document(title: "Auswertung: " + data.title, author: data.authority)
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 25mm, bottom: 25mm), footer: {
  set text(size: 8pt, fill: muted)
  line(length: 100%, stroke: 0.5pt + rule-grey)
  v(-0.5em)
  grid(columns: (1fr, auto), column-gutter: 1.5em, [#data.authority, Stand #data.asOf], page-count("de"))
})
#show: house-style.with(lang: "de", size: 10pt)
#heading(level: 1, text(size: 1.4em, "Auswertung: " + data.title))
#text(fill: muted)[Beteiligung vom #data.from bis #data.to. Gezählt sind veröffentlichte Beiträge; der Bericht enthält keine Angaben zu Personen.]
== Überblick
#table(columns: (1fr, auto), table.header[Was][Anzahl],
  [Veröffentlichte Beiträge], [#data.total.contributions], [Unterstützungen], [#data.total.support],
  [Veröffentlichte Kommentare], [#data.total.comments], [Von der Behörde beantwortet], [#data.total.answered],
  [Noch nicht geprüft], [#data.states.waiting], [Ausgeblendet], [#data.states.hidden],
  [Zusammengelegt], [#data.states.merged], [Selbst gelöscht], [#data.states.deleted])
#let counts(title, head, rows) = {
  heading(level: 2, title)
  if rows.len() == 0 { [Dazu gibt es noch nichts.] } else {
    table(columns: (1fr, auto, auto, auto), table.header(head, [Beiträge], [Unterstützungen], [Kommentare]),
      ..rows.map(one => (one.name, [#one.contributions], [#one.support], [#one.comments])).flatten())
  }
}
#counts("Nach Kategorie", [Kategorie], data.categories)
#counts("Nach Bezirk", [Bezirk], data.districts)
== Am meisten unterstützt
#if data.most.len() == 0 [Noch hat kein Beitrag Unterstützung.] else {
  table(columns: (auto, 1fr, auto, auto), table.header[Nr.][Titel][Unterstützungen][Kommentare],
    ..data.most.map(one => ([#one.number], one.title, [#one.support], [#one.comments])).flatten())
}
== Verlauf
#if data.days.len() == 0 [Noch gibt es keine Beiträge.] else {
  table(columns: (auto, 1fr), table.header[Eingegangen am][Beiträge],
    ..data.days.map(one => (one.day, [#one.contributions])).flatten())
}
`;
