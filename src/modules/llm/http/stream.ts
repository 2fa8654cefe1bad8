import type { RunningAnswer } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { DataAnswer } from '../../../platform/http/route.ts';

const bytes = new TextEncoder();
const event = (name: string, value: object): Uint8Array => bytes.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);

/**
 * A running answer as server-sent events: `text` with what to append, then `done` with where it came from and how it
 * ended, or `problem`. Whoever closes the line ends the answer.
 */
export function answerStream({ text, done }: RunningAnswer): ReadableStream<Uint8Array> {
  const pieces = text[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done !== true) return controller.enqueue(event('text', { text: next.value }));
        const whole = await done;
        if (whole.ok) controller.enqueue(event('done', { finish: whole.value.finish, origin: whole.value.origin, usage: whole.value.usage ?? null }));
        else controller.enqueue(problemEvent(whole.problem));
        controller.close();
      },
      async cancel() {
        await pieces.return?.(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

const problemEvent = ({ kind, detail }: Problem): Uint8Array => event('problem', { kind, detail });

/** The same as an answer of a data route. */
export const streamAnswer = (running: RunningAnswer): DataAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // proxies must not gather it
    'x-accel-buffering': 'no',
    'x-ai-generated': 'true',
  },
  body: answerStream(running),
});
