import type { InspectedPdf, Inspection } from '../domain/inspection.ts';
import { imageFacts } from './image-facts.ts';
import type { Seen } from './child-orders.ts';
import { structureOf } from './pdf-bones.ts';
import { Reader } from './reader.ts';
import { ReaderRefusal } from './reader-files.ts';

export type Inspect = (bytes: Uint8Array, mediaType: string) => Promise<Inspection>;

const own = new Reader();

/**
 * What a file is, technically. Never throws for what is in the file.
 * @param mediaType as found in its content, not as its name says
 */
export const inspectDocument: Inspect = async (bytes, mediaType) => {
  if (mediaType === 'image/png' || mediaType === 'image/jpeg') {
    const image = imageFacts(bytes);
    return image === undefined ? { kind: 'unreadable', why: 'damaged' } : { kind: 'image', image };
  }
  if (mediaType !== 'application/pdf') return { kind: 'unreadable', why: 'other-type' };
  const structure = structureOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (structure.encrypted) return { kind: 'pdf', pdf: { ...structure, pdfAClaim: undefined, version: headVersion(bytes), pageCount: 0, pages: [] } };
  try {
    const seen = await own.ask<Seen>({ do: 'inspect', bytes, mediaType });
    const pdf: InspectedPdf = {
      ...structure,
      pdfAClaim: seen.pdfAClaim,
      version: seen.version ?? headVersion(bytes),
      pageCount: seen.count,
      pages: seen.pages,
      scripts: structure.scripts || seen.scripts,
      attachments: structure.attachments || seen.attachments,
    };
    return { kind: 'pdf', pdf };
  } catch (error) {
    if (!(error instanceof ReaderRefusal)) throw error;
    if (error.code === 'encrypted')
      return { kind: 'pdf', pdf: { ...structure, pdfAClaim: undefined, encrypted: true, version: headVersion(bytes), pageCount: 0, pages: [] } };
    return { kind: 'unreadable', why: error.code === 'bomb' || error.code === 'timeout' ? error.code : error.code === 'memory' ? 'bomb' : 'damaged' };
  }
};

const headVersion = (bytes: Uint8Array): string | undefined => /%PDF-(\d\.\d)/.exec(Buffer.from(bytes.subarray(0, 1024)).toString('latin1'))?.[1];
