import type { FormSource } from './xdatenfelder-model.ts';
import { LISTS, MARK } from './xdatenfelder-standard.ts';
import { element, textElement, type XmlNode } from './xml-write.ts';

/** What the message says about itself. */
export interface XdfHead {
  /** UUID. */
  readonly messageId: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  /** Who answers for the content (Fachlicher Ersteller). */
  readonly publisher: string;
}

/** What every element of one message is written with. */
export interface XdfWriting {
  readonly head: XdfHead;
  readonly source: FormSource;
  /** A number of our own for an element, always the same for the same path. */
  readonly idOf: (letter: string, path: string) => string;
}

type Child = XmlNode | string | undefined | readonly (XmlNode | undefined)[];

export const xdf = (name: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): XmlNode =>
  element(`xdf:${name}`, attributes, ...children);
export const xdfText = (name: string, text: string | undefined): XmlNode | undefined => textElement(`xdf:${name}`, text);

/** A code with the list that it is of; by the rules of XOeV it stands without a namespace. */
export function xdfCode(name: string, code: string): XmlNode {
  const [listURI, listVersionID] = LISTS.get(name)!;
  return xdf(name, { listURI, listVersionID }, element('code', {}, code));
}

export const structure = (many: string, inner: XmlNode): XmlNode => xdf('struktur', {}, xdfText('anzahl', many), xdf('enthaelt', {}, inner));

interface Common {
  readonly letter: string;
  readonly path: string;
  readonly name: string;
  readonly description?: string;
  readonly legal?: readonly (XmlNode | undefined)[];
  readonly marks: Readonly<Record<string, string>>;
  /** The element of the FIM building block that this one is derived from. */
  readonly fim?: string | undefined;
}

/** What every element says of itself. Status 3 is a draft: FIM has not released it. */
export function common({ head, source, idOf }: XdfWriting, { letter, path, name, description, legal, marks, fim }: Common): Child[] {
  return [
    xdf('identifikation', {}, xdfText('id', idOf(letter, path)), xdfText('version', source.version)),
    xdfText('name', name),
    xdfText('beschreibung', description),
    legal ?? [],
    xdfCode('freigabestatus', '3'),
    xdfText('statusGesetztDurch', head.publisher),
    xdfText('letzteAenderung', head.createdAt),
    fim === undefined ? undefined : derivation(fim),
    keywords(marks),
  ];
}

function derivation(fim: string): XmlNode {
  const [id, version] = fim.split('V');
  return xdf('relation', {}, xdfCode('praedikat', 'ABL'), xdf('objekt', {}, xdfText('id', id), xdfText('version', version)));
}

const keywords = (marks: Readonly<Record<string, string>>): XmlNode[] =>
  Object.entries(marks).map(([name, value]) => xdf('stichwort', { uri: `${MARK}${name}` }, value));

/** @param art `RNG` from the law, `ABS` abstract, `HAR` harmonised */
export const labels = (art: 'ABS' | 'HAR' | 'RNG', label: string, help: string | undefined): Child[] => [
  xdfText('bezeichnungEingabe', label),
  xdfText('bezeichnungAusgabe', label),
  xdfCode('schemaelementart', art),
  xdfText('hilfetextEingabe', help),
];

interface Rule {
  readonly path: string;
  /** What the rule is to a form of ours. */
  readonly kind: string;
  /** `K` complex, `V` validation. */
  readonly typ: 'K' | 'V';
  readonly name: string;
  readonly text: string;
  readonly script?: string | undefined;
}

/** A rule as a sentence; the expression itself stands as its script. */
export const rule = ({ head, source, idOf }: XdfWriting, { path, kind, typ, name, text, script }: Rule): XmlNode =>
  xdf(
    'regel',
    {},
    xdf('identifikation', {}, xdfText('id', idOf('R', `${path}/${kind}`)), xdfText('version', source.version)),
    xdfText('name', name),
    xdfText('freitextRegel', text),
    keywords({ rule: kind }),
    xdfText('fachlicherErsteller', head.publisher),
    xdfText('letzteAenderung', head.createdAt),
    xdfCode('typ', typ),
    xdfText('skript', script),
  );
