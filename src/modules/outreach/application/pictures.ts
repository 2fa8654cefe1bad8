import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { Actor } from '../../../kernel/actor.ts';
import { withoutMetadata } from '../../../kernel/picture-metadata.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { noPage, type OutreachProblem } from '../domain/problems.ts';
import { findPage, findPicture, findPublished, insertPicture, type KeptPicture } from '../store/pages.ts';
import type { OutreachContext } from './context.ts';
import { note } from './journal.ts';

const MOST_BYTES = 2_000_000;
const TYPES: readonly string[] = ['image/jpeg', 'image/png'];
const wrong = (detail: string): Result<never, OutreachProblem> => refuse(invalidField('picture', detail));

/** Keeps a picture of a landing page, told by its content, without its metadata. @returns its SHA-256, by which blocks name it */
export async function addPicture(
  ctx: OutreachContext,
  actor: Actor,
  slug: string,
  file: { readonly bytes: Uint8Array; readonly tooLarge: boolean },
): Promise<Result<string, OutreachProblem>> {
  if (file.tooLarge || file.bytes.byteLength > MOST_BYTES) return wrong('Das Bild ist zu groß. Erlaubt sind 2 MB. Verkleinern Sie es.');
  const mediaType = (await fileTypeFromBuffer(file.bytes))?.mime ?? '';
  if (!TYPES.includes(mediaType))
    return wrong('Der Inhalt der Datei ist kein JPEG oder PNG, auch wenn der Name so klingt. Speichern Sie das Bild so und wählen Sie es neu.');
  const bytes = withoutMetadata(file.bytes, mediaType);
  if (bytes === undefined) return wrong('Das Bild ist beschädigt. Öffnen Sie es auf Ihrem Gerät und speichern Sie es neu.');
  return ctx.database.transaction(async (tx) => {
    const page = await findPage(tx, slug);
    if (page === undefined) return refuse(noPage);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await insertPicture(tx, slug, sha256, { mediaType, bytes });
    await note(ctx, tx, actor, ctx.clock(), page.campaignId, 'picture-added', { slug, sha256 });
    return ok(sha256);
  });
}

/** A picture of a page as everybody sees it; before it is published only its makers do. */
export async function readPicture(
  ctx: Pick<OutreachContext, 'database'>,
  slug: string,
  sha256: string,
  insider: boolean,
): Promise<Result<KeptPicture, OutreachProblem>> {
  const page = insider ? undefined : await findPublished(ctx.database.read, slug);
  const open = insider || page?.content.blocks.some(({ picture }) => picture === sha256) === true;
  const found = open ? await findPicture(ctx.database.read, slug, sha256) : undefined;
  return found === undefined ? refuse(noPage) : ok(found);
}
