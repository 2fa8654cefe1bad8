/** A piece of a text: UTF-16 offsets, first inclusive, second exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Shortened words after which a sentence goes on; without their last full stop, in small letters. */
const SHORTENED = new Set(
  (
    'abs art abt allg anl anm aufl az bd bearb begr bes betr bf bl bspw bzgl bzw ca dgl dipl dr ebd einschl entspr erg evtl exkl f ff fr frl ' +
    'gem ggf ggfs ggü grds halbs hr hrsg i.d.r inkl insb insbes jh jur kap lfd lit max med min mind mio mrd mwst nachf nr nrn o.ä o.g ' +
    'ord orig pos prof rd rn rz s sog st stellv str tel tit u.a u.ä u.u urt usf v verf vgl vol vorl z z.b z.t zit zzgl ziff bd.nr ' +
    'gez geb ges ing jan feb mrz apr jun jul aug sept okt nov dez mo di mi do fr sa so hj qm std min sek tsd buchst bek beschl verw vors'
  ).split(' '),
);
/** They may end a sentence, and do when what follows looks like a beginning. */
const MAY_END = new Set(['usw', 'etc', 'ff', 'f', 'uhr', 'mwst', 'str', 'u.a', 'u.ä', 'o.ä', 'ggf', 'dgl']);
const BEGINNING =
  /^(?:Der|Die|Das|Dem|Den|Des|Ein|Eine|Einen|Einem|Einer|Er|Sie|Es|Wir|Ich|Ihr|Ihre|Wenn|Falls|Sofern|Soweit|Im|In|Bei|Für|Mit|Nach|Vor|Zu|Zum|Zur|Auf|Aus|Am|An|Als|Ab|Bis|Dies|Diese|Dieser|Dieses|Dabei|Dafür|Dann|Da|Damit|Daher|Hier|Hierzu|Auch|Aber|Und|Oder|Nur|Nicht|Kein|Keine|Alle|Jede|Jeder|Bitte|Außerdem|Darüber|Zudem|Wer|Was|Wie|Wo|Wann|Warum|Unser|Unsere|Durch|Ohne|Gegen|Über|Unter|Um|So|Ob|Man|Mehr|Weitere[rs]?|Vom|Von|Hat|Ist|Sind|Werden|Wird|Kann|Können|Muss|Müssen|Soll|Sollen)$/u;
const ORDINAL_NOUN =
  /^(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez|Tag|Tages|Monat|Quartal|Halbjahr|Jahrhundert|Abschnitt|Kapitel|Teil|Kammer|Senat|Stock|Stufe|Klasse|Auflage|Legislaturperiode|Obergeschoss|OG|Absatz|Satz|Buch)$/u;

const CLOSING = /["»«”“’')\]]/;
/** A line of a list: bullet, number or letter in front. */
const LISTED = /^\s*(?:[-–—•*·▪●○]|\(?\d{1,3}[.)]|\(?[a-z]\)|§)\s/;
/** Lines as short as this are headings, entries of a list or rows, and end where they end. */
const SHORT_LINE = 48;

/**
 * The sentences of a German text, in order, without the white space between them. Headings, entries of lists and rows
 * of tables stand for themselves. Nothing but white space lies between two spans.
 */
export function sentencesOf(text: string): Span[] {
  const found: Span[] = [];
  let start = 0;
  const close = (end: number): void => {
    const span = trimmed(text, start, end);
    if (span !== undefined) found.push(span);
    start = end;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 10) {
      if (breaksAt(text, start, at)) close(at);
    } else if (sign === 46 || sign === 33 || sign === 63 || sign === 0x2026) {
      let end = at + 1;
      while (end < text.length && (/[.!?…]/.test(text[end]!) || CLOSING.test(text[end]!))) end++;
      if (endsAt(text, start, at, end)) close(end);
      at = end - 1;
    }
  }
  close(text.length);
  return found;
}

function trimmed(text: string, from: number, to: number): Span | undefined {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return start === end ? undefined : { start, end };
}

/** Whether the end of a line ends what stands on it. */
function breaksAt(text: string, start: number, at: number): boolean {
  const next = text.slice(at + 1, at + 80);
  if (/^[^\S\n]*(?:\n|$)/.test(next) || LISTED.test(next)) return true;
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, start), at).trimEnd();
  // rows of a table have tabs in them
  if (/[:;]$|\t/.test(line) || /^[^\n]*\t/.test(next)) return true;
  return line.length <= SHORT_LINE && !/^\s*\p{Ll}/u.test(next) && !/[,\-–]$/.test(line);
}

/** Whether the sign at `at`, with what closes after it up to `end`, ends a sentence. */
function endsAt(text: string, start: number, at: number, end: number): boolean {
  if (end < text.length && !/\s/.test(text[end]!)) return false;
  const next = /^\s+["»„“(]?([\p{L}\p{N}§][\p{L}]*)?/u.exec(text.slice(end, end + 40))?.[1] ?? '';
  if (/^\p{Ll}/u.test(next)) return false;
  if (text[at] !== '.' || end > at + 1) return true;
  const before = /(\S+)$/u.exec(text.slice(Math.max(start, at - 40), at))?.[1] ?? '';
  return wordEnds(before.replace(/^["»„“(]+/u, ''), text.slice(Math.max(start, at - 60), at), next, at - before.length <= start);
}

/** Whether a full stop behind this word ends the sentence. */
function wordEnds(word: string, before: string, next: string, first: boolean): boolean {
  if (/^\d+[a-z]?$/.test(word)) return numberEnds(word, before, next, first);
  // `II. Begründung` at the beginning of a line, `Friedrich II.`
  if (/^[IVXLC]{1,5}$/.test(word)) return !first && BEGINNING.test(next);
  if (/^(?:\p{L}|(?:\p{L}\.)+\p{L})$/u.test(word)) return MAY_END.has(word.toLowerCase()) && BEGINNING.test(next);
  const small = word.toLowerCase();
  if (MAY_END.has(small)) return next === '' || BEGINNING.test(next);
  return !SHORTENED.has(small);
}

/** `12. Mai` goes on, `im Jahr 2026. Der` and `nach § 3. Die` end. */
function numberEnds(number: string, before: string, next: string, first: boolean): boolean {
  if (next === '') return !first;
  if (first || ORDINAL_NOUN.test(next) || /^\d/.test(next)) return false;
  if (number.length > 2) return true;
  return /(?:§|Abs\.|Absatz|Satz|Nr\.|Nummer|Art\.|Seite|S\.)\s*\d+[a-z]?$/.test(before) || BEGINNING.test(next);
}
