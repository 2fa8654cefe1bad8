import { createHash } from 'node:crypto';
import { CHILDREN, CODES, LETTERS, MESSAGES, UNREAD, XDF } from './xdatenfelder-standard.ts';
import { child, children, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';

/** A message whose root is known: every mistake in it, in the order of the file. */
export function mistakesIn(root: XmlElement): XmlProblem[] {
  const found: XmlProblem[] = [];
  const seen: Seen = { elements: new Map(), digests: new Map(), say: (sentence, { line }) => found.push(xmlProblem('not-by-the-standard', sentence, line)) };
  check(seen, root, []);
  const sorted = found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const message = child(root, XDF, MESSAGES.get(root.name) ?? '');
  if (message !== undefined && message.name !== 'datenfeld' && children(message, XDF, 'struktur').length === 0) {
    sorted.push(
      xmlProblem('not-by-the-standard', `In «${message.name}» fehlt «struktur»: Es gibt keine Datenfelder zu übernehmen. Ergänzen Sie sie.`, message.line),
    );
  }
  return sorted;
}

interface Seen {
  /** First place of each id with its version. */
  readonly elements: Map<string, XmlElement>;
  readonly digests: Map<XmlElement, string>;
  readonly say: (sentence: string, at: XmlElement) => void;
}

function check(seen: Seen, element: XmlElement, above: readonly string[]): void {
  const { name } = element;
  if (UNREAD.includes(name)) return;
  const known = CHILDREN.get(name);
  if (CODES.has(name)) return checkCode(seen, element);
  if (known === undefined) return checkText(seen, element);
  checkChildren(seen, element, known);
  if (name === 'enthaelt' && element.children.filter(({ namespace }) => namespace === XDF).length !== 1) {
    seen.say('«enthaelt» nimmt genau ein Datenfeld oder eine Datenfeldgruppe auf. Geben Sie jedem eine eigene «struktur».', element);
  }
  const inside = LETTERS.has(name) ? checkIdentity(seen, element, above) : above;
  if (LETTERS.has(name)) checkTwins(seen, element);
  for (const one of element.children) if (one.namespace === XDF) check(seen, one, inside);
}

function checkChildren(seen: Seen, element: XmlElement, known: readonly string[]): void {
  const rules = new Map(known.map((one) => [one.replace(/[!*]$/, ''), one.at(-1)!]));
  for (const one of element.children) {
    if (one.namespace === XDF && rules.has(one.name)) continue;
    const where = one.namespace === XDF ? '' : ' (fremder Namensraum)';
    seen.say(`In «${element.name}» steht «${one.name.slice(0, 60)}»${where}, das der Standard dort nicht kennt. Entfernen oder berichtigen Sie es.`, one);
  }
  for (const [name, sign] of rules) {
    const given = children(element, XDF, name);
    if (sign === '!' && given.length === 0) seen.say(`In «${element.name}» fehlt «${name}». Ergänzen Sie es.`, element);
    // an empty twin says nothing: some programs write one
    const filled = given.filter((one) => one.children.length > 0 || one.text.trim() !== '');
    if (sign !== '*' && filled.length > 1) seen.say(`In «${element.name}» steht «${name}» zweimal. Lassen Sie nur eines stehen.`, filled[1]!);
    if (sign === '!' && given.length > 0 && filled.length === 0) seen.say(`«${name}» ist leer. Füllen Sie es aus.`, given[0]!);
  }
}

function checkCode(seen: Seen, element: XmlElement): void {
  const code = textOf(element, '', 'code') ?? textOf(element, XDF, 'code');
  const other = element.children.find(({ name }) => name !== 'code' && name !== 'name');
  if (other !== undefined) seen.say(`In «${element.name}» steht «${other.name.slice(0, 60)}», das der Standard dort nicht kennt. Entfernen Sie es.`, other);
  if (code === undefined) return element.children.length === 0 ? undefined : seen.say(`In «${element.name}» fehlt «code». Ergänzen Sie ihn.`, element);
  const known = CODES.get(element.name);
  if (known !== undefined && !known.includes(code)) {
    seen.say(`Den Code «${code.slice(0, 40)}» kennt die Liste von «${element.name}» nicht. Möglich sind: ${known.join(', ')}.`, element);
  }
}

const DAYS = ['statusGesetztAm', 'gueltigAb', 'gueltigBis', 'veroeffentlichungsdatum'];
const INSTANTS = ['letzteAenderung', 'erstellungszeitpunkt'];

function checkText(seen: Seen, element: XmlElement): void {
  const { name } = element;
  const text = element.text.trim();
  const [inner] = element.children;
  if (inner !== undefined) seen.say(`In «${name}» steht «${inner.name.slice(0, 60)}», wo nur Text sein darf. Entfernen Sie es.`, inner);
  if (name === 'praezisierung') checkBounds(seen, element);
  if (text === '') return;
  if (DAYS.includes(name) && dayOf(text) === undefined) seen.say(`«${name}» ist kein Tag, den es gibt (JJJJ-MM-TT). Berichtigen Sie ihn.`, element);
  if (INSTANTS.includes(name) && !isInstant(text)) seen.say(`«${name}» ist kein Zeitpunkt nach ISO 8601. Berichtigen Sie ihn.`, element);
  if (name === 'version' && !/^[\w.-]{1,40}$/.test(text)) seen.say('Die Version ist keine Versionsnummer. Schreiben Sie sie wie 1.2.0.', element);
  if (name === 'anzahl' && multiplicityOf(text) === undefined) {
    seen.say(`Die Anzahl «${text.slice(0, 20)}» ist nicht lesbar. Schreiben Sie sie wie 0:1, 1:1, 0:* oder 1:5.`, element);
  }
  if (name === 'maxSize' && !/^\d{1,15}$/.test(text)) seen.say('«maxSize» ist keine Zahl von Bytes. Berichtigen Sie sie.', element);
}

/** @returns a day, with a time zone cut off; `undefined` where there is none */
export function dayOf(text: string): string | undefined {
  const day = /^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?$/.exec(text)?.[1];
  try {
    return day === undefined ? undefined : Temporal.PlainDate.from(day, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(text)) return false;
  try {
    return Temporal.PlainDateTime.from(text.replace(/(Z|[+-]\d\d:\d\d)$/, ''), { overflow: 'reject' }) !== undefined;
  } catch {
    return false;
  }
}

/** `0:1`, `1:*`; `n` is an older sign for many. */
export function multiplicityOf(text: string): { readonly min: number; readonly max?: number } | undefined {
  const found = /^(\d{1,6}):(\d{1,6}|\*|n)$/.exec(text);
  if (found === null) return undefined;
  const min = Number(found[1]);
  if (found[2] === '*' || found[2] === 'n') return { min };
  const max = Number(found[2]);
  return max === 0 || max < min ? undefined : { min, max };
}

function checkBounds(seen: Seen, element: XmlElement): void {
  const value = (name: string): string | undefined => element.attributes.get(name);
  for (const name of ['minLength', 'maxLength']) {
    if (!/^\d{0,9}$/.test(value(name) ?? '')) seen.say(`«${name}» ist keine ganze Zahl ab 0. Berichtigen Sie es.`, element);
  }
  for (const [low, high] of [
    ['minLength', 'maxLength'],
    ['minValue', 'maxValue'],
  ] as const) {
    const [from, to] = [value(low) ?? '', value(high) ?? ''];
    const numbers = from !== '' && to !== '' && Number.isFinite(Number(from)) && Number.isFinite(Number(to));
    const days = dayOf(from) !== undefined && dayOf(to) !== undefined;
    if ((numbers && Number(from) > Number(to)) || (days && from > to)) seen.say(`«${low}» liegt über «${high}». Nichts passt dazwischen.`, element);
  }
}

/** Id, its letter, days of validity, and whether another element has the id already. */
function checkIdentity(seen: Seen, element: XmlElement, above: readonly string[]): readonly string[] {
  const identity = element.name === 'dokumentsteckbrief' ? element : child(element, XDF, 'identifikation');
  const id = textOf(identity, XDF, 'id');
  if (id === undefined || identity === undefined) return above;
  const letter = LETTERS.get(element.name)!;
  const at = child(identity, XDF, 'id')!;
  if (!new RegExp(`^${letter}\\d{1,20}$`).test(id)) seen.say(`Die ID «${id.slice(0, 40)}» ist keine: Sie beginnt mit ${letter}, dann folgen nur Ziffern.`, at);
  const [from, to] = [textOf(element, XDF, 'gueltigAb') ?? '', textOf(element, XDF, 'gueltigBis') ?? ''];
  if (dayOf(from) !== undefined && dayOf(to) !== undefined && from > to) {
    seen.say('«gueltigBis» liegt vor «gueltigAb». Berichtigen Sie die Tage.', child(element, XDF, 'gueltigBis')!);
  }
  if (element.name === 'dokumentsteckbrief') return above;
  if (above.includes(id)) seen.say(`Die Gruppe «${id}» enthält sich selbst. Lösen Sie den Kreis auf.`, at);
  const known = `${id}V${textOf(identity, XDF, 'version') ?? ''}`;
  const before = seen.elements.get(known);
  // a building block may stand in many places, but it is the same in each
  if (before !== undefined && digestOf(seen, before) !== digestOf(seen, element)) {
    seen.say(`«${id}» steht schon in Zeile ${before.line}, dort mit anderem Inhalt. Geben Sie einem von beiden eine eigene ID oder Version.`, at);
  }
  seen.elements.set(known, before ?? element);
  return element.name === 'datenfeldgruppe' ? [...above, id] : above;
}

/** The same block twice directly in one group: nobody could tell the answers apart. */
function checkTwins(seen: Seen, parent: XmlElement): void {
  const ids = new Set<string>();
  for (const one of children(parent, XDF, 'struktur')) {
    const inner = child(one, XDF, 'enthaelt')?.children.find(({ name }) => name === 'datenfeld' || name === 'datenfeldgruppe');
    const id = textOf(inner, XDF, 'identifikation', 'id');
    if (id === undefined) continue;
    if (ids.has(id)) seen.say(`«${id}» steht zweimal in derselben Gruppe. Nehmen Sie die Anzahl, wenn es mehrfach gebraucht wird.`, inner!);
    ids.add(id);
  }
}

function digestOf(seen: Seen, element: XmlElement): string {
  const known = seen.digests.get(element);
  if (known !== undefined) return known;
  const { name, namespace, attributes, text } = element;
  const parts = [
    namespace,
    name,
    [...attributes].toSorted(([a], [b]) => a.localeCompare(b)),
    text.trim().replaceAll(/\s+/g, ' '),
    element.children.map((one) => digestOf(seen, one)),
  ];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
  seen.digests.set(element, digest);
  return digest;
}
