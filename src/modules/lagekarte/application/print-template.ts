/** Typst source of a printed Lagekarte. The map comes as `/attachments/0`, signs of the legend after it. */
export const PRINT_TEMPLATE = `#import "/letter.typ": house-style, muted, page-count, rule-grey
#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title, keywords: ("Lagekarte",))
#set page(
  paper: data.paper,
  flipped: data.landscape,
  margin: (x: 12mm, top: 12mm, bottom: 16mm),
  footer: {
    set text(size: 8pt, fill: muted)
    line(length: 100%, stroke: 0.5pt + rule-grey)
    v(-0.5em)
    grid(columns: (1fr, auto), column-gutter: 1.5em, data.printed, page-count(data.lang))
  },
)
#show: house-style.with(lang: data.lang, size: 9pt)
#heading(level: 1, text(size: 1.3em, data.title))
#if data.exercise != "" {
  block(width: 100%, fill: rgb("#fff3cd"), stroke: 1pt + rgb("#8a6d00"), inset: 2mm, text(weight: "bold", fill: rgb("#3b2f00"), data.exercise))
}
#text(fill: muted, data.facts.map(((label, value)) => label + ": " + value).join("   ·   "))
#image("/attachments/0", width: data.mapMillimetres * 1mm, alt: data.mapAlt)
#if data.legend.len() > 0 {
  heading(level: 2, data.words.legend)
  grid(
    columns: (1fr,) * data.legendColumns,
    column-gutter: 4mm,
    row-gutter: 2mm,
    ..data.legend.map(one => grid(columns: (10mm, 1fr), column-gutter: 2mm, align: horizon, box(width: 10mm, height: 7mm, align(center + horizon, if one.sign >= 0 { image("/attachments/" + str(one.sign), height: 7mm, width: 10mm, fit: "contain", alt: one.title) } else { rect(width: 8mm, height: 4mm, fill: rgb(one.colour)) })), one.title + " (" + one.count + ")"))
  )
}
#for one in data.tables {
  heading(level: 2, one.title)
  table(columns: one.widths.map(part => part * 1fr), table.header(..one.head), ..one.rows.flatten())
}
#for note in data.notes { par(text(fill: muted, note)) }
`;
