import { fileTypeFromBuffer } from 'file-type';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { putFile } from '../../../platform/files/files.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { CaseProblem } from '../domain/problems.ts';
import type { UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';
import { LOOSE_SLOT } from './received-files.ts';
import { safeName, takeFile } from './uploads.ts';

/** A file that came by another way than the form. */
export interface ReceivedFile {
  /** Document of the form; absent where none fits. */
  readonly slot?: string | undefined;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'application/xml'];
const MEGABYTE = 1_000_000;
const MOST_MEGABYTES = 50;

/**
 * Keeps a file that somebody handed in without the form. What the form has no place for, or would not take
 * there, is kept as another document: the authority may not turn away what it can read.
 * @param present how many of the slot are there
 */
export async function takeReceived(
  ctx: ProcedureContext,
  tx: Tx,
  pkg: ServicePackage,
  { slot, fileName, bytes }: ReceivedFile,
  present: number,
): Promise<Result<Pick<UploadRow, 'slot' | 'fileName' | 'mediaType' | 'sizeBytes' | 'sha256'>, CaseProblem>> {
  if (slot !== undefined) {
    const taken = await takeFile(ctx, tx, pkg, { slot, field: 'documents', fileName, bytes, tooLarge: false }, present);
    if (taken.ok) return taken;
  }
  const name = safeName(fileName);
  const mediaType = (await fileTypeFromBuffer(bytes))?.mime;
  if (bytes.byteLength > MOST_MEGABYTES * MEGABYTE)
    return refuse(invalidField('documents', `Die Datei «${name}» ist größer als ${MOST_MEGABYTES} MB. Teilen Sie sie auf.`));
  if (mediaType === undefined || !TYPES.includes(mediaType)) {
    return refuse(invalidField('documents', `Die Datei «${name}» ist kein PDF, JPEG, PNG oder XML, auch wenn der Name so klingt. Bitten Sie um ein PDF.`));
  }
  const sha256 = await putFile(tx, bytes, mediaType);
  return ok({ slot: LOOSE_SLOT, fileName: name, mediaType, sizeBytes: bytes.byteLength, sha256 });
}
