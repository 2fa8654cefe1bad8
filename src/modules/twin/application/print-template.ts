/** Typst source of a printed view. The map comes as `/attachments/0`; all texts are ready for the reader. */
export const PRINT_TEMPLATE = `#import "/letter.typ": house-style, muted, page-count, rule-grey
#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title, keywords: ("Karte",))
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 18mm, bottom: 20mm),
  footer: {
    set text(size: 8pt, fill: muted)
    line(length: 100%, stroke: 0.5pt + rule-grey)
    v(-0.5em)
    grid(columns: (1fr, auto), column-gutter: 1.5em, data.printed, page-count(data.lang))
  },
)
#show: house-style.with(lang: data.lang, size: 9.5pt)
#heading(level: 1, text(size: 1.4em, data.title))
#for (label, value) in data.facts [#text(fill: muted)[#label:] #value #linebreak()]
#image("/attachments/0", width: 170mm, alt: data.mapAlt)
#if data.legend.len() > 0 {
  heading(level: 2, data.words.legend)
  table(
    columns: (auto, 1fr, 1fr, 1.4fr),
    table.header([], data.words.layer, data.words.source, data.words.licence),
    ..data.legend.map(one => (box(width: 4mm, height: 3mm, fill: rgb(one.colour)), one.title, one.source, one.licence)).flatten(),
  )
}
#for one in data.tables {
  heading(level: 2, one.title)
  table(columns: one.widths.map(part => part * 1fr), table.header(..one.head), ..one.rows.flatten())
}
#if data.notes.len() > 0 {
  for note in data.notes { par(text(fill: muted, note)) }
}
`;
