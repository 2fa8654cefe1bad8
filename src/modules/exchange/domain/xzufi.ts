import type { CatalogueEntry, EntryUnit, EntryWords } from './catalogue-entry.ts';
import { element, textElement, toXml, type XmlNode } from './xml-write.ts';
import { decisionWords, durationWords, feeWords, htmlList, htmlWords, needsWords } from './xzufi-words.ts';

/** Namespace of XZuFi 2.2.0. */
export const XZUFI = 'http://xoev.de/schemata/xzufi/2_2_0';

/** Codes of the list `leistungstextmodulleika`: which text a module is. */
export const TEXT_MODULES = { name: '02', summary: '05', description: '06', legalBases: '07', needs: '08', authority: '22' } as const;

/** `simple` is the registered subtag for simplified language (BCP 47). */
export const LANGUAGES = { de: 'de', en: 'en', leicht: 'de-simple' } as const;

/** What the message says about itself. */
export interface XzufiHead {
  /** UUID. */
  readonly messageId: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  /** Who publishes the catalogue. */
  readonly sender: string;
  readonly product: string;
}

/**
 * Catalogue entries as an XZuFi 2.2.0 transfer: each Leistung, the units responsible for them, and the
 * address of each online service. Only elements are used whose form is known from public readers of
 * the format; it is not validated against the XSD. Fees and periods are said in words.
 */
export function xzufi(head: XzufiHead, entries: readonly CatalogueEntry[]): string {
  const units = new Map(entries.flatMap((entry) => entry.units.map((unit) => [unit.id, unit])));
  return toXml(
    element(
      'xzufi:transfer.operation.040502',
      { 'xmlns:xzufi': XZUFI, produktbezeichnung: 'Kontor', produkthersteller: 'Kontor', produktversion: head.product, xzufiVersion: '2.2.0' },
      element(
        'xzufi:nachrichtenkopf',
        {},
        text('nachrichtUUID', head.messageId),
        text('erstelltDatumZeit', head.createdAt),
        text('empfaenger', 'Portalverbund'),
        text('sender', head.sender),
      ),
      entries.map((entry) => write(leistung(head, entry))),
      [...units.values()].map((unit) => write(organisationseinheit(head, unit, entries))),
      entries.map((entry) => write(onlinedienst(head, entry))),
    ),
  );
}

const write = (object: XmlNode): XmlNode => element('xzufi:schreibe', {}, object);
const text = (name: string, value: string): XmlNode | undefined => textElement(`xzufi:${name}`, value);
const words = (name: string, value: EntryWords): XmlNode[] =>
  (['de', 'en', 'leicht'] as const)
    .filter((lang) => value[lang] !== '')
    .map((lang) => element(`xzufi:${name}`, { languageCode: LANGUAGES[lang] }, value[lang]));
const identifier = (name: string, { sender }: XzufiHead, value: string): XmlNode =>
  element(`xzufi:${name}`, { schemeAgencyName: sender, schemeName: 'Kontor' }, value);
const code = (name: string, listURI: string, listVersionID: string, value: string): XmlNode =>
  element(`xzufi:${name}`, { listURI, listVersionID }, element('code', {}, value));

function leistung(head: XzufiHead, entry: CatalogueEntry): XmlNode {
  const decision = decisionWords(entry);
  const duration = durationWords(entry);
  return element(
    'xzufi:leistung',
    {},
    identifier('id', head, entry.key),
    code('referenzLeiKa', 'urn:de:fim:leika:leistung', '20240216', entry.leistungsschluessel),
    textModules(entry),
    decision === undefined ? undefined : element('xzufi:modulFrist', {}, words('beschreibung', decision)),
    element('xzufi:modulKosten', {}, words('beschreibung', feeWords(entry))),
    duration === undefined ? undefined : element('xzufi:modulBearbeitungsdauer', {}, words('beschreibung', duration)),
    element(
      'xzufi:modulBegriffImKontext',
      {},
      entry.situations.map((one) => element('xzufi:begriffImKontext', {}, element('xzufi:begriff', { languageCode: 'de' }, one))),
    ),
    element('xzufi:versionsinformation', {}, text('geaendertDatumZeit', head.createdAt), text('version', entry.version)),
    (['de', 'en', 'leicht'] as const).map((lang) => element('xzufi:sprachversion', { languageCode: LANGUAGES[lang] })),
  );
}

function textModules(entry: CatalogueEntry): XmlNode[] {
  const legal = htmlList(entry.legalBases.map(({ citation, title }) => `${citation}: ${title}`));
  const responsible = htmlList(entry.units.map(({ name }) => name));
  const modules: readonly (readonly [keyof typeof TEXT_MODULES, EntryWords])[] = [
    ['name', htmlWords(entry.name)],
    ['summary', htmlWords(entry.summary)],
    ['description', htmlWords(entry.description)],
    ['legalBases', { de: legal, en: '', leicht: '' }],
    ['needs', needsWords(entry)],
    ['authority', { de: responsible, en: '', leicht: '' }],
  ];
  return modules.map(([module, content], index) =>
    element(
      'xzufi:modulText',
      {},
      text('positionDarstellung', String(index + 1)),
      words('inhalt', content),
      code('leikaTextmodul', 'urn:de:xzufi:codeliste:leistungstextmodulleika', '20240216', TEXT_MODULES[module]),
    ),
  );
}

function organisationseinheit(head: XzufiHead, unit: EntryUnit, entries: readonly CatalogueEntry[]): XmlNode {
  const [, postcode, town] = /^(\d{5}) (.+)$/.exec(unit.place) ?? [];
  return element(
    'xzufi:organisationseinheit',
    {},
    identifier('id', head, unit.id),
    element('xzufi:name', {}, element('xzufi:name', { languageCode: 'de' }, unit.name)),
    element('xzufi:anschrift', {}, text('strasse', unit.street), text('postleitzahl', postcode ?? ''), text('ort', town ?? unit.place)),
    entries.filter(({ units }) => units.includes(unit)).map(({ key }) => element('xzufi:zustaendigkeit', {}, identifier('leistungID', head, key))),
  );
}

function onlinedienst(head: XzufiHead, { key, name, onlineAt }: CatalogueEntry): XmlNode {
  return element(
    'xzufi:onlinedienst',
    {},
    identifier('id', head, `${key}-online`),
    words('bezeichnung', name),
    element('xzufi:link', {}, code('typ', 'urn:xoev-de:fim:codeliste:onlinedienstlinktyp', '1.0', '01'), text('link', onlineAt)),
  );
}
