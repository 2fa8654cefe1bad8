import { fromUtm32 } from '../../../kernel/geo.ts';
import { stepsOf, type XbauField, type XbauMapping } from './xbau-mapping.ts';
import { GML, XBAU } from './xbau-names.ts';
import { child, children, everyElement, textOf, type XmlElement } from './xml-tree.ts';

/** Answers of the form as a message gives them. */
export type XbauAnswers = Record<string, unknown>;

/** What was read, and which elements were understood. */
export interface AnswersRead {
  readonly answers: XbauAnswers;
  readonly understood: ReadonlySet<XmlElement>;
}

/** The answers that the mapping finds; the first entry of a field that says something counts. */
export function readAnswers({ fields }: XbauMapping, root: XmlElement, changed = false): AnswersRead {
  const answers: XbauAnswers = {};
  const understood = new Set<XmlElement>();
  for (const entry of fields) {
    const found = elementsAt(root, entry.path, changed);
    const { value, used } = READERS[entry.as](entry, found);
    if (value !== undefined) answers[entry.field] ??= value;
    // the element of a code that the form does not know stays to be seen
    if (value !== undefined || entry.as === 'present') for (const element of used) understood.add(element);
    if (entry.as === 'parcels' && entry.district !== undefined) readDistrict(entry.district, found, answers, understood);
  }
  return { answers, understood };
}

/** Every element at the end of a path. */
function elementsAt(root: XmlElement, path: string, changed: boolean): readonly XmlElement[] {
  let at: readonly XmlElement[] = [root];
  for (const { name, qualified } of stepsOf(path, changed)) at = at.flatMap((one) => children(one, qualified ? XBAU : '', name));
  return at;
}

interface ValueRead {
  readonly value: unknown;
  readonly used: readonly XmlElement[];
}
type Reader = (entry: XbauField, found: readonly XmlElement[]) => ValueRead;

/** Whatever the code: read, never written. */
export const ANY = '*';

const NOTHING: ValueRead = { value: undefined, used: [] };
const said = (element: XmlElement | undefined): string | undefined => {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
};
const firstSaid = (found: readonly XmlElement[]): XmlElement | undefined => found.find((one) => said(one) !== undefined);

const READERS: Readonly<Record<XbauField['as'], Reader>> = {
  text: (_entry, found) => one(firstSaid(found), (text) => text),
  number: (_entry, found) => one(firstSaid(found), (text) => (/^[+-]?\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined)),
  'yes-no': (_entry, found) => one(firstSaid(found), (text) => ({ true: true, '1': true, false: false, '0': false })[text]),
  code: ({ codes = [] }, found) =>
    one(found.flatMap((element) => child(element, '', 'code') ?? [])[0], (text) => codes.find(({ code }) => code === text || code === ANY)?.value),
  // that it is there is understood; what stands inside is not
  present: ({ otherwise }, found) => (found.length > 0 ? { value: true, used: [] } : { value: otherwise, used: [] }),
  paragraphs: (_entry, found) => {
    const used = found.flatMap((element) => [...everyElement(element)].filter(({ name, namespace }) => name === 'textabsatz' && namespace === ''));
    const lines = used.map(({ text }) => text.trim()).filter((text) => text !== '');
    return lines.length === 0 ? NOTHING : { value: lines.join('\n\n'), used };
  },
  address: (_entry, found) => firstOf(found, addressIn),
  person: (_entry, found) => firstOf(found, personIn),
  contact: ({ channels = [] }, found) => {
    const element = found.find((each) => channels.includes(textOf(each, '', 'kanal', 'code') ?? ''));
    return element === undefined ? NOTHING : { value: textOf(element, '', 'kennung'), used: [...everyElement(element)] };
  },
  parcels: (_entry, found) => {
    const numbers = found.flatMap((each) => parcelIn(each) ?? []);
    const used = numbers.length === 0 ? [] : found.flatMap((each) => [...everyElement(each)].filter(({ name }) => name === 'zaehler' || name === 'nenner'));
    return numbers.length === 0 ? NOTHING : { value: numbers.join(', '), used };
  },
  place: (_entry, found) => firstOf(found, placeIn),
};

function one(element: XmlElement | undefined, read: (text: string) => unknown): ValueRead {
  const text = said(element);
  return text === undefined ? NOTHING : { value: read(text), used: [element!] };
}

function firstOf(found: readonly XmlElement[], read: (element: XmlElement) => ValueRead): ValueRead {
  for (const element of found) {
    const value = read(element);
    if (value.value !== undefined) return value;
  }
  return NOTHING;
}

const leaves = (element: XmlElement, names: readonly string[]): readonly XmlElement[] => element.children.filter(({ name }) => names.includes(name));

function addressIn(element: XmlElement): ValueRead {
  const part = (name: string): string => textOf(element, '', name) ?? '';
  const joined = /^(.*\S)\s+(\d.*)$/.exec(part('strasseHausnummer'));
  const street = part('strasse') || (joined?.[1] ?? part('strasseHausnummer'));
  const houseNumber = part('hausnummer') || (joined?.[2] ?? '');
  const value = { street, houseNumber, postcode: part('postleitzahl'), place: part('ort') };
  if (Object.values(value).every((text) => text === '')) return NOTHING;
  return { value, used: leaves(element, ['strasse', 'hausnummer', 'strasseHausnummer', 'postleitzahl', 'ort']) };
}

/** A natural person by given and family name, an organisation by its name. */
function personIn(element: XmlElement): ValueRead {
  const used = ['vorname', 'familienname'].flatMap((name) => child(child(element, '', name), '', 'name') ?? []);
  const name = used
    .map(said)
    .filter((text) => text !== undefined)
    .join(' ');
  if (name !== '') return { value: name, used };
  return one(child(element, '', 'name'), (text) => text);
}

function parcelIn(element: XmlElement): string | undefined {
  const number = (name: string): string | undefined => textOf(element, '', 'kodierungFlurstueck', name);
  const [above, below] = [number('zaehler'), number('nenner')];
  return above === undefined || below === undefined ? above : `${above}/${below}`;
}

function readDistrict(field: string, found: readonly XmlElement[], answers: XbauAnswers, understood: Set<XmlElement>): void {
  for (const each of found) {
    const district = child(child(child(each, '', 'kodierungFlurstueck'), '', 'gemarkung'), '', 'bezeichnung');
    const name = said(district);
    if (name === undefined) continue;
    answers[field] ??= name;
    // other parcels may lie elsewhere: that is to be seen
    if (answers[field] === name) understood.add(district!);
  }
}

/** The middle of the outline's corners; EPSG:25832, or WGS 84 where the outline says so. */
function placeIn(element: XmlElement): ValueRead {
  const list = [...everyElement(element)].find(({ name, namespace }) => name === 'posList' && namespace === GML);
  const numbers = (list?.text.trim().split(/\s+/) ?? []).map(Number);
  if (list === undefined || numbers.length < 6 || numbers.length % 2 === 1 || numbers.some((number) => !Number.isFinite(number))) return NOTHING;
  const corners = Array.from({ length: numbers.length / 2 }, (_, index) => [numbers[2 * index]!, numbers[2 * index + 1]!] as const);
  // the last corner of a ring is its first
  const ring = corners.slice(0, -1);
  const mean = (axis: 0 | 1): number => ring.reduce((sum, corner) => sum + corner[axis], 0) / ring.length;
  const name = [...everyElement(element)].map(({ attributes }) => attributes.get('srsName')).find((srs) => srs !== undefined) ?? '25832';
  const position = positionIn(name, mean(0), mean(1));
  return position === undefined ? NOTHING : { value: { lon: rounded(position.lon), lat: rounded(position.lat) }, used: [list] };
}

function positionIn(srs: string, first: number, second: number) {
  if (/25832|UTM32/i.test(srs)) return fromUtm32(first > 30_000_000 ? first - 32_000_000 : first, second);
  // EPSG:4258 and 4326 begin with latitude
  if (/4326|4258/.test(srs)) return { lon: second, lat: first };
  return undefined;
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
