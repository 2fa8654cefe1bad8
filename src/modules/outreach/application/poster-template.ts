/** Typst source of a poster and a handbill: one message, the QR code, the address as text. All sizes grow with the paper. */
export const POSTER_TEMPLATE = `#import "/letter.typ": data, fonts, muted
#set document(title: data.title, author: data.sender, description: data.lead)
#let unit = if data.format == "poster" { 2.0 } else { 1.0 }
#set page(
  paper: if data.format == "poster" { "a3" } else { "a5" },
  margin: 15mm * unit,
)
#set text(font: fonts, fallback: false, lang: data.language, size: 11pt * unit, hyphenate: false)
#set par(leading: 0.55em, justify: false)
#show heading: set block(above: 0pt, below: 0.8em)
#heading(level: 1, text(size: 2.1em, weight: "semibold", data.title))
#text(size: 1.25em, data.lead)
#v(1fr)
#align(center, image("/attachments/0", width: 62mm * unit, alt: data.alt))
#v(0.4em)
#align(center)[#text(size: 1.05em, data.scan) #linebreak() #text(size: 1.35em, weight: "semibold", data.address)]
#v(1fr)
#grid(columns: (1fr, auto), column-gutter: 1em,
  text(size: 0.8em, fill: muted, data.help),
  text(size: 0.8em, fill: muted, data.sender))
`;
