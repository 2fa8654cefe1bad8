import { newId } from '../../../kernel/id.ts';
import type { Context } from '../../../platform/context.ts';
import { follow, judge } from '../domain/watch.ts';
import { activeRules, watchedStreams, type Rule, type WatchedStream } from '../store/rules.ts';
import { clearNotice, raiseNotice } from '../store/notices.ts';

export const WATCH = 'sensors.watch';
const PAGE = 500;

type Watching = Pick<Context, 'database' | 'journal' | 'clock' | 'log'>;

/**
 * Job by the clock: looks at the latest of every watched stream, raises and clears notices. A rule that
 * cannot be looked at must not keep the others waiting; the job fails aloud afterwards. @returns changes
 */
export async function watch(ctx: Watching): Promise<number> {
  let changes = 0;
  const failed: string[] = [];
  for (const rule of await activeRules(ctx.database.read)) {
    try {
      changes += await watchRule(ctx, rule);
    } catch (error) {
      failed.push(rule.id);
      ctx.log.error('sensors.watch-failed', { ruleId: rule.id, error: String(error) });
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} rules could not be watched: ${failed.slice(0, 10).join(', ')}`);
  return changes;
}

async function watchRule(ctx: Watching, rule: Rule): Promise<number> {
  const now = ctx.clock();
  const minutes = rule.condition.kind === 'rate' ? rule.condition.minutes : 0;
  let changes = 0;
  for (let after = 0; ;) {
    const streams = await watchedStreams(ctx.database.read, rule, minutes, { after, limit: PAGE });
    for (const stream of streams) {
      const what = follow(stream.openNotice !== null, judge(rule.condition, stream.facts, now));
      if (what !== undefined && (await keep(ctx, rule, stream, what, now))) changes += 1;
    }
    if (streams.length < PAGE) return changes;
    after = streams.at(-1)!.streamId;
  }
}

/** State and journal in one transaction. @returns `false` when another sweeper was faster */
function keep(ctx: Watching, rule: Rule, stream: WatchedStream, what: 'raise' | 'clear', now: Temporal.Instant): Promise<boolean> {
  return ctx.database.write(async (tx) => {
    const id = what === 'raise' ? newId(now.epochMilliseconds) : stream.openNotice!;
    const kept = what === 'raise' ? await raiseNotice(tx, id, rule, stream, now) : await clearNotice(tx, id, now);
    if (!kept) return false;
    const { facts, streamId } = stream;
    const payload = {
      ruleId: rule.id,
      streamId,
      severity: rule.severity,
      ...(facts.value === undefined ? {} : { value: facts.value }),
      ...(facts.measuredAt === undefined ? {} : { measuredAt: facts.measuredAt.toString() }),
    };
    await ctx.journal.append(tx, { kind: 'system', job: WATCH }, now, [
      { stream: `sensors:notice:${id}`, kind: what === 'raise' ? 'sensors.notice-raised' : 'sensors.notice-cleared', payload },
    ]);
    return true;
  });
}
