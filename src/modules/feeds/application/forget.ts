import { forgettableLagen, lageStream } from '../../situation/public.ts';
import { dropEvents, keepForgotten, notForgotten } from '../store/forget.ts';
import type { FeedsContext } from './context.ts';

const ACTOR = { kind: 'system', job: 'feeds.forget' } as const;
/** Rows that one statement drops: nobody waits long for it. */
const MOST = 10_000;

/** Drops every single position of Lagen that ended long ago; the journal says that they went. @returns how many */
export async function forgetPositions(ctx: Pick<FeedsContext, 'database' | 'journal' | 'clock'>, most = MOST): Promise<number> {
  const lagen = await forgettableLagen(ctx.database.read, ctx.clock());
  const left = await notForgotten(
    ctx.database.read,
    lagen.map(({ id }) => id),
  );
  let dropped = 0;
  for (const { id, openedAt, closedAt } of lagen) {
    if (!left.has(id)) continue;
    // what was on its way when the Lage ended came a little later
    const time = { from: openedAt.subtract({ hours: 1 }), to: closedAt!.add({ hours: 24 }), most };
    let events = 0;
    for (let gone = most; gone === most; events += gone) gone = await dropEvents(ctx.database.read, id, time);
    await ctx.database.write(async (tx) => {
      const now = ctx.clock();
      await keepForgotten(tx, id, events, now);
      await ctx.journal.append(tx, ACTOR, now, [{ stream: lageStream(id), kind: 'feeds.positions-forgotten', payload: { events } }]);
    });
    dropped += events;
  }
  return dropped;
}
