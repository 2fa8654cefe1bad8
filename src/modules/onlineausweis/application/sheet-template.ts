/** Typst source of the sheet to take along. Every text comes as data, in the reader's language and direction. */
export const SHEET_TEMPLATE = `#import "/letter.typ": house-style, data, muted, rule-grey
#set document(title: data.heading + ": " + data.title, author: "Kontor")
#set page(paper: "a4", margin: (left: 22mm, right: 22mm, top: 20mm, bottom: 22mm), footer: {
  set text(size: 8.5pt, fill: muted)
  line(length: 100%, stroke: 0.5pt + rule-grey)
  v(-0.5em)
  [#data.asOf #data.unchecked]
})
#show: house-style.with(lang: "de", size: 12.5pt)
#set text(lang: data.lang, region: none, hyphenate: false, dir: if data.direction == "rtl" { rtl } else { ltr })
#grid(columns: (1fr, auto), column-gutter: 1.5em, [
  #text(size: 10pt, fill: muted, data.heading)
  #heading(level: 1, text(size: 1.5em, data.title))
  #data.lead
], image("/attachments/0", width: 32mm, alt: data.scan))
== #data.stepsTitle
#enum(..data.steps.map(one => [#one]))
#if data.bring.len() > 0 {
  heading(level: 2, data.bringTitle)
  list(marker: box(width: 0.8em, height: 0.8em, stroke: 0.8pt), ..data.bring.map(one => [#one]))
}
#for one in data.facts [
  #heading(level: 2, one.label)
  #one.value
]
#v(0.5em)
#data.help
#if "german" in data {
  v(0.5em)
  block(width: 100%, inset: 8pt, stroke: 0.5pt + rule-grey, {
    set text(lang: "de", dir: ltr)
    set align(left)
    [*Für die Menschen im Amt:* #data.german]
  })
}
#v(0.5em)
#text(size: 9.5pt, fill: muted)[#data.scan #h(0.4em) #text(dir: ltr, data.address)]
`;
