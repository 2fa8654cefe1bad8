/** Words that carry no subject, German and English, as {@link contentWords} spells them. */
const STOP_WORDS = new Set(
  `aber alle als am an antrag auch auf aus bei beim bin bitte brauche brauchen da damit dann darf das dass dem den der des die dies diese doch du
  ein eine einem einen einer eines er es etwas fuer geht gibt habe haben hat ich ihr ihre im in ins ist kann kein keine koennen mein meine meinem
  meinen meiner mich mir mit moechte muss nach nicht noch nur ob oder ohne sein sich sie sind so soll stellen ueber um und uns vom von vor was weg
  wenn wer werden wie will wir wird wo wollen zu zum zur
  a about an and apply application are at be can do for from get have how i if is it me my need of on or please the this to want what when where
  who with you your`.split(/\s+/),
);

const LONGEST_WORD = 40;

/** Umlauts are written out, so that «fällen» and «faellen» are one word; hyphens both join and part. */
export function contentWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  const joined = plain.match(/[a-z0-9]+(?:[-·][a-z0-9]+)*/g) ?? [];
  const words = joined.flatMap((word) => (/[-·]/.test(word) ? [word.replace(/[-·]/g, ''), ...word.split(/[-·]/)] : [word]));
  return words.filter((word) => word.length > 1 && !STOP_WORDS.has(word)).map((word) => word.slice(0, LONGEST_WORD));
}

const ENDINGS = /(?:ungen|ung|ens|ern|en|er|es|em|ing|e|n|s)$/;
const SHORTEST_STEM = 3;

/** Stems made so far: the same words of the catalogue are compared with every query. */
const STEMS = new Map<string, string>();
const MOST_STEMS = 20_000;

function stem(word: string): string {
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  if (STEMS.size >= MOST_STEMS) STEMS.clear();
  const made = makeStem(word);
  STEMS.set(word, made);
  return made;
}

/** The word without its ending, umlauts taken back: «Bäume» and «Baum», «Fällung» and «fällen». */
function makeStem(word: string): string {
  const flat = word
    .replaceAll('aeu', 'au')
    .replaceAll('ae', 'a')
    .replaceAll('oe', 'o')
    .replace(/(?<![aeq])ue/g, 'u');
  const short = flat.replace(ENDINGS, '');
  return short.length >= SHORTEST_STEM ? short : flat;
}

/** How nearly two words mean the same, 0 to 1; 0 where they merely share letters. */
export function relation(asked: string, known: string): number {
  if (asked === known) return 1;
  const [a, b] = [stem(asked), stem(known)];
  if (a === b) return 0.95;
  if (isPartOf(asked, a, known)) return 0.8;
  if (isPartOf(known, b, asked)) return 0.7;
  return misspelt(asked, known) || misspelt(a, b) ? 0.6 : 0;
}

/** Heads of compounds that say only what kind of paper it is: a Führerschein is no Aufgrabeschein. */
const KINDS = new Set(['schein', 'ausweis', 'nummer', 'genehmigung', 'erlaubnis', 'antrag', 'bescheid', 'bescheinigung', 'plan', 'karte', 'konto', 'steuer']);

/**
 * As `relation`, for a search box: mistakes count by how many there are in how long a word, parts by how much of the word
 * they are, and words that sound alike are related.
 */
export const forgivingRelation = (asked: string, known: string): number => Math.max(sureRelation(asked, known), typoRelation(asked, known));

/** Of words without a mistake: the same, inflected, a beginning, a part. */
export function sureRelation(asked: string, known: string): number {
  if (asked === known) return 1;
  const [a, b] = [stem(asked), stem(known)];
  if (a === b) return 0.95;
  return isPartOf(asked, a, known) ? 0.8 : partScore(known, b, asked);
}

/** A known word inside a longer one that was asked for. */
function partScore(known: string, knownStem: string, asked: string): number {
  if (KINDS.has(known) || !isPartOf(known, knownStem, asked)) return 0;
  return known.length === 3 ? 0.5 : 0.6 + 0.2 * (known.length / asked.length);
}

/** Of a word with mistakes to the one that was meant. */
export function typoRelation(asked: string, known: string): number {
  const shorter = Math.min(asked.length, known.length);
  if (shorter < 5) return misspelt(asked, known) ? 0.6 : 0;
  const allowed = shorter >= 12 ? 3 : shorter >= 8 ? 2 : 1;
  // most pairs of words have nothing in common: this is seen before their letters are compared one by one
  if (Math.abs(asked.length - known.length) > allowed + ENDINGS_DIFFER || unlike(asked, known) > 2 * (allowed + ENDINGS_DIFFER)) return 0;
  const [a, b] = [stem(asked), stem(known)];
  const inEnding = b.length >= 5 && distance(a, b, 1) <= 1;
  const mistakes = inEnding ? 1 : distance(asked, known, allowed);
  // a wrong first letter is rare, and rhymes are many; «Velpe» is no rhyme, it sounds like «Welpe»
  const rhyme = asked[0] !== known[0] && !beginAlike(asked, known) && (shorter < 6 || mistakes > 1);
  if (mistakes > allowed || rhyme) return 0;
  return 0.9 - (mistakes * 1.5) / shorter;
}

/** Inflection may make two words differ by so many letters more. */
const ENDINGS_DIFFER = 1;
/** Letters that a word has, as bits; made once for each word. */
const LETTERS = new Map<string, number>();

function lettersOf(word: string): number {
  const known = LETTERS.get(word);
  if (known !== undefined) return known;
  if (LETTERS.size >= MOST_STEMS) LETTERS.clear();
  let bits = 0;
  for (let place = 0; place < word.length; place++) bits |= 1 << (word.charCodeAt(place) & 31);
  LETTERS.set(word, bits);
  return bits;
}

/** How many letters only one of two words has; each mistake adds two at most. */
function unlike(a: string, b: string): number {
  let count = 0;
  for (let bits = lettersOf(a) ^ lettersOf(b); bits !== 0; bits &= bits - 1) count += 1;
  return count;
}

const ALIKE = ['vwf', 'kcgq', 'dt', 'bp', 'szc', 'ij'];
const beginAlike = (a: string, b: string): boolean => ALIKE.some((group) => group.includes(a[0]!) && group.includes(b[0]!));

/** Beginning of a word still being typed, or a part of a compound: «hund» in «hundesteuer», «parken» in «anwohnerparken». */
function isPartOf(part: string, partStem: string, whole: string): boolean {
  const rest = whole.length - part.length;
  // «bau» stands in «baugenehmigung», but not in «baum»
  if (part.length === 3) return whole.startsWith(part) && rest >= 5;
  if (part.length < 4 || rest < 1) return false;
  const flat = stem(whole);
  const begins = whole.startsWith(part) || (partStem.length >= 4 && flat.startsWith(partStem));
  const ends = rest >= 3 && (whole.endsWith(part) || (partStem.length >= 4 && flat.endsWith(partStem)));
  return begins || ends;
}

/** One letter wrong in a word of five to seven, two from eight on; in short words only at the end. */
function misspelt(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || a[0] !== b[0]) return false;
  if (shorter === 4) return a.slice(0, 3) === b.slice(0, 3) && Math.max(a.length, b.length) <= 5 && distance(a, b, 1) <= 1;
  const allowed = shorter >= 8 ? 2 : 1;
  return distance(a, b, allowed) <= allowed;
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment); above `limit`, any larger number. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = old[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? older[j - 2]! + 1 : Infinity;
      row.push(Math.min(old[j]! + 1, row[j - 1]! + 1, changed, swapped));
    }
    if (Math.min(...row) > limit) return limit + 1;
    [older, old] = [old, row];
  }
  return old[b.length]!;
}
