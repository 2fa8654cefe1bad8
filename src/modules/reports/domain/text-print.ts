import { sha256Hex } from '../../../kernel/token.ts';

/** What two texts are compared by; small, and kept with the report. */
export interface TextPrint {
  /** SHA-256 of the normalised text: the same words in another dress. */
  readonly canonical: string;
  /** MinHash (Broder 1997) over runs of four letters; signed 32-bit numbers. */
  readonly signature: readonly number[];
  /** Places the text names, e.g. `veddeler strasse`, with `#12` where a number follows. */
  readonly names: readonly string[];
  /** Letters of the normalised text: short ones prove little. */
  readonly length: number;
}

const FOLDED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/**
 * German text as it is compared: small letters, umlauts written out, without addresses, mentions, marks of reposts,
 * emoji and punctuation. Digits stay: a house number tells two places apart.
 */
export function normalised(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+|www\.\S+/g, ' ')
    .replaceAll(/(^|\s)(rt|via|wg|fwd?|aw)\b:?/g, ' ')
    .replaceAll(/@[\w.-]+/g, ' ')
    .replaceAll(/[äöüß]/g, (letter) => FOLDED[letter]!)
    .normalize('NFD')
    .replaceAll(/([a-z])-(?=[a-z])/g, '$1')
    .replaceAll(/(\d)[.,](\d)/g, '$1_$2')
    .replaceAll(/\bstr\./g, 'strasse ')
    .replaceAll(/([a-z])str\./g, '$1strasse ')
    .replaceAll(/[^a-z0-9_]+/g, ' ')
    .replaceAll('_', '.')
    .trim();
}

export const HASHES = 64;
const BANDS = 16;
const ROWS = HASHES / BANDS;
const RUN = 4;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** Finaliser of MurmurHash3 (Appleby, public domain): every bit of the input moves every bit of the output. */
function mixed(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mixed(h);
}

const SEEDS: readonly number[] = Array.from({ length: HASHES }, (_, index) => mixed(0x9e3779b9 + Math.imul(index + 1, 0x6a09e667)));

function minHash(plain: string): number[] {
  const framed = ` ${plain} `;
  const lowest = new Int32Array(HASHES).fill(0x7fffffff);
  const seen = new Set<number>();
  for (let at = 0; at + RUN <= framed.length; at++) seen.add(hashOf(framed.slice(at, at + RUN)));
  for (const run of seen)
    for (let i = 0; i < HASHES; i++) {
      const value = mixed(run ^ SEEDS[i]!);
      if (value < lowest[i]!) lowest[i] = value;
    }
  return [...lowest];
}

export function printOf(text: string): TextPrint {
  const plain = normalised(text);
  return { canonical: sha256Hex(plain), signature: minHash(plain), names: namesIn(plain), length: plain.replaceAll(' ', '').length };
}

/** Jaccard similarity of the runs of two texts, from 0 to 1, as their signatures estimate it (standard error about 0.06). */
export function similarity(a: Pick<TextPrint, 'signature' | 'length'>, b: Pick<TextPrint, 'signature' | 'length'>): number {
  if (a.length < RUN || b.length < RUN) return 0;
  let same = 0;
  for (let i = 0; i < HASHES; i++) if (a.signature[i] === b.signature[i]) same++;
  return same / HASHES;
}

/** Numbers under which a text is found again: two texts of similarity 0.5 share one with a chance of about 64 %, of 0.7 with 98 %. */
export function bandsOf({ signature, length }: Pick<TextPrint, 'signature' | 'length'>): number[] {
  // a text of a few letters is like every other
  if (length < 12) return [];
  return Array.from({ length: BANDS }, (_, band) => {
    let h = mixed(band + 1);
    for (let row = 0; row < ROWS; row++) h = mixed(rotate(h, 5) ^ signature[band * ROWS + row]!);
    return h;
  });
}

/** Endings of German names of streets, waters and works. */
const ENDING =
  /^[a-z]{3,}(strasse|weg|allee|damm|deich|platz|bruecke|bruecken|kai|kanal|hafen|ufer|markt|chaussee|fleet|hoeft|tunnel|insel|schleuse|sperrwerk|stieg|twiete|ring|werder|sand|terrasse|tor)$/;
const BARE = /^(strasse|weg|allee|damm|deich|platz|bruecke|bruecken|kai|chaussee|ufer|ring|tor|schleuse|hauptdeich|hafen|insel)$/;
/** Words that look like a name and are none. */
const NO_NAMES =
  /^(ausweg|unterweg|hinweg|fahrweg|gehweg|radweg|fussweg|rettungsweg|rueckweg|hauptstrasse|einbahnstrasse|parkplatz|spielplatz|fluttor|schleusentor|flutschutztor|radweg|querstrasse|nebenstrasse|keinesweg|unterwegs|arbeitsplatz|marktplatz)$/;
const NUMBERED = /^(tor|polder|schott|pumpwerk|sektor|deichabschnitt|pier|liegeplatz|fluttor|kilometer|km)$/;

/** Before a place: `am Baumwall`, `in Övelgönne`, `an der Elbphilharmonie`. */
const BEFORE_PLACE = /^(am|im|in|beim|bei|nahe|hoehe|naehe|vorm|zum)$/;
const BEFORE_ARTICLE = /^(an|in|auf|bei|vor|hinter)$/;
const ARTICLE = /^(der|den|dem)$/;
/** What stands there and is no place by which one thing is told from another. */
const NO_PLACES = new Set(
  (
    'der die das den dem des ein eine einer einem einen diese dieser diesem wasser elbe keller strasse bruecke deich deichfuss fluss strom hafen haus hause ' +
    'dach halle not sicherheit krone boeschung fahrbahn kurve naehe hoehe ecke stadt hamburg norden sueden westen osten moment nacht morgen abend ' +
    'tag uhr stunde minuten radio fenster balkon ufer land boot auto autos see flammen gefahr brand bord mitte ende anfang gange lage kopf ' +
    'hand armen arm sicht richtung wind sturm dunkeln regen boden baum tor schott damm wohnung zimmer erdgeschoss einsatz rettungswagen und nicht so es ' +
    'mir uns ihm ihr euch allen alle etwa ca rund ueber unter meinem meiner unserem unserer seinem seiner ihrem ihrer mehreren beiden hier da'
  ).split(' '),
);

/** Names of places in a normalised text; those known only by the word before them begin with `~`. */
function namesIn(plain: string): string[] {
  const words = plain.split(' ');
  const names = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const strong = strongName(words, index);
    const name = strong ?? weakName(words, index);
    if (name === undefined) continue;
    const after = /^\d{1,4}[a-z]?$/.exec(words[index + 1] ?? '')?.[0];
    names.set(word, after === undefined ? name : `${name}#${after}`);
  }
  return [...new Set(names.values())].slice(0, 8);
}

function strongName(words: readonly string[], index: number): string | undefined {
  const word = words[index]!;
  const before = words[index - 1] ?? '';
  if (NUMBERED.test(word) && /^\d{1,4}[a-z]?$/.test(words[index + 1] ?? '')) return word.replace('fluttor', 'tor');
  if (BARE.test(word) && /^[a-z]{3,}er$/.test(before) && !NO_ADJECTIVE.test(before)) return `${before} ${word}`;
  return ENDING.test(word) && !NO_NAMES.test(word) && !BARE.test(word) ? word : undefined;
}

const NO_ADJECTIVE = /^(der|einer|dieser|unserer|aller|unter|hinter|ueber|immer|wieder|sehr|hier|hoeher|tiefer|oder|aber|wasser)$/;

function weakName(words: readonly string[], index: number): string | undefined {
  const word = words[index]!;
  const [before, earlier] = [words[index - 1] ?? '', words[index - 2] ?? ''];
  const named = BEFORE_PLACE.test(before) || (ARTICLE.test(before) && BEFORE_ARTICLE.test(earlier));
  // the word after it makes it a name of its own: `in der Veddeler Straße`
  const part = word.endsWith('er') && BARE.test(words[index + 1] ?? '');
  return named && !part && /^[a-z]{4,}$/.test(word) && !NO_PLACES.has(word) && !BARE.test(word) ? `~${word}` : undefined;
}

/**
 * How the places that two texts name stand to each other. `doubtful`: they differ, but one may be no place at all;
 * `none`: one of them names none.
 */
export type NameRelation = 'shared' | 'near' | 'other-number' | 'different' | 'doubtful' | 'none';

/** A number further on than that is another house. */
const NEIGHBOURING = 6;
const CLOSENESS: readonly NameRelation[] = ['shared', 'near', 'other-number', 'doubtful', 'different'];

export function compareNames(a: readonly string[], b: readonly string[]): NameRelation {
  if (a.length === 0 || b.length === 0) return 'none';
  let best = CLOSENESS.length - 1;
  for (const one of a) for (const two of b) best = Math.min(best, CLOSENESS.indexOf(relationOf(one, two)));
  // one text names nothing but what may be no place
  const certain = (names: readonly string[]): boolean => names.some((name) => !name.startsWith('~'));
  return CLOSENESS[best] === 'different' && !(certain(a) && certain(b)) ? 'doubtful' : CLOSENESS[best]!;
}

function relationOf(one: string, two: string): NameRelation {
  const [nameA, numberA] = one.replace('~', '').split('#');
  const [nameB, numberB] = two.replace('~', '').split('#');
  if (nameA !== nameB) return 'different';
  if (numberA === numberB || numberA === undefined || numberB === undefined) return 'shared';
  if (NUMBERED.test(nameA!)) return 'different';
  return Math.abs(Number.parseInt(numberA, 10) - Number.parseInt(numberB, 10)) <= NEIGHBOURING ? 'near' : 'other-number';
}
