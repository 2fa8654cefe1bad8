import { getPage, problemPage, type AnyRoute, type LiveRequest } from '../../../platform/http/route.ts';
import type { AssistantContext } from '../application/context.ts';
import type { AssistantResult } from '../domain/result.ts';
import { openResult } from '../application/results.ts';
import { STAFF } from './schemas.ts';

/** A reader that takes nothing for so long is let go; it comes back with what it has. */
const HIGH_WATER_BYTES = 256 * 1024;
const HEARTBEAT_MS = 15_000;

export const streamPath = (id: string): string => `/api/assistant/results/${id}/stream`;

/**
 * An answer while it is made: server-sent events with `{"text": …}`, numbered by how long the text is by then, so that
 * whoever comes back goes on where they stopped; an event `ende` when it has ended. What has ended is read as a result.
 */
export function streamRoutes(ctx: AssistantContext): AnyRoute[] {
  return [
    getPage(streamPath(':id'), STAFF, async ({ actor, params }) => {
      const opened = await openResult(ctx, actor, params['id']!);
      if (!opened.ok) return problemPage(opened.problem);
      return { kind: 'live', open: (request) => answerStream(ctx, opened.value.result, request) };
    }),
  ];
}

/** So long somebody waits who follows an answer that another process makes. */
const ELSEWHERE_MS = 2000;

const encoder = new TextEncoder();

function answerStream({ running }: AssistantContext, { id, state }: AssistantResult, request: LiveRequest): ReadableStream<Uint8Array> {
  let leave = (): void => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        const heartbeat = setInterval(() => send(': noch da\n\n'), HEARTBEAT_MS);
        heartbeat.unref();
        const close = (): void => {
          if (!open) return;
          open = false;
          leave();
          // whoever looked may have gone first: then the stream is closed already
          try {
            controller.close();
          } catch {
            return;
          }
        };
        const send = (frame: string): void => {
          if (!open) return;
          controller.enqueue(encoder.encode(frame));
          if ((controller.desiredSize ?? 0) <= 0) close();
        };
        const follower = {
          more: (text: string, end: number) => send(`id: ${end}\ndata: ${JSON.stringify({ text })}\n\n`),
          ended: () => {
            send('event: ende\ndata: {}\n\n');
            close();
          },
        };
        send('retry: 1000\n\n');
        const unfollow = running.follow(id, request.lastEventId ?? 0, follower);
        leave = () => {
          clearInterval(heartbeat);
          unfollow?.();
        };
        // another process makes it: who looks asks again, and not at once
        if (unfollow === undefined) setTimeout(follower.ended, state === 'running' ? ELSEWHERE_MS : 0).unref();
        if (request.signal.aborted) close();
        else request.signal.addEventListener('abort', close, { once: true });
      },
      cancel: () => leave(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
  );
}
