import { CmsError, verifyCms, type VerifiedCms } from './cms-verify.ts';
import { readDer } from './der.ts';
import { embeddedFiles } from './embedded-files.ts';
import { PdfFile } from './pdf-file.ts';
import { PdfSyntaxError } from './pdf-lexer.ts';
import { isArray, isDict, isName, isString, textOf, type PdfDict, type PdfString, type PdfValue } from './pdf-values.ts';
import type { SealCheck } from './port.ts';
import { nameOf } from './seal.ts';
import { OID } from './oids.ts';
import { verifyTimestamp } from './timestamp.ts';
import { followChain, type TrustAnchor } from './trust.ts';

/** Larger files are not looked at. */
export const MAX_CHECKED_BYTES = 30 * 1024 * 1024;
const MAX_CMS_BYTES = 64 * 1024;
const MAX_FIELDS = 500;
/** A seal may be dated this much ahead of our own clock. */
const CLOCK_TOLERANCE = Temporal.Duration.from({ minutes: 5 });

/**
 * Whether a PDF carries a seal of a trusted authority and is unchanged. Never throws on any input.
 * Genuine is only what is sealed once and as a whole: the signed bytes are all but the signature
 * itself, and nothing stands behind them. That shuts out incremental saving, signature wrapping and
 * universal forgery (Mladenov et al., "1 Trillion Dollar Refund", 2019) and shadow documents, as
 * each needs bytes that the seal does not cover. Revocation is not asked for (no network).
 */
export async function checkSeal(pdf: Uint8Array, trustAnchors: readonly TrustAnchor[], now: Temporal.Instant): Promise<SealCheck> {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return { verdict: 'not-a-pdf', reason: 'Die Datei ist keine PDF-Datei.' };
  if (bytes.length > MAX_CHECKED_BYTES) return { verdict: 'not-a-pdf', reason: 'Die Datei ist größer als 30 MB. So große Bescheide gibt es nicht.' };
  try {
    return judge(bytes, trustAnchors, now);
  } catch (error) {
    if (error instanceof CmsError) return { verdict: 'changed', reason: error.message };
    return damaged(bytes);
  }
}

/** Traces of a seal that cannot be read mean that it was there once. */
function damaged(bytes: Buffer): SealCheck {
  return bytes.includes('/ByteRange')
    ? { verdict: 'changed', reason: 'Die Datei ist beschädigt oder wurde nach dem Siegeln verändert.' }
    : { verdict: 'unsealed', reason: 'Die Datei trägt kein Siegel und ist beschädigt.' };
}

function judge(bytes: Buffer, anchors: readonly TrustAnchor[], now: Temporal.Instant): SealCheck {
  const file = new PdfFile(bytes);
  const signatures = signaturesOf(file);
  const [signature, second] = signatures;
  if (signature === undefined) {
    return bytes.includes('/ByteRange')
      ? { verdict: 'changed', reason: 'Die Datei enthält Reste eines Siegels. Sie wurde nach dem Siegeln verändert.' }
      : { verdict: 'unsealed', reason: 'Die Datei trägt kein Siegel.' };
  }
  if (second !== undefined) throw new CmsError('Die Datei trägt mehr als ein Siegel. Ein Bescheid von hier trägt genau eines.');
  const contents = contentsOf(signature);
  const cms = verifyCms(cmsOf(bytes, contents), { contentType: OID.data, detached: coveredParts(bytes, signature, contents) });
  const said = sealingTime(signature);
  const stamp = timestampOf(cms, anchors);
  return trusted({ file, cms, anchors, now, sealedAt: stamp ?? said, timestamped: stamp !== undefined });
}

function trusted(found: {
  file: PdfFile;
  cms: VerifiedCms;
  anchors: readonly TrustAnchor[];
  now: Temporal.Instant;
  sealedAt: Temporal.Instant;
  timestamped: boolean;
}): SealCheck {
  const { file, cms, sealedAt, timestamped } = found;
  const chain = followChain(cms.signer, cms.others, found.anchors, 'seal', sealedAt);
  if (!chain.trusted) return { verdict: 'unknown-sealer', reason: chain.reason };
  if (Temporal.Instant.compare(sealedAt, found.now.add(CLOCK_TOLERANCE)) > 0) {
    return { verdict: 'unknown-sealer', reason: 'Das Siegel trägt einen Zeitpunkt in der Zukunft.' };
  }
  return { verdict: 'genuine', subject: nameOf(cms.signer), sealedAt, timestamped, demo: chain.anchor.demo, attachments: embeddedFiles(file) };
}

/** Every signature dictionary that the form's fields lead to. */
function signaturesOf(file: PdfFile): PdfDict[] {
  const form = file.resolve(file.catalog.get('AcroForm'));
  if (!isDict(form)) return [];
  const found: PdfDict[] = [];
  let seen = 0;
  const visit = (value: PdfValue | undefined, inherited: boolean): void => {
    if (++seen > MAX_FIELDS) throw new PdfSyntaxError('too many fields');
    const field = file.dict(value);
    const type = file.resolve(field.get('FT'));
    const isSignature = type === undefined ? inherited : isName(type) && type.name === 'Sig';
    const content = file.resolve(field.get('V'));
    if (isSignature && isDict(content)) found.push(content);
    const kids = file.resolve(field.get('Kids'));
    if (isArray(kids)) for (const kid of kids) visit(kid, isSignature);
  };
  const fields = file.resolve(form.get('Fields'));
  if (isArray(fields)) for (const field of fields) visit(field, false);
  return found;
}

function contentsOf(signature: PdfDict): PdfString {
  const contents = signature.get('Contents');
  const subFilter = signature.get('SubFilter');
  if (!isName(subFilter) || subFilter.name !== 'ETSI.CAdES.detached') throw new CmsError('Die Datei trägt eine Unterschrift, aber kein Siegel nach PAdES.');
  if (!isString(contents) || !contents.hex) throw new CmsError('Das Siegel ist leer oder beschädigt.');
  return contents;
}

/** The signed bytes: from the start to the signature, and from behind it to the very end. */
function coveredParts(bytes: Buffer, signature: PdfDict, contents: PdfString): readonly [Buffer, Buffer] {
  const range = signature.get('ByteRange');
  const [start, gapStart, gapEnd, rest] = isArray(range) && range.length === 4 ? range : [];
  if (typeof gapEnd !== 'number' || typeof rest !== 'number' || start !== 0 || gapStart !== contents.start || gapEnd !== contents.end) {
    throw new CmsError('Das Siegel deckt nicht die ganze Datei ab.');
  }
  if (gapEnd + rest < bytes.length) throw new CmsError('An die Datei wurde nach dem Siegeln etwas angehängt.');
  if (gapEnd + rest > bytes.length) throw new CmsError('Die Datei ist nicht vollständig.');
  return [bytes.subarray(0, contents.start), bytes.subarray(contents.end)];
}

/** The CMS in the gap; the gap is one clean hexadecimal string, filled up with zeros. */
function cmsOf(bytes: Buffer, contents: PdfString): Buffer {
  const hex = bytes.toString('latin1', contents.start + 1, contents.end - 1);
  if (contents.bytes.length > MAX_CMS_BYTES || !(/^[0-9a-f]+$/.test(hex) || /^[0-9A-F]+$/.test(hex)) || hex.length % 2 !== 0) {
    throw new CmsError('Das Siegel ist beschädigt.');
  }
  let length: number;
  try {
    length = readDer(contents.bytes).whole.length;
  } catch (cause) {
    throw new CmsError('Das Siegel ist beschädigt.', { cause });
  }
  if (contents.bytes.subarray(length).some((byte) => byte !== 0)) throw new CmsError('Neben dem Siegel steht etwas, das nicht dorthin gehört.');
  return contents.bytes.subarray(0, length);
}

/** The time the sealer states (`M`), ISO 32000-1, 7.9.4. */
function sealingTime(signature: PdfDict): Temporal.Instant {
  const value = signature.get('M');
  const parts = isString(value) ? /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'00'?)?|([+-]\d\d)'(\d\d)'?)$/.exec(textOf(value).slice(0, 40)) : null;
  if (parts === null) throw new CmsError('Dem Siegel fehlt der Zeitpunkt.');
  const [, year, month, day, hour, minute, second, zoneHour = '+00', zoneMinute = '00'] = parts;
  return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}${zoneHour}:${zoneMinute}`);
}

/** The proven time, when a trusted authority stamped the seal; a wrong stamp breaks the seal. */
function timestampOf(cms: VerifiedCms, anchors: readonly TrustAnchor[]): Temporal.Instant | undefined {
  if (cms.timestampToken === undefined) return undefined;
  const stamp = verifyTimestamp(cms.timestampToken, cms.signature);
  return followChain(stamp.cms.signer, stamp.cms.others, anchors, 'timestamp', stamp.at).trusted ? stamp.at : undefined;
}
