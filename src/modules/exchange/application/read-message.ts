import { createHash } from 'node:crypto';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readXdomea } from '../domain/xdomea-read.ts';
import { documentsOf, READABLE, type MessageType, type ReceivedMessage } from '../domain/xdomea-received.ts';
import { xmlProblem, type XmlProblem } from '../domain/xml-tree.ts';
import { readXml } from './xml-read.ts';
import { unzip } from '../../../platform/files/zip-read.ts';
import type { ZipEntry } from '../../../platform/files/zip.ts';

/** A file of the package that a document names. */
export interface DeliveredFile {
  /** UUID of its document. */
  readonly documentId: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** A message with the files that came with it. */
export interface ReadMessage extends ReceivedMessage {
  readonly files: readonly DeliveredFile[];
  /** Named in the message, not delivered; only where the message came without its ZIP, or as an Anbieteverzeichnis (0501). */
  readonly missing: readonly string[];
  /** Delivered, but named by no document. */
  readonly unnamed: readonly string[];
}

/** Why a file is refused; `reason` and `line` where its XML is the cause. */
export type MessageProblem = Problem<'invalid-input' | 'too-large'> & Partial<Pick<XmlProblem, 'reason' | 'line'>>;

/** `<ProzessID>_<message>.xml`, as the standard names it. */
const MESSAGE_NAME = new RegExp(`^([0-9a-f-]{36})_(${Object.values(READABLE).join('|').replaceAll('.', '\\.')})\\.xml$`, 'i');

const bad = (detail: string): { readonly ok: false; readonly problem: MessageProblem } => refuse({ kind: 'invalid-input', detail });

/**
 * Reads an xdomea 3.0.0 package (ZIP with one message and its documents) or a bare message.
 * Never throws, whatever the bytes; nothing is kept and nothing fetched.
 */
export function readMessage(bytes: Uint8Array): Result<ReadMessage, MessageProblem> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) {
    const message = messageIn(bytes);
    return message.ok ? ok({ ...message.value, files: [], missing: namesOf(message.value).map(({ name }) => name), unnamed: [] }) : message;
  }
  const entries = unzip(bytes);
  return entries.ok ? packageOf(entries.value) : entries;
}

const messageIn = (bytes: Uint8Array): Result<ReceivedMessage, XmlProblem> => {
  const root = readXml(bytes);
  return root.ok ? readXdomea(root.value) : root;
};

function packageOf(entries: readonly ZipEntry[]): Result<ReadMessage, MessageProblem> {
  const candidates = entries.filter(({ name }) => MESSAGE_NAME.test(name));
  const [envelope] = candidates;
  if (envelope === undefined || candidates.length > 1) {
    return bad(
      `In der ZIP-Datei muss genau eine Nachricht liegen, benannt <ProzessID>_<Nachricht>.xml, ohne Ordner davor. Es sind ${candidates.length}. Gelesen werden ${Object.keys(READABLE).join(', ')}.`,
    );
  }
  const message = messageIn(envelope.bytes);
  if (!message.ok) return message;
  const [, processId, name] = MESSAGE_NAME.exec(envelope.name)!;
  if (processId!.toLowerCase() !== message.value.processId.toLowerCase())
    return bad('Der Dateiname der Nachricht nennt eine andere ProzessID als die Nachricht selbst. Berichtigen Sie den Namen.');
  if (name!.toLowerCase() !== READABLE[message.value.type].toLowerCase())
    return bad('Der Dateiname der Nachricht nennt einen anderen Typ als die Nachricht selbst. Berichtigen Sie den Namen.');
  return matched(
    message.value,
    entries.filter((entry) => entry !== envelope),
  );
}

const namesOf = ({ records }: ReceivedMessage) => documentsOf(records).flatMap(({ id, files }) => files.map((file) => ({ documentId: id, ...file })));

/** An Anbieteverzeichnis only lists what is on offer: its documents stay where they are. */
const carriesFiles = (type: MessageType): boolean => type !== '0501';

function matched(message: ReceivedMessage, others: readonly ZipEntry[]): Result<ReadMessage, MessageProblem> {
  const delivered = new Map(others.map((entry) => [entry.name, entry.bytes]));
  const named = namesOf(message);
  const absent = named.filter(({ name }) => !delivered.has(name));
  const [first] = absent;
  if (first !== undefined && carriesFiles(message.type)) {
    const more = absent.length === 1 ? '' : ` Es fehlen noch ${absent.length - 1} weitere.`;
    return refuse(
      xmlProblem('not-by-the-standard', `Die Datei «${first.name}» ist genannt, liegt aber nicht bei.${more} Legen Sie sie in die ZIP-Datei.`, first.line),
    );
  }
  const files = named.flatMap(({ documentId, name }) => {
    const bytes = delivered.get(name);
    return bytes === undefined ? [] : [{ documentId, name, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }];
  });
  const digests = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const changed = named.find(({ name, sha256 }) => sha256 !== undefined && digests.has(name) && digests.get(name) !== sha256);
  if (changed !== undefined) {
    return refuse(
      xmlProblem(
        'not-by-the-standard',
        `Die Datei «${changed.name}» ist nicht die, die abgesandt wurde: Ihre Prüfsumme ist eine andere. Lassen Sie sich die Nachricht noch einmal schicken.`,
        changed.line,
      ),
    );
  }
  const known = new Set(named.map(({ name }) => name));
  return ok({ ...message, files, missing: absent.map(({ name }) => name), unnamed: others.map(({ name }) => name).filter((name) => !known.has(name)) });
}
