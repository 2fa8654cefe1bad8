import type { XbauHead, XbauParty, XbauReference } from './xbau-message.ts';
import { BASE, moduleOf, XBAU, type XbauType } from './xbau-names.ts';
import { child, descend, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';

/** A message while it is read: mistakes are collected, so that its sender needs one round. */
export interface Reading {
  readonly mistakes: XmlProblem[];
}

export function mistake(reading: Reading, sentence: string, line: number): void {
  reading.mistakes.push(xmlProblem('not-by-the-standard', sentence, line));
}

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Head and root attributes; every message must say what it is and when it was written. */
export function readHead(reading: Reading, root: XmlElement, type: XbauType): XbauHead {
  const { standard, version } = moduleOf(type);
  const attribute = (name: string): string => root.attributes.get(name)?.trim() ?? '';
  if (attribute('standard') !== standard) mistake(reading, `Die Nachricht muss im Attribut «standard» «${standard}» nennen.`, root.line);
  if (attribute('version') !== version) mistake(reading, `Die Nachricht muss im Attribut «version» «${version}» nennen.`, root.line);
  for (const name of ['produkt', 'produkthersteller']) {
    if (attribute(name) === '') mistake(reading, `Der Nachricht fehlt das Attribut «${name}». Ergänzen Sie es.`, root.line);
  }
  const kopf = child(root, '', 'nachrichtenkopf.g2g');
  const identity = child(kopf, '', 'identifikation.nachricht');
  const line = (identity ?? kopf ?? root).line;
  if (identity === undefined) mistake(reading, 'Der Nachricht fehlt der Kopf mit «identifikation.nachricht». Ergänzen Sie ihn.', line);
  else checkIdentity(reading, identity, type);
  const productVersion = attribute('produktversion');
  return {
    type,
    messageId: (textOf(identity, '', 'nachrichtenUUID') ?? '').toLowerCase(),
    createdAt: textOf(identity, '', 'erstellungszeitpunkt') ?? '',
    reader: partyIn(reading, child(kopf, '', 'leser')),
    author: partyIn(reading, child(kopf, '', 'autor')),
    product: { name: attribute('produkt'), maker: attribute('produkthersteller'), ...(productVersion === '' ? {} : { version: productVersion }) },
  };
}

function checkIdentity(reading: Reading, identity: XmlElement, type: XbauType): void {
  const id = textOf(identity, '', 'nachrichtenUUID');
  if (id === undefined || !isUuid(id)) mistake(reading, 'Die «nachrichtenUUID» fehlt oder ist keine UUID. Berichtigen Sie sie.', identity.line);
  const at = textOf(identity, '', 'erstellungszeitpunkt');
  if (at === undefined || !isTime(at))
    mistake(reading, 'Der «erstellungszeitpunkt» fehlt oder ist kein Zeitpunkt nach ISO 8601. Berichtigen Sie ihn.', identity.line);
  const code = textOf(identity, '', 'nachrichtentyp', 'code');
  if (code !== type)
    mistake(
      reading,
      `Der Kopf nennt den Nachrichtentyp «${(code ?? '').slice(0, 20)}», die Nachricht ist aber ${type}. Berichtigen Sie eines von beiden.`,
      (child(identity, '', 'nachrichtentyp') ?? identity).line,
    );
}

/** A date that does not exist is no time either. */
export function isTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(text)) return false;
  try {
    Temporal.PlainDateTime.from(text.replace(/(Z|[+-]\d\d:\d\d)$/, ''), { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

function partyIn(reading: Reading, element: XmlElement | undefined): XbauParty | undefined {
  if (element === undefined) return undefined;
  const [directory, id, name] = [textOf(element, '', 'verzeichnisdienst', 'code'), textOf(element, '', 'kennung'), textOf(element, '', 'name')];
  const directoryVersion = child(element, '', 'verzeichnisdienst')?.attributes.get('listVersionID') ?? '';
  if (directory === undefined || id === undefined || name === undefined) {
    mistake(reading, `Im Kopf fehlen bei «${element.name}» Verzeichnisdienst, Kennung oder Name. Ergänzen Sie sie.`, element.line);
    return undefined;
  }
  // rules sch-xbau-001 and sch-xbau-002
  if (directory === 'DVDV' && !/^[a-z]{3}:\d+$/.test(id)) {
    const rule = element.name === 'leser' ? 'sch-xbau-001' : 'sch-xbau-002';
    mistake(
      reading,
      `Die Kennung von «${element.name}» hat im DVDV drei kleine Buchstaben, einen Doppelpunkt und Ziffern (${rule}). Berichtigen Sie sie.`,
      element.line,
    );
  }
  return { directory, directoryVersion, id, name };
}

/** The portal's number of an application (0200). */
export function readApplicationId(reading: Reading, root: XmlElement): string | undefined {
  const holder = child(root, XBAU, 'referenzAntragsservice');
  const id = textOf(holder, '', 'referenzAntragsservice');
  if (id !== undefined && !isUuid(id)) mistake(reading, 'Die «referenzAntragsservice» ist keine UUID. Berichtigen Sie sie.', holder!.line);
  return id?.toLowerCase();
}

/** What the message refers to; a rejection names only the message. */
export function readReference(reading: Reading, root: XmlElement, bezug: XmlElement | undefined, type: XbauType): XbauReference {
  const about = type === '1100' ? descend(root, '', 'rueckweisungDaten', 'idNachricht') : child(bezug, '', 'bezugNachricht');
  const id = textOf(about, BASE, 'nachrichtenUUID')?.toLowerCase();
  const reference = textOf(bezug, '', 'referenz')?.toLowerCase();
  const fileNumber = textOf(bezug, '', 'vorgang');
  for (const uuid of [id, reference]) {
    if (uuid !== undefined && !isUuid(uuid)) mistake(reading, 'Im «bezug» steht etwas, das keine UUID ist. Berichtigen Sie es.', (bezug ?? about ?? root).line);
  }
  if (type === '0202' && id === undefined && reference === undefined && fileNumber === undefined) {
    mistake(reading, 'Dem geänderten Antrag fehlt der «bezug»: Nennen Sie Aktenzeichen (vorgang) oder Referenz des Antrags.', (bezug ?? root).line);
  }
  return {
    ...(reference === undefined ? {} : { reference }),
    ...(fileNumber === undefined ? {} : { fileNumber }),
    ...(id === undefined
      ? {}
      : {
          message: { id, type: textOf(child(about, BASE, 'nachrichtentyp'), '', 'code') ?? '', createdAt: textOf(about, BASE, 'erstellungszeitpunkt') ?? '' },
        }),
  };
}
