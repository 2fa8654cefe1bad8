import { fileTypeFromBuffer } from 'file-type';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { withoutMetadata } from '../../../kernel/picture-metadata.ts';
import type { ContributionProblem } from '../domain/problems.ts';

/** A file as uploaded. */
export interface GivenPicture {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
}

export interface CheckedPicture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export const PICTURE_MEGABYTES = 10;
export const PICTURE_TYPES: readonly string[] = ['image/jpeg', 'image/png'];

const wrong = (detail: string): Result<never, ContributionProblem> => refuse(invalidField('picture', detail));

/** One picture, told by its content, without its metadata; empty parts without a name are none. */
export async function checkPicture(files: readonly GivenPicture[]): Promise<Result<CheckedPicture | undefined, ContributionProblem>> {
  const [one, ...more] = files.filter(({ fileName, bytes, tooLarge }) => fileName !== '' || bytes.byteLength > 0 || tooLarge);
  if (one === undefined) return ok(undefined);
  if (more.length > 0) return wrong('Wählen Sie nur ein Bild aus.');
  if (one.tooLarge || one.bytes.byteLength > PICTURE_MEGABYTES * 1_000_000)
    return wrong(`Das Bild ist zu groß. Erlaubt sind ${PICTURE_MEGABYTES} MB. Verkleinern Sie es.`);
  const mediaType = (await fileTypeFromBuffer(one.bytes))?.mime ?? '';
  if (!PICTURE_TYPES.includes(mediaType))
    return wrong('Der Inhalt der Datei ist kein JPEG oder PNG, auch wenn der Name so klingt. Speichern Sie das Bild so und wählen Sie es neu.');
  const bytes = withoutMetadata(one.bytes, mediaType);
  return bytes === undefined ? wrong('Das Bild ist beschädigt. Öffnen Sie es auf Ihrem Gerät und speichern Sie es neu.') : ok({ mediaType, bytes });
}
