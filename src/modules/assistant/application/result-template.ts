/** Typst source of a result. What was written is text, never code. */
export const RESULT_TEMPLATE = `#import "/letter.typ": house-style, data, muted, page-count, rule-grey, remark
#set document(title: data.title, author: "Kontor", keywords: data.keywords, description: data.label.join(" "))
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 25mm, bottom: 25mm), footer: {
  set text(size: 8pt, fill: muted)
  line(length: 100%, stroke: 0.5pt + rule-grey)
  v(-0.5em)
  grid(columns: (1fr, auto), column-gutter: 1.5em, [#data.label.first()], page-count("de"))
})
#show: house-style.with(lang: "de")
#heading(level: 1, data.title)
#for part in data.paragraphs { par(part.join(linebreak())) }
#remark[#data.label.join(" ") Stand: #data.date.]
#if data.sources.len() > 0 {
  heading(level: 2, "Quellen")
  for source in data.sources { par(text(size: 9pt, source)) }
}
`;
