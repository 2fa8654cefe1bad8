import { inflateSync } from 'node:zlib';
import type { Certificate } from 'pkijs';
import { verifyCms } from './cms.ts';
import type { Attachment, Pdf, SealCheck } from './port.ts';

const LARGEST = 50_000_000;
const LARGEST_ATTACHMENT = 20_000_000;

interface Signature {
  readonly der: Buffer;
  readonly signed: Buffer;
  readonly claimedAt: Temporal.Instant;
}

/**
 * Checks a Bescheid that somebody uploads: sealed by us, and every byte as it was. The seal must cover
 * the whole file but the signature itself; whatever was appended, cut or moved breaks it.
 */
export async function checkSeal(pdf: Pdf, anchors: readonly Certificate[], demo: boolean): Promise<SealCheck> {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  if (bytes.length > LARGEST || bytes.subarray(0, 5).toString('latin1') !== '%PDF-') {
    return { verdict: 'not-a-pdf', reason: 'Diese Datei ist kein PDF. Laden Sie den Bescheid so hoch, wie Sie ihn bekommen haben.' };
  }
  const signature = readSignature(bytes);
  if (typeof signature === 'string') return { verdict: signature === 'none' ? 'unsealed' : 'changed', reason: REASONS[signature] };
  const verdict = await verifyCms(signature.der, signature.signed, anchors, signature.claimedAt);
  if (verdict === undefined || !verdict.intact) return { verdict: 'changed', reason: REASONS.broken };
  if (!verdict.trusted) return { verdict: 'unknown-sealer', reason: `Das Siegel ist unversehrt, stammt aber nicht von dieser Stadt, sondern von «${verdict.subject}».` };
  return {
    verdict: 'genuine',
    subject: verdict.subject,
    sealedAt: verdict.timestamp ?? signature.claimedAt,
    timestamped: verdict.timestamp !== undefined,
    demo,
    attachments: readAttachments(bytes),
  };
}

const REASONS = {
  none: 'Dieses PDF trägt kein Siegel.',
  several: 'Dieses PDF trägt mehrere Signaturen. Ein Bescheid dieser Stadt trägt genau eine.',
  partial: 'Nach dem Siegeln wurde etwas an die Datei angehängt oder in ihr verschoben.',
  broken: 'Das Siegel passt nicht zum Inhalt: Die Datei wurde verändert.',
} as const;

/** The one signature, if it covers everything: ByteRange [0 a b c] with only `<hex>` between a and b, to the last byte. */
function readSignature(bytes: Buffer): Signature | keyof typeof REASONS {
  const ranges = countOf(bytes, '/ByteRange');
  if (ranges === 0) return 'none';
  if (ranges > 1) return 'several';
  const at = bytes.indexOf('/ByteRange');
  const match = /^\/ByteRange\s*\[\s*0 (\d{1,9}) (\d{1,9}) (\d{1,9})\s*\]/.exec(bytes.subarray(at, at + 80).toString('latin1'));
  if (match === null) return 'broken';
  const [start, end, length] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (start <= at || end <= start || end + length !== bytes.length) return 'partial';
  const gap = bytes.subarray(start, end).toString('latin1');
  if (!/^<[0-9a-f]*>$/.test(gap) || !bytes.subarray(at, start).includes('/Contents')) return 'partial';
  const time = /\/M \(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/.exec(bytes.subarray(at, at + end - start + 2000).toString('latin1'));
  const der = derOf(Buffer.from(gap.slice(1, -1), 'hex'));
  // the rest of the room is zeros: no byte of the file escapes the check
  if (!/^0*$/.test(gap.slice(1 + der.length * 2, -1))) return 'broken';
  return {
    der,
    signed: Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]),
    claimedAt: time === null ? Temporal.Instant.fromEpochMilliseconds(0) : Temporal.Instant.from(`${time[1]}-${time[2]}-${time[3]}T${time[4]}:${time[5]}:${time[6]}Z`),
  };
}

/** Cuts the zeros that pad the room left for the signature: a DER SEQUENCE knows its length. */
function derOf(padded: Buffer): Buffer {
  const lengthBytes = padded[1] === undefined || padded[1] < 0x80 ? 0 : padded[1] & 0x7f;
  if (padded[0] !== 0x30 || lengthBytes > 4) return padded;
  const length = lengthBytes === 0 ? padded[1]! : padded.readUIntBE(2, lengthBytes);
  return padded.subarray(0, 2 + lengthBytes + length);
}

function countOf(bytes: Buffer, text: string): number {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) count += 1;
  return count;
}

/** Files that the typesetter embedded; called only for PDFs whose seal holds. */
export function readAttachments(bytes: Buffer): Attachment[] {
  const found: Attachment[] = [];
  for (let at = bytes.indexOf('/Type /EmbeddedFile'); at >= 0; at = bytes.indexOf('/Type /EmbeddedFile', at + 1)) {
    const start = bytes.indexOf('stream', at) + 6;
    const end = bytes.indexOf('endstream', start);
    const body = bytes.subarray(bytes[start] === 0x0d ? start + 2 : start + 1, end);
    const packed = bytes.subarray(at, start).includes('/FlateDecode');
    const content = packed ? inflateSync(body, { maxOutputLength: LARGEST_ATTACHMENT }) : body;
    const name = /\/UF \(([^)]{1,200})\)/.exec(bytes.subarray(end, end + 2000).toString('latin1'))?.[1] ?? 'anlage';
    const mediaType = /\/Subtype \/(\S{1,80})/.exec(bytes.subarray(at, start).toString('latin1'))?.[1]?.replace('#2F', '/') ?? 'application/octet-stream';
    found.push({ name, mediaType, bytes: content, description: '' });
  }
  return found;
}
