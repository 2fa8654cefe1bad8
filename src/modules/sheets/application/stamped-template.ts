/** Typst source of a stamped copy. The pages come as pictures `/attachments/0` and on, in the order of `data.pages`. */
export const STAMPED_TEMPLATE = `#import "/letter.typ": house-style, fonts
#let data = json(bytes(sys.inputs.at("data", default: "{}")))
#set document(title: data.title)
#show: house-style
#let colours = (vermerk: rgb("#0b4f9e"), auflage: rgb("#0b4f9e"), gruen: rgb("#00642d"), ungueltig: rgb("#b3001b"))
#let heads = (vermerk: "Vermerk", auflage: "Auflage", gruen: "Gehört zum Bescheid", ungueltig: "Ungültig")
#let drawn(mark) = {
  let colour = colours.at(mark.kind)
  let size = mark.size
  place(top + left, dx: mark.x * 1pt - 3pt * size, dy: mark.y * 1pt - 3pt * size, circle(radius: 3pt * size, fill: colour))
  place(top + left, dx: mark.boxX * 1pt, dy: mark.boxY * 1pt, block(
    width: mark.boxWidth * 1pt, fill: white.transparentize(12%), stroke: 1.4pt * size + colour, inset: 4pt * size, radius: 1pt * size,
    text(size: 8pt * size, fill: colour, hyphenate: false, {
      set par(leading: 0.5em, spacing: 0.5em)
      text(weight: "semibold")[#mark.number · #heads.at(mark.kind)]
      if mark.kind == "gruen" { for line in data.stamp { linebreak(); line } }
      if mark.text != "" { linebreak(); mark.text }
    }),
  ))
}
#for (index, one) in data.pages.enumerate() {
  page(width: one.width * 1pt, height: one.height * 1pt, margin: 0pt, {
    place(top + left, image("/attachments/" + str(index), width: one.width * 1pt, height: one.height * 1pt, fit: "stretch", alt: "Seite " + str(one.page) + " von " + data.fileName))
    for mark in one.marks { drawn(mark) }
  })
}
#page(paper: "a4", margin: 25mm)[
  = Eintragungen auf #data.fileName, Version #data.version
  #for line in data.stamp { line; linebreak() }
  Diese Kopie zeigt das Blatt als Bild. Die eingereichte Datei steckt unverändert als Anlage in diesem PDF; ihre Prüfsumme (SHA-256) ist #data.sha256.
  #if data.partly [Das Blatt hat #data.pageCount Seiten. Gezeigt sind die Seiten mit Eintragungen.]
  #table(
    columns: (auto, auto, auto, auto, 1fr),
    table.header[Nr.][Seite][Art][Ort von links / von oben][Wortlaut],
    ..data.entries.map(one => ([#one.number], [#one.page], [#one.kind], [#one.place], [#one.text])).flatten(),
  )
]
`;
