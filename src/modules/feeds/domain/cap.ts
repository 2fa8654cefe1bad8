import { CAP_CATEGORIES, CAP_CERTAINTIES, CAP_NAMESPACE, CAP_RESPONSES, CAP_SEVERITIES, CAP_URGENCIES } from '../../../kernel/cap.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { capTime, ringOf, type CapArea, type CapCircle } from './cap-area.ts';
import { childrenOf, parseXml, type XmlElement } from './xml.ts';

const STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
const MESSAGE_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
const SCOPES = ['Public', 'Restricted', 'Private'] as const;

/** What another message is named by: sender, identifier and the time it was sent. */
export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
  readonly sentMs: number;
}

export interface CapInfo {
  readonly language: string;
  readonly event: string;
  readonly categories: readonly string[];
  readonly responses: readonly string[];
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly effectiveMs?: number;
  readonly onsetMs?: number;
  /** Absent: it holds until it is withdrawn. */
  readonly expiresMs?: number;
  readonly senderName: string;
  readonly headline: string;
  readonly description: string;
  readonly instruction: string;
  readonly web: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly areas: readonly CapArea[];
}

/** A CAP 1.2 message. */
export interface CapAlert extends CapReference {
  readonly status: (typeof STATUSES)[number];
  readonly msgType: (typeof MESSAGE_TYPES)[number];
  readonly scope: (typeof SCOPES)[number];
  readonly source: string;
  readonly note: string;
  readonly references: readonly CapReference[];
  readonly infos: readonly CapInfo[];
}

/** The parts of an alert in the order the standard asks, and how often each may stand there. */
const ALERT_PARTS = parts('identifier! sender! sent! status! msgType! source scope! restriction addresses code* note references incidents info*');
const INFO_PARTS = parts(
  'language category+ event! responseType* urgency! severity! certainty! audience eventCode* effective onset expires senderName headline description instruction web contact parameter* resource* area*',
);
const AREA_PARTS = parts('areaDesc! polygon* circle* geocode* altitude ceiling');
const PAIR_PARTS = parts('valueName! value!');

type Times = '!' | '+' | '*' | '?';
function parts(list: string): ReadonlyMap<string, { readonly place: number; readonly times: Times }> {
  return new Map(list.split(' ').map((word, place) => [word.replace(/[!+*]$/, ''), { place, times: (/[!+*]$/.exec(word)?.[0] ?? '?') as Times }]));
}

const LIMITS = { maxDepth: 12, maxElements: 20_000 };
const LONGEST = { words: 20_000, line: 500 };

/** Reads a message by the structure of CAP 1.2. @returns every mistake, each as a German sentence */
export function readCap(xml: string): Result<CapAlert, readonly string[]> {
  const parsed = parseXml(xml, LIMITS);
  if (!parsed.ok) return refuse([parsed.problem]);
  return readCapElement(parsed.value);
}

export function readCapElement(alert: XmlElement): Result<CapAlert, readonly string[]> {
  if (alert.name !== 'alert' || alert.namespace !== CAP_NAMESPACE)
    return refuse([`Das ist keine Meldung nach CAP 1.2: die Wurzel muss alert aus ${CAP_NAMESPACE} sein.`]);
  const wrong: string[] = [];
  checkParts(alert, ALERT_PARTS, 'alert', wrong);
  const one = words(alert, wrong);
  const read: CapAlert = {
    identifier: named(one, 'identifier', wrong),
    sender: named(one, 'sender', wrong),
    sentMs: timeIn(one, 'sent', wrong) ?? Number.NaN,
    status: oneOf(one.text('status'), STATUSES, 'status', wrong),
    msgType: oneOf(one.text('msgType'), MESSAGE_TYPES, 'msgType', wrong),
    scope: oneOf(one.text('scope'), SCOPES, 'scope', wrong),
    source: one.line('source'),
    note: one.text('note'),
    references: referencesIn(one.text('references'), wrong),
    infos: childrenOf(alert, 'info').map((info, index) => infoOf(info, `info ${index + 1}`, wrong)),
  };
  wrong.push(...ruleMistakes(read, one));
  return wrong.length === 0 ? ok(read) : refuse(wrong.slice(0, 20));
}

/** What the structure cannot say, and the standard asks all the same. */
function ruleMistakes({ scope, msgType, status, references, infos }: CapAlert, one: Words): string[] {
  const wrong: string[] = [];
  if (scope === 'Restricted' && one.text('restriction') === '') wrong.push('Bei scope Restricted fehlt restriction.');
  if (scope === 'Private' && one.text('addresses') === '') wrong.push('Bei scope Private fehlt addresses.');
  if (msgType !== 'Alert' && references.length === 0) wrong.push(`msgType ${msgType} muss mit references sagen, welche Meldung gemeint ist.`);
  if ((msgType === 'Alert' || msgType === 'Update') && status !== 'System' && infos.length === 0) wrong.push('Eine Warnung ohne info sagt nichts.');
  for (const { onsetMs, effectiveMs, expiresMs } of infos) {
    const begins = onsetMs ?? effectiveMs;
    if (begins !== undefined && expiresMs !== undefined && expiresMs < begins) wrong.push('Eine Warnung endet (expires), bevor sie beginnt.');
  }
  return wrong;
}

/** What must be there, what may stand there once, and what has no place there or stands in the wrong order. */
function checkParts(element: XmlElement, allowed: ReturnType<typeof parts>, where: string, wrong: string[]): void {
  const seen = new Map<string, number>();
  let last = -1;
  for (const { name, namespace } of element.children) {
    // signatures and what else other namespaces add is passed over
    if (namespace !== CAP_NAMESPACE) continue;
    const part = allowed.get(name);
    if (part === undefined) wrong.push(`In ${where} hat ${name.slice(0, 40)} nichts zu suchen.`);
    else if (part.place < last) wrong.push(`In ${where} steht ${name} an der falschen Stelle.`);
    last = Math.max(last, part?.place ?? last);
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  for (const [name, { times }] of allowed) {
    const count = seen.get(name) ?? 0;
    const mustBeThere = times === '!' || times === '+';
    if (count === 0 && mustBeThere) wrong.push(`In ${where} fehlt ${name}.`);
    // an empty status or time is no value; the value of a parameter may be an empty text
    if (mustBeThere && name !== 'value' && element.children.some((child) => child.name === name && child.text.trim() === ''))
      wrong.push(`In ${where} ist ${name} leer.`);
    if (count > 1 && (times === '!' || times === '?')) wrong.push(`In ${where} steht ${name} mehrmals.`);
  }
}

interface Words {
  text(name: string): string;
  line(name: string): string;
}

function words(element: XmlElement, wrong: string[]): Words {
  const text = (name: string): string => {
    const found = element.children.find((child) => child.name === name)?.text.trim() ?? '';
    if (found.length > LONGEST.words) wrong.push(`${name} ist länger als ${LONGEST.words} Zeichen.`);
    return found.slice(0, LONGEST.words);
  };
  return { text, line: (name) => text(name).replaceAll(/\s+/g, ' ').slice(0, LONGEST.line) };
}

/** Without spaces, commas and the signs that XML restricts. */
function named(one: Words, name: string, wrong: string[]): string {
  const value = one.text(name);
  if (value !== '' && (/[\s,<&]/.test(value) || value.length > 300)) wrong.push(`${name} darf weder Leerzeichen noch Komma noch < noch & enthalten.`);
  return value;
}

function oneOf<T extends string>(value: string, values: readonly T[], name: string, wrong: string[]): T {
  const found = values.find((each) => each === value);
  if (found === undefined && value !== '') wrong.push(`${name} heißt „${value.slice(0, 40)}“, erlaubt ist: ${values.join(', ')}.`);
  return found ?? values[0]!;
}

function timeIn(one: Words, name: string, wrong: string[]): number | undefined {
  const value = one.text(name);
  if (value === '') return undefined;
  const ms = capTime(value);
  if (Number.isNaN(ms)) wrong.push(`${name} ist keine Zeit nach CAP, etwa 2026-11-28T19:00:00+01:00.`);
  return ms;
}

function referencesIn(value: string, wrong: string[]): CapReference[] {
  if (value === '') return [];
  return value.split(/\s+/).flatMap((text) => {
    const [sender = '', identifier = '', sent = '', ...more] = text.split(',');
    const sentMs = capTime(sent);
    if (sender !== '' && identifier !== '' && !Number.isNaN(sentMs) && more.length === 0) return [{ sender, identifier, sentMs }];
    wrong.push('references muss aus sender,identifier,sent bestehen.');
    return [];
  });
}

function infoOf(info: XmlElement, where: string, wrong: string[]): CapInfo {
  checkParts(info, INFO_PARTS, where, wrong);
  const one = words(info, wrong);
  const [effectiveMs, onsetMs, expiresMs] = ['effective', 'onset', 'expires'].map((name) => timeIn(one, name, wrong));
  return {
    language: one.line('language') || 'en-US',
    event: one.line('event'),
    categories: childrenOf(info, 'category').map(({ text }) => oneOf(text.trim(), CAP_CATEGORIES, 'category', wrong)),
    responses: childrenOf(info, 'responseType').map(({ text }) => oneOf(text.trim(), CAP_RESPONSES, 'responseType', wrong)),
    urgency: oneOf(one.text('urgency'), CAP_URGENCIES, 'urgency', wrong),
    severity: oneOf(one.text('severity'), CAP_SEVERITIES, 'severity', wrong),
    certainty: oneOf(one.text('certainty') === 'Very Likely' ? 'Likely' : one.text('certainty'), CAP_CERTAINTIES, 'certainty', wrong),
    ...(effectiveMs === undefined ? {} : { effectiveMs }),
    ...(onsetMs === undefined ? {} : { onsetMs }),
    ...(expiresMs === undefined ? {} : { expiresMs }),
    senderName: one.line('senderName'),
    headline: one.line('headline'),
    description: one.text('description'),
    instruction: one.text('instruction'),
    web: one.line('web'),
    parameters: new Map(childrenOf(info, 'parameter').map((pair) => pairOf(pair, 'parameter', wrong))),
    areas: childrenOf(info, 'area').map((area) => areaOf(area, wrong)),
  };
}

function pairOf(pair: XmlElement, where: string, wrong: string[]): [string, string] {
  checkParts(pair, PAIR_PARTS, where, wrong);
  const one = words(pair, wrong);
  return [one.line('valueName'), one.line('value')];
}

function areaOf(area: XmlElement, wrong: string[]): CapArea {
  checkParts(area, AREA_PARTS, 'area', wrong);
  const one = words(area, wrong);
  const rings = childrenOf(area, 'polygon').map(({ text }) => ringOf(text));
  for (const ring of rings) if (!ring.ok) wrong.push(ring.problem);
  const geocodes = childrenOf(area, 'geocode').map((pair) => pairOf(pair, 'geocode', wrong));
  const feet = (name: string): number | undefined => (one.text(name) === '' ? undefined : Number(one.text(name)));
  const [altitudeFeet, ceilingFeet] = [feet('altitude'), feet('ceiling')];
  if (Number.isNaN(altitudeFeet) || Number.isNaN(ceilingFeet)) wrong.push('altitude und ceiling sind Zahlen (in Fuß).');
  if (ceilingFeet !== undefined && altitudeFeet === undefined) wrong.push('ceiling steht nur zusammen mit altitude.');
  const holes = geocodes.filter(([name]) => name === 'EXCLUDE_POLYGON').map(([, value]) => ringOf(value));
  for (const hole of holes) if (!hole.ok) wrong.push(hole.problem);
  return {
    description: one.line('areaDesc'),
    rings: rings.flatMap((ring) => (ring.ok ? [ring.value] : [])),
    holes: holes.flatMap((hole) => (hole.ok ? [hole.value] : [])),
    circles: childrenOf(area, 'circle').flatMap(({ text }) => circleOf(text, wrong)),
    geocodes: geocodes.filter(([name]) => name !== 'EXCLUDE_POLYGON'),
    ...(altitudeFeet === undefined ? {} : { altitudeFeet }),
    ...(ceilingFeet === undefined ? {} : { ceilingFeet }),
  };
}

function circleOf(text: string, wrong: string[]): CapCircle[] {
  const [, lat, lon, km] = /^\s*(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)\s+(\d+(?:\.\d+)?)\s*$/.exec(text)?.map(Number) ?? [];
  if (lat !== undefined && lon !== undefined && km !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && km <= 20_000)
    return [{ lat, lon, radiusMetres: km * 1000 }];
  wrong.push('circle muss so aussehen: Breite,Länge Radius in Kilometern.');
  return [];
}
