import { fileTypeFromBuffer } from 'file-type';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { FileRef } from '../domain/events.ts';
import type { ParticipationProblem } from '../domain/problems.ts';
import { LIMITS } from '../domain/statement-input.ts';
import type { ParticipationContext } from './context.ts';

/** A file as uploaded. */
export interface GivenFile {
  readonly field: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
}

/** What is taken in, told by the file's content, never by its name. */
export const ACCEPTED = ['application/pdf', 'image/jpeg', 'image/png'] as const;

export interface CheckedFile {
  readonly given: GivenFile;
  readonly mediaType: string;
}

/** Checks files by their content, before anything is written. Empty parts without a name are no files. */
export async function checkFiles(files: readonly GivenFile[], most: number): Promise<Result<readonly CheckedFile[], ParticipationProblem>> {
  const given = files.filter((file) => file.fileName !== '' || file.bytes.byteLength > 0 || file.tooLarge);
  if (given.length > most) return refuse(invalidField(given[0]!.field, `Mehr als ${most} Dateien nehmen wir hier nicht an.`));
  const checked: CheckedFile[] = [];
  for (const file of given) {
    if (file.tooLarge || file.bytes.byteLength > LIMITS.fileMegabytes * 1_000_000) {
      return refuse(
        invalidField(
          file.field,
          `Die Datei „${safeName(file.fileName)}“ ist zu groß. Erlaubt sind ${LIMITS.fileMegabytes} MB. Teilen oder verkleinern Sie sie.`,
        ),
      );
    }
    if (file.bytes.byteLength === 0) return refuse(invalidField(file.field, `Die Datei „${safeName(file.fileName)}“ ist leer. Wählen Sie eine andere.`));
    const mediaType = (await fileTypeFromBuffer(file.bytes))?.mime;
    if (mediaType === undefined || !ACCEPTED.some((one) => one === mediaType)) {
      return refuse(
        invalidField(
          file.field,
          `Der Inhalt von „${safeName(file.fileName)}“ ist kein PDF, JPEG oder PNG, auch wenn der Name so klingt. Speichern Sie die Datei so und wählen Sie sie neu.`,
        ),
      );
    }
    checked.push({ given: file, mediaType });
  }
  return ok(checked);
}

/** Keeps checked files. */
export async function keepFiles(ctx: ParticipationContext, tx: Tx, files: readonly CheckedFile[], now: Temporal.Instant): Promise<FileRef[]> {
  const kept: FileRef[] = [];
  for (const { given, mediaType } of files) {
    const sha256 = await ctx.files.put(tx, given.bytes, mediaType);
    kept.push({ id: newId(now.epochMilliseconds), fileName: safeName(given.fileName), mediaType, sizeBytes: given.bytes.byteLength, sha256 });
  }
  return kept;
}

/** A name without paths and control characters. */
function safeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
  return base.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e"<>|:*?]/g, '').slice(0, 120) || 'datei';
}
