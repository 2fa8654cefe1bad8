import { createHash } from 'node:crypto';
import { PdfFile } from './pdf-file.ts';
import { isArray, isRef, isString, sourceOf, textSource, type PdfDict, type PdfRef, type PdfValue } from './pdf-values.ts';

/** A PDF with an empty place for the signature. */
export interface SignatureSlot {
  readonly pdf: Buffer;
  /** Start and end of the `Contents` value with its brackets: all that the signature does not cover. */
  readonly gapStart: number;
  readonly gapEnd: number;
}

export interface SlotOptions {
  readonly name: string;
  readonly reason: string;
  readonly at: Temporal.Instant;
  /** Bytes kept free for the CMS. */
  readonly reserve: number;
}

/**
 * Adds a signature field by an incremental update (ISO 32000-1, 7.5.6 and 12.7.4.5). The bytes of
 * the document stay as they are, so tags, metadata and attachments do too.
 */
export function addSignatureSlot(pdf: Uint8Array, options: SlotOptions): SignatureSlot {
  const before = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const file = new PdfFile(before);
  const catalog = file.catalog;
  if (file.trailer.has('Type')) throw new Error('only documents with a cross-reference table can be sealed');
  if (catalog.has('AcroForm')) throw new Error('the document has a form or a signature already');
  const root = refOf(file.trailer.get('Root'));
  const page = firstPage(file);
  const signature = { ref: file.nextNumber, generation: 0 };
  const field = { ref: file.nextNumber + 1, generation: 0 };

  const update = new Update(before);
  const slotAt = update.object(signature, signatureSource(options));
  update.object(field, fieldSource(signature, page.ref));
  const form = new Map<string, PdfValue>([
    ['Fields', [field]],
    ['SigFlags', 3],
  ]);
  update.object(root, sourceOf(new Map([...catalog, ['AcroForm', form]])));
  update.object(page.ref, sourceOf(withAnnotation(file, page.dict, field)));
  const sealed = update.close(file, field.ref + 1);

  const gapStart = sealed.indexOf('/Contents <', slotAt) + '/Contents '.length;
  const gapEnd = gapStart + 2 * options.reserve + 2;
  const range = `[0 ${gapStart} ${gapEnd} ${sealed.length - gapEnd}]`;
  sealed.write(range.padEnd(EMPTY_RANGE.length), sealed.indexOf(EMPTY_RANGE, slotAt), 'latin1');
  return { pdf: sealed, gapStart, gapEnd };
}

/** The bytes a signature speaks for: everything but the gap. */
export function signedParts(slot: SignatureSlot): readonly [Buffer, Buffer] {
  return [slot.pdf.subarray(0, slot.gapStart), slot.pdf.subarray(slot.gapEnd)];
}

/** Writes the CMS into its place; the rest of it stays zero. */
export function fillSlot(slot: SignatureSlot, cms: Uint8Array): Buffer {
  const room = slot.gapEnd - slot.gapStart - 2;
  const hex = Buffer.from(cms).toString('hex');
  if (hex.length > room) throw new Error(`the signature needs ${hex.length / 2} bytes, ${room / 2} were kept free`);
  slot.pdf.write(hex, slot.gapStart + 1, 'latin1');
  return slot.pdf;
}

const EMPTY_RANGE = `[0 ${'*'.repeat(10)} ${'*'.repeat(10)} ${'*'.repeat(10)}]`;

// No time in the CMS: PAdES wants it in the dictionary's M alone (EN 319 142-1, 5.3 and 6.3).
const signatureSource = ({ name, reason, at, reserve }: SlotOptions): string =>
  [
    '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
    `/Name ${textSource(name)} /Reason ${textSource(reason)} /M (${pdfDate(at)})`,
    `/ByteRange ${EMPTY_RANGE}`,
    `/Contents <${'0'.repeat(reserve * 2)}>>>`,
  ].join('\n');

// No size, so nothing to see and no appearance needed (ISO 19005-3, 6.3.3); flags: Print, Locked.
const fieldSource = (signature: PdfRef, page: PdfRef): string =>
  `<</Type /Annot /Subtype /Widget /FT /Sig /T ${textSource('Siegel')} /TU ${textSource('Elektronisches Siegel')} ` +
  `/V ${sourceOf(signature)} /P ${sourceOf(page)} /Rect [0 0 0 0] /F 132>>`;

const pdfDate = (at: Temporal.Instant): string => `D:${at.toString({ smallestUnit: 'second' }).replaceAll(/[-:TZ]/g, '')}+00'00'`;

function withAnnotation(file: PdfFile, page: PdfDict, field: PdfRef): PdfDict {
  const annotations = file.resolve(page.get('Annots')) ?? [];
  if (!isArray(annotations)) throw new Error('damaged page');
  return new Map([...page, ['Annots', [...annotations, field]]]);
}

function firstPage(file: PdfFile): { readonly ref: PdfRef; readonly dict: PdfDict } {
  let ref = refOf(file.catalog.get('Pages'));
  for (let depth = 0; depth < 32; depth++) {
    const dict = file.dict(ref);
    const kids = file.resolve(dict.get('Kids'));
    if (kids === undefined) return { ref, dict };
    if (!isArray(kids)) break;
    ref = refOf(kids[0]);
  }
  throw new Error('the document has no page');
}

function refOf(value: PdfValue | undefined): PdfRef {
  if (!isRef(value)) throw new Error('reference expected');
  return value;
}

/** New objects behind the old end of the file, then their cross-reference. */
class Update {
  readonly #before: Buffer;
  readonly #parts: Buffer[] = [];
  readonly #places: { readonly ref: PdfRef; readonly offset: number }[] = [];
  #length: number;

  constructor(before: Buffer) {
    this.#before = before;
    this.#length = before.length;
    if (before[before.length - 1] !== 0x0a) this.#write('\n');
  }

  object(ref: PdfRef, source: string): number {
    const offset = this.#length;
    this.#places.push({ ref, offset });
    this.#write(`${ref.ref} ${ref.generation} obj\n${source}\nendobj\n`);
    return offset;
  }

  close(file: PdfFile, size: number): Buffer {
    const at = this.#length;
    const rows = this.#places
      .toSorted((a, b) => a.ref.ref - b.ref.ref)
      .map(({ ref, offset }) => `${ref.ref} 1\n${String(offset).padStart(10, '0')} ${String(ref.generation).padStart(5, '0')} n \n`);
    const trailer = new Map<string, PdfValue>([
      ['Size', size],
      ['Root', file.trailer.get('Root')!],
      ['Prev', file.startXref],
      ['ID', this.#id(file)],
    ]);
    const info = file.trailer.get('Info');
    if (info !== undefined) trailer.set('Info', info);
    this.#write(`xref\n${rows.join('')}trailer\n${sourceOf(trailer)}\nstartxref\n${at}\n%%EOF\n`);
    return Buffer.concat([this.#before, ...this.#parts]);
  }

  /** The first half of the file identifier stays, the second changes (ISO 32000-1, 14.4); PDF/A demands both. */
  #id(file: PdfFile): readonly PdfValue[] {
    const old = file.resolve(file.trailer.get('ID'));
    const changed = createHash('sha256').update(this.#before).digest().subarray(0, 16);
    const part = { bytes: changed, hex: true, start: 0, end: 0 };
    return [isArray(old) && isString(old[0]) ? old[0] : part, part];
  }

  #write(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}
