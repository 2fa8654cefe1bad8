import { din91379 } from './din-91379.ts';
import { ANY, type XbauAnswers } from './xbau-answers-read.ts';
import { stepsOf, type XbauField, type XbauMapping, type XbauStep } from './xbau-mapping.ts';
import { element, sayable, textElement, type XmlNode } from './xml-write.ts';

/** A part of the message while it grows; elements stay in the order of the mapping. */
interface Growing {
  readonly name: string;
  readonly children: (Growing | XmlNode)[];
}

const isGrowing = (node: Growing | XmlNode): node is Growing => !('attributes' in node);

/** The answers that the mapping can say, as elements below the root. */
export function writeAnswers({ fields }: XbauMapping, answers: XbauAnswers, changed = false): readonly XmlNode[] {
  const root: Growing = { name: '', children: [] };
  for (const entry of fields) {
    const value = entry.readOnly ? undefined : answers[entry.field];
    if (value === undefined || value === null) continue;
    const steps = stepsOf(entry.path, changed);
    const nodes = WRITERS[entry.as](entry, value, nameOf(steps.at(-1)!), answers);
    if (nodes.length > 0) parentOf(root, steps.slice(0, -1)).children.push(...nodes);
  }
  return root.children.map(grown);
}

/** Adds elements to a part that may be there already, as its last. */
export function withLast(parts: readonly XmlNode[], name: string, more: readonly XmlNode[]): readonly XmlNode[] {
  if (more.length === 0) return parts;
  const at = parts.findIndex((part) => part.name === name);
  if (at === -1) return [...parts, element(name, {}, more)];
  return parts.map((part, index) => (index === at ? { ...part, children: [...part.children, ...more] } : part));
}

const nameOf = ({ name, qualified }: XbauStep): string => (qualified ? `xbau:${name}` : name);

function parentOf(root: Growing, steps: readonly XbauStep[]): Growing {
  let at = root;
  for (const step of steps) {
    const name = nameOf(step);
    let next = at.children.findLast((one): one is Growing => isGrowing(one) && one.name === name);
    if (next === undefined) at.children.push((next = { name, children: [] }));
    at = next;
  }
  return at;
}

const grown = (node: Growing | XmlNode): XmlNode => (isGrowing(node) ? element(node.name, {}, node.children.map(grown)) : node);

type Writer = (entry: XbauField, value: unknown, name: string, answers: XbauAnswers) => readonly XmlNode[];

const present = (node: XmlNode | undefined): readonly XmlNode[] => (node === undefined ? [] : [node]);
/** Elements of nothing but blanks are not allowed. */
const text = (name: string, value: unknown): XmlNode | undefined => (typeof value === 'string' ? textElement(name, din91379(value).trim()) : undefined);
/** A code with its list, which some elements fix and others leave open. */
export const codeElement = (name: string, code: string, list?: { readonly uri: string; readonly version: string }): XmlNode =>
  element(name, list === undefined ? {} : { listURI: list.uri, listVersionID: list.version }, element('code', {}, code));

const WRITERS: Readonly<Record<XbauField['as'], Writer>> = {
  text: (_entry, value, name) => present(text(name, value)),
  number: (_entry, value, name) =>
    typeof value === 'number' && value > 0 && Math.round(value * 100) === value * 100 ? [element(name, {}, String(value))] : [],
  'yes-no': (_entry, value, name) => (typeof value === 'boolean' ? [element(name, {}, String(value))] : []),
  code: ({ codes = [], list }, value, name) => {
    const found = codes.find((one) => one.value === value && one.code !== ANY);
    return found === undefined ? [] : [codeElement(name, found.code, list)];
  },
  // that something is there is said by what stands inside
  present: () => [],
  paragraphs: ({ into }, value, name) => {
    if (typeof value !== 'string') return [];
    const lines = sayable(value)
      .split(/\n\s*\n/)
      .flatMap((line) => textElement('textabsatz', line.trim()) ?? []);
    if (lines.length === 0) return [];
    return [into === undefined ? element(name, {}, lines) : element(name, {}, element(into, {}, lines))];
  },
  address: (_entry, value, name) => {
    const { street, houseNumber, postcode, place } = value as Partial<Record<string, string>>;
    const parts = [text('strasse', street), text('hausnummer', houseNumber), text('postleitzahl', postcode), text('ort', place)];
    return parts.every((part) => part === undefined) ? [] : [element(name, {}, parts)];
  },
  person: (_entry, value, name) => {
    const [, given, family] = typeof value === 'string' ? (/^(?:(.*\S)\s+)?(\S+)$/s.exec(value.trim()) ?? []) : [];
    const part = (which: string, said: string | undefined) => {
      const node = text('name', said);
      return node && element(which, {}, node);
    };
    const parts = [part('familienname', family), part('vorname', given)];
    return parts.every((one) => one === undefined) ? [] : [element(name, {}, parts)];
  },
  contact: ({ channels = [] }, value, name) => {
    const kennung = text('kennung', value);
    const [channel] = channels;
    if (kennung === undefined || channel === undefined) return [];
    return [element(name, {}, codeElement('kanal', channel, { uri: 'urn:de:xoev:codeliste:erreichbarkeit', version: '3' }), kennung)];
  },
  parcels: ({ district }, value, name, answers) => {
    if (typeof value !== 'string') return [];
    const where = district === undefined ? undefined : text('bezeichnung', answers[district]);
    return value.split(/\s*[,;]\s*/).flatMap((number) => {
      const [, above, below] = /^(\d+)(?:\/(\d+))?$/.exec(number) ?? [];
      if (above === undefined) return [];
      const gemarkung = where && element('gemarkung', {}, where);
      return [element(name, {}, element('kodierungFlurstueck', {}, gemarkung, textElement('zaehler', above), textElement('nenner', below)))];
    });
  },
  // a point is no area
  place: () => [],
};
