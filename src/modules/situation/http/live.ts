import { getPage, LAGE_ACCESS, problemPage, type AnyRoute, type LiveRequest } from '../../../platform/http/route.ts';
import type { SituationContext } from '../application/context.ts';
import { enterLage } from '../application/enter-lage.ts';
import type { PictureFeeds, Viewer } from '../application/picture-feed.ts';
import { LAYERS } from '../../../kernel/lage.ts';
import { invalidField } from '../../../kernel/problem.ts';

/** A page with more than this not yet taken waits: it gets the latest later, and no memory grows. */
const HIGH_WATER_BYTES = 128 * 1024;
/** A stream ends by itself then; the browser comes back and is asked again who it is. */
const LONGEST_MS = 15 * 60 * 1000;

/** The picture as it changes: server-sent events for the map and the tables. */
export function liveRoutes(ctx: SituationContext, feeds: PictureFeeds): AnyRoute[] {
  return [
    getPage('/lagen/:key/live', LAGE_ACCESS, async ({ actor, params, query }) => {
      const opened = await enterLage(ctx, actor, params['key'] ?? '', 'read');
      if (!opened.ok) return problemPage(opened.problem);
      const box = boxIn(query.get('bbox'));
      if (box === null) return problemPage(invalidField('bbox', 'Nennen Sie West, Süd, Ost und Nord in Grad, mit Komma getrennt.'));
      const layers = query.get('layers')?.split(',');
      const viewer = {
        view: opened.value,
        box,
        layers: layers === undefined ? undefined : LAYERS.filter((layer) => layers.includes(layer)),
        after: numberIn(query.get('after')),
      };
      return { kind: 'live', packed: query.has('sparsam'), open: (request) => liveStream(feeds, viewer, request) };
    }),
  ];
}

/** `undefined`: everything; `null`: not a box. */
function boxIn(text: string | null): Viewer['box'] | null {
  if (text === null || text === '') return undefined;
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN, ...more] = text.split(',').map(Number);
  return more.length === 0 && [west, south, east, north].every(Number.isFinite) ? { west, south, east, north } : null;
}

const numberIn = (text: string | null): number | undefined => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined);

function liveStream(feeds: PictureFeeds, asked: Omit<Viewer, 'ready' | 'tell' | 'end'>, request: LiveRequest): ReadableStream<Uint8Array> {
  let leave = (): void => {};
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    leave();
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const close = (): void => {
          end();
          // whoever looked may have gone first: then the stream is closed already
          try {
            controller.close();
          } catch {
            return;
          }
        };
        if (request.signal.aborted) return close();
        request.signal.addEventListener('abort', close, { once: true });
        timer = setTimeout(close, LONGEST_MS).unref();
        leave = feeds.open({
          ...asked,
          // whoever comes back says so in the header, and their address still has where they began
          after: request.lastEventId ?? asked.after,
          ready: () => (controller.desiredSize ?? 0) > 0,
          tell: (frame) => controller.enqueue(frame),
          end: close,
        });
        controller.enqueue(new TextEncoder().encode('retry: 2000\n\n'));
      },
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
  );
}
