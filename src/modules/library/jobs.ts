import type { JobKind } from '../../platform/jobs/port.ts';
import type { LibraryContext } from './application/context.ts';
import { forgetOldDocuments, orderNextStep, READ_DOCUMENT, readDocument } from './application/read-document.ts';

/** Documents that wait to be read, one step at a time; and own ones that are too old. */
export function libraryJobs(ctx: LibraryContext): JobKind<never>[] {
  let turn: Promise<unknown> = Promise.resolve();
  const reading: JobKind<{ readonly documentId: string }> = {
    name: READ_DOCUMENT,
    // not in the row of all other work: letters must not wait for a scan
    urgent: true,
    handle: async ({ documentId }) => {
      const mine = turn.then(() => readDocument(ctx, documentId));
      turn = mine.catch(() => {});
      if (await mine) await orderNextStep(ctx, documentId);
    },
  };
  return [reading, { name: 'library.forget-old-documents', cron: '23 4 * * *', handle: async () => void (await forgetOldDocuments(ctx)) }];
}
