import type { Actor } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { LibraryContext } from './context.ts';

type Kind =
  | 'collection-made'
  | 'collection-changed'
  | 'collection-removed'
  | 'document-added'
  | 'document-read-in'
  | 'document-failed'
  | 'document-stopped'
  | 'document-removed'
  | 'documents-expired'
  | 'personal-document-read';

/** Keeps that something happened: ids, hashes and counts, never words. The last statement of its transaction. */
export async function note(
  ctx: Pick<LibraryContext, 'journal' | 'clock'>,
  tx: Tx,
  actor: Actor,
  entries: readonly { readonly collectionId: string; readonly kind: Kind; readonly payload: Readonly<Record<string, unknown>> }[],
): Promise<void> {
  if (entries.length === 0) return;
  const written = entries.map(({ collectionId, kind, payload }) => ({ stream: `library:${collectionId}`, kind: `library.${kind}`, payload }));
  await ctx.journal.append(tx, actor, ctx.clock(), written);
}

/** Every read of a document with data of persons. */
export async function noteReads(
  ctx: Pick<LibraryContext, 'journal' | 'clock' | 'database'>,
  actor: Actor,
  read: readonly { readonly documentId: string; readonly collectionId: string; readonly personal: boolean }[],
): Promise<void> {
  const personal = new Map(read.filter((one) => one.personal).map((one) => [one.documentId, one.collectionId]));
  if (personal.size === 0) return;
  await ctx.database.write((tx) =>
    note(
      ctx,
      tx,
      actor,
      [...personal].map(([documentId, collectionId]) => ({ collectionId, kind: 'personal-document-read', payload: { documentId } })),
    ),
  );
}
