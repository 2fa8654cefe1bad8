import { fileTypeFromBuffer } from 'file-type';
import type { Tx } from '../../../platform/database/port.ts';
import { putFile } from '../../../platform/files/files.ts';
import { newId } from '../../../kernel/id.ts';
import type { DocumentRule, ServicePackage } from '../../catalogue/public.ts';
import type { ReceivedFile } from '../domain/events.ts';
import { insertUpload, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { safeName, takeFile, technicalBlock, typeComplaint } from './uploads.ts';

/** A file that came with an application from another system. */
export interface ReceivedDocument {
  /** Document id of the package, with the item where there are several: `foto.0`. Absent: not assigned to one. */
  readonly slot?: string;
  readonly fileName: string;
  /** As the sender says; what it really is, its content decides. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly description?: string;
}

/** Slots beside those of the packages. */
export const LOOSE_SLOT = 'beilage';
export const ORIGINAL_SLOT = 'original';

/** What any file must be that the package does not ask for. */
const LOOSE_TYPES: DocumentRule['accept'] = ['application/pdf', 'image/jpeg', 'image/png'];
const LARGEST_LOOSE_MEGABYTES = 100;

/** A file with its place in the case; refused ones are listed to the officer, their bytes are not kept. */
export interface JudgedFile extends ReceivedDocument {
  readonly slot: string;
  readonly rule: DocumentRule | undefined;
  readonly refused?: string;
}

/** Looks at each file as at a citizen's; slow where a package has technical rules, so outside the transaction. */
export async function judgeFiles(ctx: ProcedureContext, pkg: ServicePackage, documents: readonly ReceivedDocument[]): Promise<JudgedFile[]> {
  return Promise.all(
    documents.map(async (document) => {
      const rule = pkg.form.documents.find((one) => one.id === document.slot?.split('.')[0]);
      const slot = rule === undefined || !/^[\w-]+(?:\.\d{1,2})?$/.test(document.slot ?? '') ? LOOSE_SLOT : document.slot!;
      const refused =
        slot === LOOSE_SLOT
          ? typeComplaint({ accept: LOOSE_TYPES, maxMegabytes: LARGEST_LOOSE_MEGABYTES }, document.bytes, (await fileTypeFromBuffer(document.bytes))?.mime)
          : await technicalBlock(ctx, pkg, { slot, bytes: document.bytes });
      return { ...document, slot, rule, ...(refused === undefined ? {} : { refused }) };
    }),
  );
}

interface Keeping {
  readonly caseId: string;
  readonly pkg: ServicePackage;
  readonly now: Temporal.Instant;
}

/** Keeps what can be kept. @returns the files as rows of the case, and all of them as the sender named them */
export async function keepFiles(
  ctx: ProcedureContext,
  tx: Tx,
  files: readonly JudgedFile[],
  keeping: Keeping,
): Promise<{ rows: UploadRow[]; told: ReceivedFile[] }> {
  const rows: UploadRow[] = [];
  const told: ReceivedFile[] = [];
  for (const file of files) {
    const taken = file.refused === undefined ? await take(ctx, tx, keeping.pkg, file) : file.refused;
    if (typeof taken !== 'string') rows.push(rowOf(taken, keeping));
    told.push({
      fileName: safeName(file.fileName),
      ...(file.description === undefined ? {} : { description: tidyText(file.description).slice(0, 500) }),
      ...(typeof taken === 'string' ? { refused: taken } : {}),
    });
  }
  return { rows, told };
}

/** The application as it came, so that nothing that no question asks for is lost. */
export async function keepOriginal(tx: Tx, file: { fileName: string; mediaType: string; bytes: Uint8Array }, keeping: Keeping): Promise<UploadRow> {
  const sha256 = await putFile(tx, file.bytes, file.mediaType);
  const { fileName, mediaType, bytes } = file;
  return rowOf({ slot: ORIGINAL_SLOT, fileName: safeName(fileName), mediaType, sizeBytes: bytes.byteLength, sha256 }, keeping);
}

export async function insertUploads(tx: Tx, rows: readonly UploadRow[]): Promise<void> {
  for (const row of rows) await insertUpload(tx, row);
}

type Taken = Pick<UploadRow, 'slot' | 'fileName' | 'mediaType' | 'sizeBytes' | 'sha256'>;

async function take(ctx: ProcedureContext, tx: Tx, pkg: ServicePackage, file: JudgedFile): Promise<Taken | string> {
  const { slot, fileName, bytes, rule } = file;
  if (rule === undefined || slot === LOOSE_SLOT) {
    const mediaType = (await fileTypeFromBuffer(bytes))!.mime;
    return { slot, fileName: safeName(fileName), mediaType, sizeBytes: bytes.byteLength, sha256: await putFile(tx, bytes, mediaType) };
  }
  // how many there are is for the officer to judge: nothing that came is turned away for its number
  const taken = await takeFile(ctx, tx, pkg, { slot, field: 'documents', fileName, bytes, tooLarge: false }, 0);
  return taken.ok ? taken.value : (taken.problem.fields?.[0]?.message ?? taken.problem.detail);
}

const rowOf = (taken: Taken, { caseId, now }: Keeping): UploadRow => ({
  ...taken,
  id: newId(now.epochMilliseconds),
  ownerId: caseId,
  accountId: null,
  byApplicant: true,
  uploadedAt: now,
  submitted: true,
  replaces: null,
});

/** Text that a database can keep. */
// oxlint-disable-next-line no-control-regex -- taking control characters out is the point
export const tidyText = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f]/g, '');
