import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { dayOf, mistakesIn, multiplicityOf } from './xdatenfelder-check.ts';
import type { FoundField, FoundGroup, FoundPart, FoundRule, FoundSchema, Multiplicity } from './xdatenfelder-model.ts';
import { MARK, MESSAGES, XDF } from './xdatenfelder-standard.ts';
import { child, children, everyElement, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';

/**
 * Understands an XDatenfelder 3.0.0 message: Stammdatenschema 0102, Datenfeldgruppe 0103 or Datenfeld 0104.
 * @returns the schema, or the first mistake with its line and all of them as `fields`
 */
export function readXdatenfelder(root: XmlElement): Result<FoundSchema, XmlProblem> {
  const other = refusalOfMessage(root);
  if (other !== undefined) return refuse(other);
  const mistakes = mistakesIn(root);
  const [first] = mistakes;
  if (first === undefined) return ok(schemaOf(root));
  const fields = mistakes.slice(0, 100).map(({ detail, line }) => ({ field: `line-${line ?? 0}`, message: detail }));
  return refuse({ ...first, fields });
}

const READS = 'Kontor liest XDatenfelder 3.0.0 (Stammdatenschema 0102, Datenfeldgruppe 0103, Datenfeld 0104).';

function refusalOfMessage({ name, namespace, line }: XmlElement): XmlProblem | undefined {
  if (namespace === XDF) {
    return MESSAGES.has(name) ? undefined : xmlProblem('not-by-the-standard', `Die Nachricht ist vom Typ «${name.slice(0, 80)}». ${READS}`, line);
  }
  const version = /^urn:xoev-de:fim:standard:xdatenfelder_([\w.]{1,20})$/.exec(namespace)?.[1];
  const sentence =
    version === undefined
      ? `Die Datei ist keine Nachricht des Standards XDatenfelder. ${READS}`
      : `Die Datei ist in XDatenfelder ${version} geschrieben. ${READS} Exportieren Sie das Schema im FIM-Redaktionssystem in Version 3.0.0.`;
  return xmlProblem('not-by-the-standard', sentence, line);
}

const words = (from: XmlElement | undefined, ...path: readonly string[]): string | undefined => textOf(from, XDF, ...path)?.replaceAll(/\s+/g, ' ');
const codeIn = (from: XmlElement, name: string): string => {
  const holder = child(from, XDF, name);
  return textOf(holder, '', 'code') ?? textOf(holder, XDF, 'code') ?? '';
};

function schemaOf(root: XmlElement): FoundSchema {
  const message = child(root, XDF, MESSAGES.get(root.name)!)!;
  const whole = message.name === 'stammdatenschema';
  const description = words(message, 'beschreibung');
  return {
    id: words(message, 'identifikation', 'id') ?? '',
    name: words(message, whole ? 'bezeichnung' : 'bezeichnungEingabe') ?? '',
    ...(description !== undefined && { description }),
    legalBases: children(message, XDF, 'bezug').flatMap((one) => one.text.trim().replaceAll(/\s+/g, ' ') || []),
    marks: marksOf(message),
    rules: whole ? rulesOf(message) : [],
    parts: whole ? partsOf(message) : [partOf(message, { min: 1, max: 1 })],
    unshown: unshownIn(message),
    ids: new Set([...everyElement(message)].filter(({ name }) => name.startsWith('datenfeld')).flatMap((one) => words(one, 'identifikation', 'id') ?? [])),
  };
}

const UNSHOWN = ['definition', 'beschreibung', 'bezug', 'bezeichnungAusgabe', 'hilfetextAusgabe', 'versionshinweis', 'codeKey', 'nameKey', 'helpKey'];

/** Words about elements that a form has no place for. What the schema says of itself goes into the description and the legal bases. */
function unshownIn(message: XmlElement): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const parent of everyElement(message)) {
    if (parent === message || parent.name === 'regel') continue;
    for (const one of parent.children) {
      const text = one.text.trim();
      const shown = text === '' || !UNSHOWN.includes(one.name) || (one.name === 'bezeichnungAusgabe' && text === words(parent, 'bezeichnungEingabe'));
      if (!shown) found.set(one.name, (found.get(one.name) ?? 0) + 1);
    }
  }
  return found;
}

const partsOf = (parent: XmlElement): FoundPart[] =>
  children(parent, XDF, 'struktur').map((one) => {
    const inner = child(one, XDF, 'enthaelt')!.children.find(({ namespace }) => namespace === XDF)!;
    return partOf(inner, multiplicityOf(words(one, 'anzahl')!)!);
  });

function partOf(element: XmlElement, many: Multiplicity): FoundPart {
  const [version, help] = [words(element, 'identifikation', 'version'), words(element, 'hilfetextEingabe')];
  const derived = children(element, XDF, 'relation').find((one) => codeIn(one, 'praedikat') === 'ABL');
  const from = words(derived, 'objekt', 'id');
  const fromVersion = words(derived, 'objekt', 'version');
  const common = {
    id: words(element, 'identifikation', 'id')!,
    ...(version !== undefined && { version }),
    name: words(element, 'name')!,
    label: words(element, 'bezeichnungEingabe')!,
    ...(help !== undefined && { help }),
    many,
    rules: rulesOf(element),
    marks: marksOf(element),
    ...(from !== undefined && { derivedFrom: fromVersion === undefined ? from : `${from}V${fromVersion}` }),
    line: element.line,
  };
  return element.name === 'datenfeld' ? fieldOf(element, common) : { ...common, kind: 'group', oneOf: codeIn(element, 'art') === 'X', parts: partsOf(element) };
}

type Common = Omit<FoundGroup, 'kind' | 'oneOf' | 'parts'>;

function fieldOf(element: XmlElement, common: Common): FoundField {
  const precision = child(element, XDF, 'praezisierung');
  const bounds = precision?.attributes;
  const bound = (name: string): string | undefined => bounds?.get(name)?.trim() || undefined;
  const number = (name: string): number | undefined => (bound(name) === undefined ? undefined : Number(bound(name)));
  const value = (name: string): string | undefined => dayOf(bound(name) ?? '') ?? bound(name);
  const lists = ['canonicalVersionUri', 'canonicalIdentification'].map((name) => words(element, 'codelisteReferenz', name));
  const maxBytes = words(element, 'maxSize');
  return present({
    ...common,
    kind: 'field' as const,
    feldart: codeIn(element, 'feldart'),
    datentyp: codeIn(element, 'datentyp'),
    minLength: number('minLength'),
    maxLength: number('maxLength'),
    minValue: value('minValue'),
    maxValue: value('maxValue'),
    // blanks belong to it
    pattern: bounds?.get('pattern') || undefined,
    boundsText: precision?.text.trim() || undefined,
    // an empty twin says nothing
    content: children(element, XDF, 'inhalt')
      .map((one) => one.text.trim())
      .find((text) => text !== ''),
    prefilled: codeIn(element, 'vorbefuellung') !== 'keine',
    options: children(child(element, XDF, 'werte'), XDF, 'wert').map((one) =>
      present({ code: words(one, 'code')!, name: words(one, 'name')!, help: words(one, 'hilfe') }),
    ),
    codeList: lists.find((one) => one !== undefined) ?? (child(element, XDF, 'codelisteReferenz') === undefined ? undefined : ''),
    maxBytes: maxBytes === undefined ? undefined : Number(maxBytes),
    mediaTypes: children(element, XDF, 'mediaType').flatMap((one) => one.text.trim() || []),
  });
}

/** Without what is not there. */
type Present<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};
const present = <T extends object>(all: T): Present<T> => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Present<T>;

const rulesOf = (element: XmlElement): FoundRule[] =>
  children(element, XDF, 'regel').map((one) =>
    present({
      id: words(one, 'identifikation', 'id')!,
      name: words(one, 'name')!,
      text: words(one, 'freitextRegel') ?? words(one, 'beschreibung') ?? '',
      script: textOf(one, XDF, 'skript'),
      marks: marksOf(one),
      line: one.line,
    }),
  );

const marksOf = (element: XmlElement): ReadonlyMap<string, string> =>
  new Map(
    children(element, XDF, 'stichwort').flatMap((one): [string, string][] => {
      const uri = one.attributes.get('uri') ?? '';
      return uri.startsWith(MARK) ? [[uri.slice(MARK.length), one.text.trim()]] : [];
    }),
  );
