import { drawCompared, drawPicture, drawTile, openImage, openPdf, ReaderRefusal, type OpenFile } from './reader-files.ts';
import type { Answer, Boxes, Order, Seen } from './child-orders.ts';

/**
 * The process that reads files of others: it may read the program's own folder and nothing else, has
 * no network and no secrets. It dies alone.
 */
const MAX_OPEN = 3;
const open = new Map<string, OpenFile>();

process.on('message', (message: { readonly id: number; readonly order: Order }) => void answer(message.id, message.order));

async function answer(id: number, order: Order): Promise<void> {
  const send = (sent: Answer): void => void process.send!(sent);
  try {
    send({ id, value: await run(order) });
  } catch (error) {
    const refusal = error instanceof ReaderRefusal ? error : new ReaderRefusal('damaged', error instanceof Error ? error.name : 'error');
    send({ id, code: refusal.code, detail: refusal.message });
  }
}

async function run(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'inspect': {
      const file = await read(order.bytes, order.mediaType);
      try {
        return (await file.look()) satisfies Seen;
      } finally {
        await file.close();
      }
    }
    case 'open':
      return keep(order.sha256, await read(order.bytes, order.mediaType));
    case 'boxes':
      return (await known(order.sha256).boxes()) satisfies Boxes;
    case 'tile':
      return drawTile(known(order.sha256), order);
    case 'text':
      return known(order.sha256).text(order.page);
    case 'picture':
      return drawPicture(known(order.sha256), order.page, order.scale);
    case 'compare':
      return drawCompared(known(order.a), known(order.b), order.page, order.pixels);
  }
}

const read = (bytes: Uint8Array, mediaType: string): Promise<OpenFile> => (mediaType === 'application/pdf' ? openPdf(bytes) : openImage(bytes));

async function keep(sha256: string, file: OpenFile): Promise<true> {
  const oldest = open.size < MAX_OPEN ? undefined : open.keys().next().value;
  if (oldest !== undefined) {
    await open.get(oldest)!.close();
    open.delete(oldest);
  }
  open.set(sha256, file);
  return true;
}

function known(sha256: string): OpenFile {
  const file = open.get(sha256);
  if (file === undefined) throw new ReaderRefusal('unknown', sha256);
  open.delete(sha256);
  open.set(sha256, file);
  return file;
}
