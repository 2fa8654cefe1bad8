import { plainAddPlaceholder } from '@signpdf/placeholder-plain';
import { commonName, signCms, type SealKey } from './cms.ts';
import type { Pdf, SealProvider } from './port.ts';

/** Room for the signature in bytes: chain of three and a timestamp fit. */
const SIGNATURE_ROOM = 12_000;

/** Seals PDFs as PAdES-B-B, B-T with a TSA (ETSI EN 319 142-1), by an incremental update. */
export function createSeal(sealKey: SealKey, options: { readonly demo: boolean; readonly tsaUrl?: string }): SealProvider {
  const subject = commonName(sealKey.certificate);
  return {
    subject,
    demo: options.demo,
    async seal(pdf, { reason, at }) {
      const prepared = withExactXref(
        plainAddPlaceholder({
          pdfBuffer: Buffer.from(pdf),
          reason,
          contactInfo: '',
          name: subject,
          location: 'Hamburg',
          signatureLength: SIGNATURE_ROOM,
          subFilter: 'ETSI.CAdES.detached',
          signingTime: new Date(at.epochMilliseconds),
        }),
      );
      const { bytes, gap } = fillByteRange(prepared);
      const signed = Buffer.concat([bytes.subarray(0, gap.start), bytes.subarray(gap.end)]);
      const signature = Buffer.from(await signCms(signed, sealKey, options.tsaUrl)).toString('hex');
      if (signature.length > SIGNATURE_ROOM * 2) throw new Error('Die Signatur ist größer als der Platz im PDF.');
      bytes.write(signature, gap.start + 1, 'latin1');
      return bytes;
    },
  };
}

/** The placeholder library points one byte before the last `xref`; readers forgive it, validators warn. */
function withExactXref(pdf: Buffer): Buffer {
  const marker = pdf.lastIndexOf('startxref');
  const table = pdf.lastIndexOf('\nxref', marker) + 1;
  const tail = Buffer.from(`startxref\n${table}\n%%EOF\n`);
  return Buffer.concat([pdf.subarray(0, marker), tail]);
}

/** Writes the real byte range over the placeholder. */
function fillByteRange(pdf: Pdf): { bytes: Buffer; gap: { start: number; end: number } } {
  const bytes = Buffer.from(pdf);
  const rangeAt = bytes.lastIndexOf('/ByteRange [');
  const rangeEnd = bytes.indexOf(']', rangeAt) + 1;
  const start = bytes.indexOf('<', bytes.indexOf('/Contents', rangeEnd));
  const end = bytes.indexOf('>', start) + 1;
  const range = `/ByteRange [0 ${start} ${end} ${bytes.length - end}]`;
  bytes.write(range.padEnd(rangeEnd - rangeAt), rangeAt, 'latin1');
  return { bytes, gap: { start, end } };
}
