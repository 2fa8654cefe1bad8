/** Namespace of XDatenfelder 3.0.0, the standard of the FIM building block Datenfelder. */
export const XDF = 'urn:xoev-de:fim:standard:xdatenfelder_3.0.0';

/** Messages that bring fields, by their root element, with the element that holds them. */
export const MESSAGES: ReadonlyMap<string, string> = asMap({
  'xdatenfelder.stammdatenschema.0102': 'stammdatenschema',
  'xdatenfelder.datenfeldgruppe.0103': 'datenfeldgruppe',
  'xdatenfelder.datenfeld.0104': 'datenfeld',
});

/** A name in a file may be `constructor`: what is looked up by it is no plain object. */
function asMap<T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(entries));
}

/** `!` must be there, `*` may come often, else at most once. */
type Children = readonly string[];

const common: Children = [
  ...['identifikation!', 'name!', 'beschreibung', 'definition', 'bezug*', 'freigabestatus!', 'statusGesetztAm', 'statusGesetztDurch'],
  ...['gueltigAb', 'gueltigBis', 'versionshinweis', 'veroeffentlichungsdatum', 'letzteAenderung!', 'relation*', 'stichwort*'],
];
const element: Children = [...common, 'bezeichnungEingabe!', 'bezeichnungAusgabe', 'schemaelementart!', 'hilfetextEingabe', 'hilfetextAusgabe'];

/**
 * What each element may hold, in the order in which public writers and readers of the format have it.
 * The XSD is not at hand; readers of this table therefore do not insist on the order.
 */
export const CHILDREN: ReadonlyMap<string, Children> = asMap({
  'xdatenfelder.stammdatenschema.0102': ['header!', 'stammdatenschema!'],
  'xdatenfelder.datenfeldgruppe.0103': ['header!', 'datenfeldgruppe!'],
  'xdatenfelder.datenfeld.0104': ['header!', 'datenfeld!'],
  header: ['nachrichtID!', 'erstellungszeitpunkt!', 'referenzID'],
  stammdatenschema: [
    ...common,
    ...[
      'bezeichnung!',
      'hilfetext',
      'ableitungsmodifikationenStruktur',
      'ableitungsmodifikationenRepraesentation',
      'dokumentsteckbrief',
      'regel*',
      'struktur*',
    ],
  ],
  datenfeldgruppe: [...element, 'art', 'regel*', 'struktur*'],
  datenfeld: [
    ...element,
    ...['feldart!', 'datentyp!', 'praezisierung', 'inhalt', 'vorbefuellung!', 'werte', 'codelisteReferenz', 'codeKey', 'nameKey', 'helpKey'],
    ...['regel*', 'maxSize', 'mediaType*'],
  ],
  struktur: ['anzahl!', 'bezug*', 'enthaelt!'],
  enthaelt: ['datenfeldgruppe*', 'datenfeld*'],
  identifikation: ['id!', 'version'],
  objekt: ['id!', 'version'],
  dokumentsteckbrief: ['id!', 'version'],
  relation: ['praedikat!', 'objekt!'],
  werte: ['wert*'],
  wert: ['code!', 'name!', 'hilfe'],
  codelisteReferenz: ['canonicalIdentification', 'version', 'canonicalVersionUri'],
  regel: [
    ...['identifikation!', 'name!', 'beschreibung', 'freitextRegel', 'bezug*', 'stichwort*', 'fachlicherErsteller', 'letzteAenderung!', 'typ!'],
    ...['param*', 'ziel*', 'skript', 'fehler*'],
  ],
});

/** Elements of rules whose inside is not looked at: a form has no place for it. */
export const UNREAD: readonly string[] = ['param', 'ziel', 'fehler'];

/** Code lists of the standard: the codes that are known; `undefined` where any code is taken. */
export const CODES: ReadonlyMap<string, readonly string[] | undefined> = asMap({
  freigabestatus: ['1', '2', '3', '4', '5', '6', '7', '8'],
  schemaelementart: ['ABS', 'HAR', 'RNG'],
  feldart: ['input', 'select', 'label', 'hidden', 'locked'],
  datentyp: ['text', 'text_latin', 'date', 'time', 'datetime', 'bool', 'num', 'num_int', 'num_currency', 'file', 'obj'],
  vorbefuellung: ['keine', 'optional', 'verpflichtend'],
  typ: ['K', 'M', 'V', 'B'],
  art: ['X'],
  praedikat: undefined,
  ableitungsmodifikationenStruktur: ['0', '1', '2', '3'],
  ableitungsmodifikationenRepraesentation: ['0', '1'],
});

/** Where a code list is published, with the version that we write. */
export const LISTS: ReadonlyMap<string, readonly [uri: string, version: string]> = asMap<readonly [string, string]>({
  freigabestatus: ['urn:xoev-de:xprozess:codeliste:status', '2020-03-19'],
  schemaelementart: ['urn:xoev-de:fim:codeliste:xdatenfelder.schemaelementart', '1.0'],
  feldart: ['urn:xoev-de:fim:codeliste:xdatenfelder.feldart', '2.0'],
  datentyp: ['urn:xoev-de:fim:codeliste:xdatenfelder.datentyp', '2.0'],
  vorbefuellung: ['urn:xoev-de:fim:codeliste:xdatenfelder.vorbefuellung', '1.0'],
  typ: ['urn:xoev-de:fim:codeliste:xdatenfelder.regeltyp', '1.0'],
  praedikat: ['urn:xoev-de:fim-datenfelder:codeliste:relation', '1.0'],
  ableitungsmodifikationenStruktur: ['urn:xoev-de:fim:codeliste:xdatenfelder.ableitungsmodifikationenStruktur', '1.0'],
  ableitungsmodifikationenRepraesentation: ['urn:xoev-de:fim:codeliste:xdatenfelder.ableitungsmodifikationenRepraesentation', '1.0'],
});

/** First letter of an id by what it names. */
export const LETTERS: ReadonlyMap<string, string> = asMap({ stammdatenschema: 'S', datenfeldgruppe: 'G', datenfeld: 'F', regel: 'R', dokumentsteckbrief: 'D' });

/**
 * Keywords (Stichwort) with this address carry what a form of ours knows and the standard has no place
 * for: the id of a field, `address`, `today`. Other programs may pass over them.
 */
export const MARK = 'urn:kontor:form:';

/** Number range (Nummernkreis) of our own elements. Not given out by FIM: 01 to 16 are the Länder, 60 is the Baukasten. */
export const OWN_RANGE = '99';
