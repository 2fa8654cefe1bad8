/** Typst source of a handout: one page that a guide gives away. All texts are ready for the reader. */
export const HANDOUT_TEMPLATE = `#import "/letter.typ": house-style, data, muted, rule-grey
#set document(title: data.title, author: data.author)
#let size = if data.large { 17pt } else { 12pt }
#set page(paper: "a4", margin: (left: 22mm, right: 20mm, top: 20mm, bottom: 22mm), footer: {
  set text(size: if data.large { 11pt } else { 9pt }, fill: muted)
  line(length: 100%, stroke: 0.5pt + rule-grey)
  v(-0.4em)
  data.footer
})
#show: house-style.with(lang: data.lang, size: size)
#text(fill: muted, data.preline)
#heading(level: 1, text(size: 1.6em, data.title))
#text(size: 1.1em, data.lead)
#let qr = block(width: 100%, breakable: false, {
  image("/attachments/0", alt: data.qrAlt, width: if data.large { 52mm } else { 44mm })
  text(weight: "semibold", data.qrLead)
  linebreak()
  text(size: 0.8em, hyphenate: false, data.shownAddress)
})
#if data.needs.len() > 0 {
  heading(level: 2, data.needsTitle)
  list(..data.needs.map(one => [#one]))
}
#heading(level: 2, data.stepsTitle)
#enum(..data.steps.map(one => [#one]))
#qr
#heading(level: 2, data.helpTitle)
#data.help
`;
