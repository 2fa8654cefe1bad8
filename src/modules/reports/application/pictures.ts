import { createHash } from 'node:crypto';
import { invalidField } from '../../../kernel/problem.ts';
import type { Position } from '../../../kernel/geo.ts';
import { withoutMetadata } from '../../../kernel/picture-metadata.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { exifPosition } from '../domain/exif-position.ts';
import type { ReportProblem } from '../domain/problems.ts';

/** A file as uploaded. */
export interface GivenPicture {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
}

/** A picture by its content, without its metadata; where it was taken stands beside it. */
export interface CheckedPicture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly takenAt: Position | undefined;
}

export const PICTURE_MEGABYTES = 10;
export const PICTURE_TYPES: readonly string[] = ['image/jpeg', 'image/png'];

const wrong = (detail: string): Result<never, ReportProblem> => refuse(invalidField('picture', detail));

/** One picture at most; empty parts without a name are none. */
export async function checkPicture(files: readonly GivenPicture[]): Promise<Result<CheckedPicture | undefined, ReportProblem>> {
  const [one, ...more] = files.filter(({ fileName, bytes, tooLarge }) => fileName !== '' || bytes.byteLength > 0 || tooLarge);
  if (one === undefined) return ok(undefined);
  if (more.length > 0) return wrong('Wählen Sie nur ein Bild aus.');
  if (one.tooLarge || one.bytes.byteLength > PICTURE_MEGABYTES * 1_000_000)
    return wrong(`Das Bild ist zu groß. Erlaubt sind ${PICTURE_MEGABYTES} MB. Senden Sie die Meldung ohne Bild oder verkleinern Sie es.`);
  const { fileTypeFromBuffer } = await import('file-type');
  const mediaType = (await fileTypeFromBuffer(one.bytes))?.mime ?? '';
  if (!PICTURE_TYPES.includes(mediaType))
    return wrong('Der Inhalt der Datei ist kein JPEG oder PNG. Senden Sie die Meldung ohne Bild oder wählen Sie ein anderes.');
  const bytes = withoutMetadata(one.bytes, mediaType);
  if (bytes === undefined) return wrong('Das Bild ist beschädigt. Senden Sie die Meldung ohne Bild oder wählen Sie ein anderes.');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ok({ mediaType, bytes, sha256, takenAt: mediaType === 'image/jpeg' ? exifPosition(one.bytes) : undefined });
}
