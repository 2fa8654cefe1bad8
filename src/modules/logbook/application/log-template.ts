/** Typst source of a volume of the Einsatztagebuch, and of a situation report; all texts are ready for the reader. */
export const LOG_TEMPLATE = `#import "/letter.typ": house-style, muted, page-count, rule-grey
#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title, keywords: ("Einsatztagebuch",))
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 20mm),
  header: if data.exercise { align(center, text(size: 9pt, weight: "semibold", data.exerciseText)) },
  footer: {
    set text(size: 8pt, fill: muted)
    line(length: 100%, stroke: 0.5pt + rule-grey)
    v(-0.5em)
    grid(columns: (1fr, auto), column-gutter: 1.5em, data.printed, page-count("de"))
  },
)
#show: house-style.with(lang: "de", size: 9pt)
#heading(level: 1, text(size: 1.4em, data.title))
#for (label, value) in data.facts [#text(fill: muted)[#label:] #value #linebreak()]
#if data.rows.len() > 0 {
  table(
    columns: (11mm, 25mm, 25mm, 24mm, 1fr),
    table.header([Nr.], [Ereignis], [Geschrieben], [Art], [Darstellung]),
    ..data.rows.map(one => (
      str(one.number),
      [#one.event #linebreak() #text(fill: muted, one.tactical)],
      one.written,
      one.kind,
      {
        if one.correctedBy != none { [#strike(one.text) #linebreak() #text(fill: muted)[Berichtigt durch Eintrag #one.correctedBy.]] } else { one.text.split("\\n").join(linebreak()) }
        linebreak()
        text(fill: muted, one.by)
        if one.refs != "" { linebreak(); text(fill: muted, one.refs) }
      },
    )).flatten(),
  )
}
#for one in data.sections {
  heading(level: 2, one.heading)
  par(if one.text == "" { text(fill: muted, "Keine Angabe.") } else { one.text.split("\\n").join(linebreak()) })
}
#for note in data.notes { par(text(fill: muted, note)) }
`;
