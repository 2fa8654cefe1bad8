import { CannotRead, type OpenDocument } from './open-document.ts';
import { openFile } from './open-file.ts';
import type { ReaderAnswer, ReaderOrder } from './reader-orders.ts';

/** The process that reads files of others: it may read the program's own folder and nothing else. It dies alone. */
const MAX_OPEN = 3;
const open = new Map<string, OpenDocument>();

process.on('message', ({ id, order }: { readonly id: number; readonly order: ReaderOrder }) => {
  void answer(order).then((value) => process.send!({ id, value }));
});

async function answer(order: ReaderOrder): Promise<ReaderAnswer> {
  try {
    if (order.do === 'open') return { ok: true, value: (await opened(order)).opened };
    const document = open.get(order.sha256);
    if (document === undefined) return { ok: false, why: 'unknown' };
    return { ok: true, value: order.do === 'page' ? await document.page(order.page) : await document.picture(order.page) };
  } catch (error) {
    // whatever a library throws over the bytes of others says the same: it cannot be read
    return { ok: false, why: error instanceof CannotRead ? error.why : 'damaged' };
  }
}

async function opened({ sha256, bytes, fileName }: Extract<ReaderOrder, { do: 'open' }>): Promise<OpenDocument> {
  const known = open.get(sha256);
  if (known !== undefined) return known;
  const document = await openFile(bytes, fileName);
  const oldest = open.size < MAX_OPEN ? undefined : open.keys().next().value;
  if (oldest !== undefined) {
    await open.get(oldest)!.close();
    open.delete(oldest);
  }
  open.set(sha256, document);
  return document;
}

// whoever asked is gone: so is the reason to run
process.on('disconnect', () => process.exit());
