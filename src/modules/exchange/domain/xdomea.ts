import { createHash } from 'node:crypto';
import type { CaseRecord, FileDocument } from './case-file.ts';
import { CHECKSUM } from './xdomea-received.ts';
import { element, textElement, toXml, type XmlNode } from './xml-write.ts';

/** Namespace of xdomea 3.0.0. */
const NAMESPACE = 'urn:xoev-de:xdomea:schema:3.0.0';

/** Who gets it. */
export interface Recipient {
  readonly name: string;
}

/** Everything a message says about itself. */
export interface MessageHead {
  /** UUID of the process; the same in every message about it. */
  readonly processId: string;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
  readonly sender: CaseRecord['authority'];
  readonly recipient: Recipient;
  /** Version of this program. */
  readonly product: string;
}

/** A message with the files that belong beside it, by the names it uses. */
export interface TransferPackage {
  readonly messageName: string;
  readonly xml: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Aussonderung 0503: closed cases go to the archive. */
export function aussonderung(head: MessageHead, record: CaseRecord): TransferPackage {
  const kopf = [...kopfParts(head, '0503'), flag('Importbestaetigung', true), flag('RueckmeldungArchivkennung', true), flag('Empfangsbestaetigung', true)];
  return packageOf('Aussonderung.Aussonderung.0503', head, kopf, record);
}

/** Abgabe 0401: a case goes to another authority. */
export function abgabe(head: MessageHead, record: CaseRecord): TransferPackage {
  const kopf = [...kopfParts(head, '0401'), flag('Importbestaetigung', true), flag('Empfangsbestaetigung', true)];
  return packageOf('Abgabe.Abgabe.0401', head, kopf, record);
}

function packageOf(message: string, head: MessageHead, kopf: readonly XmlNode[], record: CaseRecord): TransferPackage {
  const root = element(
    `xdomea:${message}`,
    { 'xmlns:xdomea': NAMESPACE },
    element('xdomea:Kopf', {}, kopf),
    element('xdomea:Schriftgutobjekt', {}, vorgang(record)),
  );
  return {
    messageName: `${head.processId}_${message}.xml`,
    xml: toXml(root),
    files: record.documents.map((document) => ({ name: dateiname(document), bytes: document.bytes })),
  };
}

const flag = (name: string, value: boolean): XmlNode => element(`xdomea:${name}`, {}, value ? '1' : '0');
const text = (name: string, value: string | undefined): XmlNode | undefined => textElement(`xdomea:${name}`, value);

/** A value of a code list of xdomea; `listVersionID` as the schema fixes it. */
function code(name: string, list: string, version: string, value: string): XmlNode {
  return element(`xdomea:${name}`, { listURI: `urn:xoev-de:xdomea:codeliste:${list}`, listVersionID: version }, element('code', {}, value));
}

function kopfParts(head: MessageHead, type: string): XmlNode[] {
  return [
    element('xdomea:ProzessID', {}, head.processId),
    code('Nachrichtentyp', 'nachrichtentyp', '2.0', type),
    element('xdomea:Erstellungszeitpunkt', {}, head.createdAt),
    element('xdomea:Absender', {}, institution(head.sender.name), anschrift(head.sender)),
    element('xdomea:Empfaenger', {}, institution(head.recipient.name)),
    element('xdomea:SendendesSystem', {}, text('Produktname', 'Kontor'), text('Version', head.product)),
  ];
}

const institution = (name: string): XmlNode => element('xdomea:Institution', {}, text('Name', name));

function anschrift({ street, place }: CaseRecord['authority']): XmlNode {
  const [, postcode, town] = /^(\d{5}) (.+)$/.exec(place) ?? [];
  return element('xdomea:Anschrift', {}, text('Strasse', street), text('Postleitzahl', postcode), text('Ort', town ?? place));
}

function vorgang(record: CaseRecord): XmlNode {
  const { id, fileNumber, service, authority, openedOn, closedOn, retentionYears, documents, course } = record;
  return element(
    'xdomea:Vorgang',
    {},
    identifikation(id),
    element(
      'xdomea:AllgemeineMetadaten',
      {},
      text('Betreff', `${service.name}, ${record.applicant}`),
      text('Kennzeichen', fileNumber),
      text('Federfuehrung', authority.name),
      code('Medium', 'medium', '1.0', '001'), // elektronisch
      element('xdomea:Aktenplaneinheit', {}, text('Kennzeichen', service.leistungsschluessel), text('Inhaltsangabe', service.name)),
    ),
    element(
      'xdomea:ArchivspezifischeMetadaten',
      {},
      element('xdomea:Aufbewahrungsdauer', {}, element('xdomea:AnzahlJahre', {}, String(retentionYears))),
      // whether it is worth keeping is for the archive to say
      element('xdomea:Aussonderungsart', {}, code('Aussonderungsart', 'aussonderungsart', '1.0', 'B')),
      closedOn === undefined ? undefined : text('Aufbewahrungsende', endOfRetention(closedOn, retentionYears)),
    ),
    text('Typ', service.key),
    closedOn === undefined ? undefined : flag('ZdA', true),
    text('ZdADatum', closedOn),
    element('xdomea:Laufzeit', {}, text('Beginn', openedOn), text('Ende', closedOn)),
    course.map(({ at, action, actor }) =>
      element('xdomea:HistorienProtokollInformation', {}, text('Akteur', actor), element('xdomea:DatumUhrzeit', {}, at), text('Aktion', action)),
    ),
    documents.map((document, index) => dokument(document, index + 1)),
  );
}

/** Retention is counted from the end of the year in which the case was closed. */
export const endOfRetention = (closedOn: string, years: number): string => `${Number(closedOn.slice(0, 4)) + years}-12-31`;

const identifikation = (id: string, number?: number): XmlNode =>
  element(
    'xdomea:Identifikation',
    {},
    element('xdomea:ID', {}, id),
    number === undefined ? undefined : text('NummerImUebergeordnetenContainer', String(number)),
  );

/** Codes of the list Dateiformat 1.0. */
const FORMATS: Readonly<Record<string, string>> = {
  'application/pdf': '018',
  'image/png': '019',
  'image/jpeg': '010',
  'image/tiff': '024',
  'application/xml': '030',
  'text/csv': '002',
  'text/html': '008',
  'text/plain': '045',
  'application/vnd.oasis.opendocument.text': '015',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '035',
};
const PDF_ARCHIVAL = '044';
const OTHER_FORMAT = '100';

/** Name and version of a file's format. Letters of the authority are set as PDF/A-3a; of what others hand in only the kind is known. */
function format({ mediaType, direction }: FileDocument): XmlNode[] {
  const letter = direction === 'out' && mediaType === 'application/pdf';
  const known = letter ? PDF_ARCHIVAL : (FORMATS[mediaType] ?? OTHER_FORMAT);
  const other = known === OTHER_FORMAT ? text('SonstigerName', mediaType) : undefined;
  const version = text('Version', letter ? '3a' : 'unbekannt');
  return [code('Name', 'dateiformat', '1.0', known), other, version].filter((one) => one !== undefined);
}

/** xdomea has no place for a checksum: it stands in an extension, so that the recipient can prove that nothing changed on the way. */
function checksum({ bytes }: FileDocument): XmlNode {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return element(
    'xdomea:AnwendungsspezifischeErweiterung',
    {},
    text('Kennung', CHECKSUM.kennung),
    text('Name', 'Prüfsumme der Datei'),
    element('xdomea:Feld', {}, text('Name', CHECKSUM.field), code('Datentyp', 'datentyp', '1.1', '018'), text('Wert', digest)),
  );
}

function dokument(document: FileDocument, number: number): XmlNode {
  const { id, title, direction, writtenOn, fileName, sealed } = document;
  const name = dateiname(document);
  return element(
    'xdomea:Dokument',
    {},
    identifikation(id, number),
    element('xdomea:AllgemeineMetadaten', {}, text('Betreff', title), code('Medium', 'medium', '1.0', '001')),
    direction === 'in' ? text('Posteingangsdatum', writtenOn) : text('Postausgangsdatum', writtenOn),
    direction === 'out' ? text('DatumDesSchreibens', writtenOn) : undefined,
    element(
      'xdomea:Version',
      {},
      text('Nummer', '1'),
      element(
        'xdomea:Format',
        {},
        format(document),
        element(
          'xdomea:Primaerdokument',
          {},
          text('Dateiname', name),
          text('DateinameOriginal', fileName),
          sealed ? element('xdomea:SignaturSiegel', {}, text('SignaturSiegelEingebettet', '1')) : undefined,
        ),
      ),
    ),
    checksum(document),
  );
}

/** File names begin with the document's UUID (`stringDateinameType`); the rest is kept to letters that every file system knows. */
export function dateiname({ id, fileName }: Pick<FileDocument, 'id' | 'fileName'>): string {
  return `${id}_${fileName
    .normalize('NFC')
    .replace(/[^A-Za-z0-9ÄÖÜäöüß._-]/g, '_')
    .slice(-120)}`;
}
