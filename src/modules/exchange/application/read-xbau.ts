import { createHash } from 'node:crypto';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readAnlagen } from '../domain/xbau-attachments.ts';
import type { XbauMapping } from '../domain/xbau-mapping.ts';
import type { XbauAttachment, XbauReceived, XbauReference } from '../domain/xbau-message.ts';
import { XBAU_MESSAGES } from '../domain/xbau-names.ts';
import { identityOf, readXbau } from '../domain/xbau-read.ts';
import { xmlProblem, type XmlElement } from '../domain/xml-tree.ts';
import type { MessageProblem } from './read-message.ts';
import { readXml } from './xml-read.ts';
import { unzip } from '../../../platform/files/zip-read.ts';
import type { ZipEntry } from '../../../platform/files/zip.ts';

/** What was sent: one message or one ZIP, or the message and its attachments as files of their own. */
export type Delivery = readonly ZipEntry[];

/** A document with its file. */
export type DeliveredAttachment = XbauAttachment & { readonly bytes: Uint8Array };

/** A message with the files that came with it. */
export interface ReadXbau extends XbauReceived {
  readonly delivered: readonly DeliveredAttachment[];
  /** Named with a file that did not come, announced for later, or lying at an address that is not asked. */
  readonly absent: readonly XbauAttachment[];
  /** Delivered, but named by no document. */
  readonly unnamed: readonly string[];
  /** The message alone, as it came. */
  readonly xml: Uint8Array;
}

const NAMES = new RegExp(
  `(?:^|_)(?:${Object.values(XBAU_MESSAGES)
    .map(({ name }) => name.replaceAll('.', '\\.'))
    .join('|')})\\.xml$`,
  'i',
);

const bad = (detail: string): { readonly ok: false; readonly problem: MessageProblem } => refuse({ kind: 'invalid-input', detail });

/**
 * Reads a message in XBau 2.6: alone, as a ZIP with its attachments, or as files one by one.
 * Never throws, whatever the bytes; nothing is kept, and no address in it is asked.
 */
export function readXbauFile(delivery: Delivery, mapping: XbauMapping): Result<ReadXbau, MessageProblem> {
  const parts = partsOf(delivery);
  if (!parts.ok) return parts;
  const { xml, others } = parts.value;
  const root = readXml(xml);
  if (!root.ok) return root;
  const message = readXbau(root.value, mapping);
  return message.ok ? withFiles(message.value, xml, others) : message;
}

interface Parts {
  readonly xml: Uint8Array;
  /** `undefined` where the message came alone. */
  readonly others: readonly ZipEntry[] | undefined;
}

function partsOf(delivery: Delivery): Result<Parts, MessageProblem> {
  const [first, ...more] = delivery;
  if (first === undefined) return bad('Es kam keine Datei an.');
  if (more.length > 0) return envelopeAmong(delivery);
  const { bytes } = first;
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return ok({ xml: bytes, others: undefined });
  const entries = unzip(bytes);
  return entries.ok ? envelopeAmong(entries.value) : entries;
}

/** The message is known by its name, or is the only XML; a message among its attachments is named by the one around it. */
function envelopeAmong(entries: Delivery): Result<Parts, MessageProblem> {
  const byName = entries.filter(({ name }) => NAMES.test(name));
  const candidates = byName.length > 0 ? byName : entries.filter(({ name }) => /^[^/]+\.xml$/i.test(name));
  const envelopes = candidates.length <= 1 || candidates.length > MOST_MESSAGES ? candidates : candidates.filter((one) => namesAll(one, candidates));
  const [envelope] = envelopes;
  if (envelope === undefined || envelopes.length > 1) {
    return bad(
      `Unter den Dateien muss genau eine Nachricht sein, benannt wie «${XBAU_MESSAGES['0200'].name}.xml», ohne Ordner davor. Es sind ${candidates.length}.`,
    );
  }
  return ok({ xml: envelope.bytes, others: entries.filter((entry) => entry !== envelope) });
}

/** More messages in one delivery are not looked into. */
const MOST_MESSAGES = 5;

function namesAll(one: ZipEntry, candidates: Delivery): boolean {
  const root = readXml(one.bytes);
  const named = new Set(root.ok ? readAnlagen(root.value).map(({ file }) => file?.name) : []);
  return candidates.every((other) => other === one || named.has(other.name));
}

function withFiles(message: XbauReceived, xml: Uint8Array, others: readonly ZipEntry[] | undefined): Result<ReadXbau, MessageProblem> {
  const byName = new Map((others ?? []).map((entry) => [entry.name, entry.bytes]));
  const delivered = message.attachments.flatMap((one) => {
    const bytes = one.file && byName.get(one.file.name);
    return bytes === undefined ? [] : [{ ...one, bytes }];
  });
  const changed = delivered.flatMap((one) => complaint(one) ?? []);
  const [first] = changed;
  if (first !== undefined) return refuse({ ...first, fields: changed.map(({ detail, line }) => ({ field: `line-${line ?? 0}`, message: detail })) });
  const here = new Set(delivered.map(({ file }) => file!.name));
  return ok({
    ...message,
    xml,
    delivered,
    absent: message.attachments.filter(({ file }) => file === undefined || !here.has(file.name)),
    unnamed: (others ?? []).map(({ name }) => name).filter((name) => !here.has(name)),
  });
}

/** A file that is not the one that was sent. */
function complaint({ file, bytes, line }: DeliveredAttachment) {
  const { name, sizeBytes, sha256 } = file!;
  const again = 'Lassen Sie sich die Nachricht noch einmal schicken.';
  if (sizeBytes !== undefined && sizeBytes !== bytes.byteLength)
    return xmlProblem('not-by-the-standard', `Die Datei «${name}» hat ${bytes.byteLength} statt ${sizeBytes} Bytes. ${again}`, line);
  if (sha256 !== undefined && sha256 !== createHash('sha256').update(bytes).digest('hex'))
    return xmlProblem('not-by-the-standard', `Die Datei «${name}» ist nicht die, die abgesandt wurde: Ihr Hashwert ist ein anderer. ${again}`, line);
  return undefined;
}

/** What a refused file says of itself, for its rejection: which message it is, and its XML without attachments. */
export interface RefusedMessage {
  readonly about?: XbauReference['message'];
  /** Itself a rejection: those are never rejected again. */
  readonly isRejection: boolean;
  readonly xml: Uint8Array;
}

export function refusedMessage(delivery: Delivery): RefusedMessage {
  const parts = partsOf(delivery);
  // of a ZIP that cannot be read there is no message to send back
  if (!parts.ok) return { isRejection: false, xml: new Uint8Array() };
  const { xml } = parts.value;
  const root = readXml(xml);
  const tree: XmlElement | undefined = root.ok ? root.value : undefined;
  const about = tree && identityOf(tree);
  return { ...(about === undefined ? {} : { about }), isRejection: tree?.name === XBAU_MESSAGES['1100'].name, xml };
}
