import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readAnswers } from './xbau-answers-read.ts';
import { readAnlagen } from './xbau-attachments.ts';
import { isTime, isUuid, mistake, readApplicationId, readHead, readReference, type Reading } from './xbau-head-read.ts';
import type { XbauMapping } from './xbau-mapping.ts';
import type { XbauAttachment, XbauReceived, XbauReference, XbauRest } from './xbau-message.ts';
import { KERN, moduleOf, XBAU, XBAU_MESSAGES, type XbauType } from './xbau-names.ts';
import { readOwnWords, type OwnWords } from './xbau-own.ts';
import { tellings } from './xbau-tells.ts';
import { descend, everyElement, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';

/**
 * Understands a message in XBau 2.6: an application, its change, or an answer of an authority.
 * @param mapping of the Leistung that applications are about
 * @returns the message, or the first mistake with its line and all of them as `fields`
 */
export function readXbau(root: XmlElement, mapping: XbauMapping): Result<XbauReceived, XmlProblem> {
  const type = typeOf(root);
  if (!type.ok) return type;
  const reading: Reading = { mistakes: [] };
  const message = messageOf(reading, root, type.value, mapping);
  const [first] = reading.mistakes;
  if (first === undefined) return ok(message);
  const fields = reading.mistakes.slice(0, 100).map(({ detail, line }) => ({ field: `line-${line ?? 0}`, message: detail }));
  return refuse({ ...first, fields });
}

const READS = `Kontor liest ${Object.entries(XBAU_MESSAGES)
  .map(([number, { title }]) => `${number} (${title})`)
  .join(', ')} in XBau 2.6.`;

const wrong = (sentence: string, line: number) => refuse(xmlProblem('not-by-the-standard', sentence, line));

function typeOf(root: XmlElement): Result<XbauType, XmlProblem> {
  const known = Object.entries(XBAU_MESSAGES).find(([type, { name }]) => name === root.name && moduleOf(type as XbauType).namespace === root.namespace);
  if (known !== undefined) return ok(known[0] as XbauType);
  const version = /^http:\/\/www\.xleitstelle\.de\/xbau\/([\w/]{1,40})$/.exec(root.namespace)?.[1];
  if (version === undefined) return wrong(`Die Datei ist keine Nachricht des Standards XBau. ${READS}`, root.line);
  if (root.namespace !== XBAU && root.namespace !== KERN)
    return wrong(`Die Nachricht ist in XBau ${version.replaceAll('/', '.')} geschrieben. ${READS} Bitten Sie um diese Version.`, root.line);
  return wrong(`Die Nachricht ist vom Typ «${root.name.slice(0, 80)}». ${READS}`, root.line);
}

function messageOf(reading: Reading, root: XmlElement, type: XbauType, mapping: XbauMapping): XbauReceived {
  const head = readHead(reading, root, type);
  checkElements(reading, root);
  const form = type === '0200' || type === '0202';
  const bezug = root.children.find(({ name }) => name === 'bezug');
  const read = form ? readAnswers(mapping, root, type === '0202') : { answers: {}, understood: new Set<XmlElement>() };
  const words = form ? readOwnWords(type === '0200' ? root : (bezug ?? root)) : undefined;
  for (const { line } of words?.broken ?? [])
    mistake(reading, 'Eine Angabe in der Erweiterung «kontor:formular» ist nicht lesbar. Lassen Sie die Erweiterung weg.', line);
  const attachments = readAnlagen(root).map((one) => placed(one, words, mapping));
  checkAttachments(reading, attachments);
  return {
    head,
    ...(type === '0200' ? { reference: readApplicationId(reading, root) ?? head.messageId } : { refersTo: readReference(reading, root, bezug, type) }),
    answers: { ...read.answers, ...words?.answers },
    rest: form ? restOf(root, read.understood, words !== undefined) : [],
    attachments,
    tells: tellings(root, type),
  };
}

/** What the rule sch-xbau-gen-001 of the standard forbids: elements that say nothing. */
function checkElements(reading: Reading, root: XmlElement): void {
  for (const { name, children, text, line } of everyElement(root)) {
    if (children.length === 0 && text.trim() === '')
      mistake(reading, `Das Element «${name.slice(0, 80)}» ist leer. Leere Elemente erlaubt XBau nicht: Lassen Sie es weg (sch-xbau-gen-001).`, line);
  }
}

/** The form's document that an attachment is: said by a Kontor, by its code, or by the words it is called. */
function placed(one: XbauAttachment, words: OwnWords | undefined, { documents }: XbauMapping): XbauAttachment {
  const own = words?.files.find(({ name }) => name === one.file?.name);
  if (own !== undefined) return { ...one, slot: own.slot, originalName: own.originalName };
  const called = `${one.title ?? ''} ${one.file?.name ?? ''}`.toLowerCase();
  const slot =
    documents.find(({ codes }) => one.kind !== undefined && codes.includes(one.kind))?.slot ??
    documents.find(({ words: theirs }) => theirs.some((word) => called.includes(word.toLowerCase())))?.slot;
  return slot === undefined ? one : { ...one, slot };
}

const FILE_NAME = /^[-a-zA-Z0-9ÄÖÜäöüß _!=+~,;.#°§$%()[\]]+\.[a-zA-Z0-9]+$/;

function checkAttachments(reading: Reading, attachments: readonly XbauAttachment[]): void {
  const names = new Set<string>();
  for (const { file, line } of attachments) {
    if (file === undefined) continue;
    const shown = file.name.slice(0, 140);
    if (!FILE_NAME.test(file.name)) mistake(reading, `Der Dateiname «${shown}» hat Zeichen, die XBau nicht erlaubt. Benennen Sie die Datei um.`, line);
    if (names.has(file.name)) mistake(reading, `Der Dateiname «${shown}» kommt zweimal vor. Benennen Sie eine der Dateien um.`, line);
    if (file.sha256 !== undefined && !/^[0-9a-f]{64}$/.test(file.sha256))
      mistake(reading, `Der Hashwert der Datei «${shown}» ist kein SHA-256 in hexadezimalen Ziffern. Berichtigen Sie ihn.`, line);
    names.add(file.name);
  }
}

/** Parts that are read elsewhere, or are nobody's business, like keys to programs. */
const ELSEWHERE = ['nachrichtenkopf.g2g', 'referenzAntragsservice', 'anbindungFachverfahren', 'bezug', 'anlagen', 'empfangendeStelle'];

/** Every text that no field asked for. A Kontor says in `weitereAngaben` again what its extension says exactly. */
function restOf(root: XmlElement, understood: ReadonlySet<XmlElement>, fromKontor: boolean): readonly XbauRest[] {
  const rest: XbauRest[] = [];
  const walk = (element: XmlElement, path: string): void => {
    if (understood.has(element) || (fromKontor && element.name === 'weitereAngaben')) return;
    const text = element.text.trim();
    if (text !== '') rest.push({ path, text: text.slice(0, 500), line: element.line });
    for (const one of element.children) walk(one, path === '' ? one.name : `${path}/${one.name}`);
  };
  for (const one of root.children) if (!ELSEWHERE.includes(one.name)) walk(one, one.name);
  return rest;
}

/** Which message this is, also of one that is refused; `undefined` where it does not say so. */
export function identityOf(root: XmlElement): XbauReference['message'] {
  const identity = descend(root, '', 'nachrichtenkopf.g2g', 'identifikation.nachricht');
  const [id, type, createdAt] = [
    textOf(identity, '', 'nachrichtenUUID'),
    textOf(identity, '', 'nachrichtentyp', 'code'),
    textOf(identity, '', 'erstellungszeitpunkt'),
  ];
  if (id === undefined || type === undefined || createdAt === undefined || !isUuid(id) || !isTime(createdAt) || !/^\d{4}$/.test(type)) return undefined;
  return { id: id.toLowerCase(), type, createdAt };
}
