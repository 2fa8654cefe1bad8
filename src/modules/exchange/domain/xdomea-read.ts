import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { mistake, NAMESPACE, needed, recordsIn, UUID, type Reading } from './xdomea-objects.ts';
import { READABLE, type MessageType, type ReceivedMessage } from './xdomea-received.ts';
import { child, children, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';

/**
 * Understands an xdomea 3.0.0 message: Abgabe 0401, Anbieteverzeichnis 0501 or Aussonderung 0503.
 * @returns the message, or the first mistake with its line and all of them as `fields`
 */
export function readXdomea(root: XmlElement): Result<ReceivedMessage, XmlProblem> {
  const type = typeOf(root);
  if (!type.ok) return type;
  const reading: Reading = { mistakes: [], ids: new Map() };
  const message = messageOf(reading, root, type.value);
  const [first] = reading.mistakes;
  if (first === undefined) return ok(message);
  const fields = reading.mistakes.slice(0, 100).map(({ detail, line }) => ({ field: `line-${line ?? 0}`, message: detail }));
  return refuse({ ...first, fields });
}

const READS = `Kontor liest ${Object.keys(READABLE).join(', ')} in xdomea 3.0.0.`;

function typeOf(root: XmlElement): Result<MessageType, XmlProblem> {
  const version = /^urn:xoev-de:xdomea:schema:([\d.]{1,20})$/.exec(root.namespace)?.[1];
  if (version === undefined) return refuse(xmlProblem('not-by-the-standard', `Die Datei ist keine Nachricht des Standards xdomea. ${READS}`, root.line));
  if (version !== '3.0.0') {
    return refuse(xmlProblem('not-by-the-standard', `Die Nachricht ist in xdomea ${version} geschrieben. ${READS} Bitten Sie um diese Version.`, root.line));
  }
  const found = Object.entries(READABLE).find(([, name]) => name === root.name);
  return found === undefined
    ? refuse(xmlProblem('not-by-the-standard', `Die Nachricht ist vom Typ «${root.name.slice(0, 80)}». ${READS}`, root.line))
    : ok(found[0] as MessageType);
}

function messageOf(reading: Reading, root: XmlElement, type: MessageType): ReceivedMessage {
  const kopf = child(root, NAMESPACE, 'Kopf');
  if (kopf === undefined) mistake(reading, 'Der Nachricht fehlt der Kopf. Ergänzen Sie ihn.', root.line);
  const records = children(root, NAMESPACE, 'Schriftgutobjekt').flatMap((one) => recordsIn(reading, one));
  if (records.length === 0) mistake(reading, 'Die Nachricht enthält kein Schriftgutobjekt. Ergänzen Sie Akte, Vorgang oder Dokument.', root.line);
  const product = ['Produktname', 'Version']
    .map((name) => textOf(kopf, NAMESPACE, 'SendendesSystem', name) ?? '')
    .join(' ')
    .trim();
  return {
    type,
    ...(kopf === undefined ? { processId: '', createdAt: '' } : kopfFacts(reading, kopf, type)),
    sender: contactName(child(kopf, NAMESPACE, 'Absender')),
    recipient: contactName(child(kopf, NAMESPACE, 'Empfaenger')),
    ...(product === '' ? {} : { product }),
    records,
  };
}

function kopfFacts(reading: Reading, kopf: XmlElement, type: MessageType): { readonly processId: string; readonly createdAt: string } {
  const processId = needed(reading, kopf, 'ProzessID');
  if (processId !== '' && !UUID.test(processId)) mistake(reading, 'Die ProzessID ist keine UUID.', child(kopf, NAMESPACE, 'ProzessID')!.line);
  const createdAt = needed(reading, kopf, 'Erstellungszeitpunkt');
  if (createdAt !== '' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(createdAt)) {
    mistake(reading, 'Der Erstellungszeitpunkt ist kein Zeitpunkt nach ISO 8601.', child(kopf, NAMESPACE, 'Erstellungszeitpunkt')!.line);
  }
  for (const name of ['Absender', 'Empfaenger']) {
    if (child(kopf, NAMESPACE, name) === undefined) mistake(reading, `Im Kopf fehlt «${name}». Ergänzen Sie es.`, kopf.line);
  }
  const typ = child(kopf, NAMESPACE, 'Nachrichtentyp');
  const code = textOf(typ, '', 'code');
  if (code !== type) {
    mistake(
      reading,
      `Der Kopf nennt den Nachrichtentyp «${(code ?? '').slice(0, 20)}», die Nachricht ist aber ${type}. Berichtigen Sie eines von beiden.`,
      (typ ?? kopf).line,
    );
  }
  return { processId, createdAt };
}

/** Institution, unit or person: what the contact says of itself. */
function contactName(contact: XmlElement | undefined): string {
  const person = ['Vorname', 'Familienname']
    .map((part) => textOf(contact, NAMESPACE, 'Name', part, 'Name') ?? '')
    .join(' ')
    .trim();
  return textOf(contact, NAMESPACE, 'Institution', 'Name') ?? textOf(contact, NAMESPACE, 'Organisationseinheit', 'Name') ?? person;
}
