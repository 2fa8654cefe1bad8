/** What stands behind a § and behind no ordinary number: a place in a law, or the law. */
const PLACE = String.raw`(?:Abs\.|Absatz|Satz|S\.|Nr\.|Nummer|Halbs\.|ff?\.)`;
const LAW = String.raw`(?:(?:[A-ZÄÖÜ][a-zäöüß]*){2,}|[A-ZÄÖÜ][a-zäöüß]+(?:gesetz|ordnung|gesetzbuch)(?:e?s)?)`;
const NUMBERS = String.raw`\d{1,4}[a-z]?(?:(?:\s*(?:,|und|bis|-)\s*)\d{1,4}[a-z]?)*`;
const SECTION = new RegExp(String.raw`(?<![\p{L}\p{N}§.,/-])([5$8S]{1,2})\s+(?=${NUMBERS}\s+(?:${PLACE}|(?:des\s+|der\s+)?${LAW}))`, 'gu');
/** Without the space it is a § only where a § must stand. */
const TIGHT = new RegExp(
  String.raw`(?<=(?:[Nn]ach|[Gg]emäß|[Aa]us|[Ll]aut|[Ss]iehe|[Vv]gl\.|i\. ?V\. ?m\.|[Ii]m Sinne (?:des|der|von)|[Aa]uf Grund (?:des|der|von))\s)5(?=\d{1,3}[a-z]?\s+(?:${PLACE}|${LAW}))`,
  'gu',
);
const MONTH = 'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember';
const WORD_DATE = new RegExp(String.raw`(?<![\p{N}.,])(\d{1,2})[,;:]\s*(?=(?:${MONTH})\b)`, 'gu');
const NUMBER_DATE = /(?<![\p{N}.,])(\d{1,2})[.,]\s?(\d{1,2})[.,]\s?((?:19|20)\d{2})(?![\p{N}])/gu;

/** Mistakes that character recognition is known to make in German official texts, put right where only one reading makes sense. */
export function repaired(text: string): string {
  return text
    .replaceAll(SECTION, (_, signs: string) => `${'§'.repeat(signs.length)} `)
    .replaceAll(TIGHT, '§ ')
    .replaceAll(/§{1,2}(?=\d)/g, (signs) => `${signs} `)
    .replaceAll(WORD_DATE, '$1. ')
    .replaceAll(NUMBER_DATE, (whole, day: string, month: string, year: string) =>
      Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12 ? `${day}.${month}.${year}` : whole,
    );
}
