import { newId } from '../../../kernel/id.ts';
import type { Context } from '../../../platform/context.ts';
import { follow, judge, latestAt } from '../domain/watch.ts';
import { clearNotice, clearNoticesOf, raiseNotice, strayNotices } from '../store/notices.ts';
import { activeRules, endRule, isStream, watchedStreams, type Rule, type WatchedStream } from '../store/rules.ts';

export const WATCH = 'sensors.watch';
const SYSTEM = { kind: 'system', job: WATCH } as const;
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
  if (rule.streamId !== null && !(await isStream(ctx.database.read, rule.streamId))) return endWithStream(ctx, rule, now);
  const minutes = rule.condition.kind === 'rate' ? rule.condition.minutes : 0;
  let changes = await clearStray(ctx, rule, now);
  for (let after = 0; ;) {
    const streams = await watchedStreams(ctx.database.read, rule, { minutes, until: latestAt(now) }, { after, limit: PAGE });
    for (const stream of streams) {
      const what = follow(stream.openNotice !== null, judge(rule.condition, stream.facts, now));
      if (what !== undefined && (await keep(ctx, rule, stream, what, now))) changes += 1;
    }
    if (streams.length < PAGE) return changes;
    after = streams.at(-1)!.streamId;
  }
}

/** The stream of a rule has been deleted: nothing is left to watch. */
function endWithStream(ctx: Watching, rule: Rule, now: Temporal.Instant): Promise<number> {
  return ctx.database.write(async (tx) => {
    if (!(await endRule(tx, rule.id, now))) return 0;
    const cleared = await clearNoticesOf(tx, rule.id, now);
    const payload = { cleared: cleared.length, deletedStreamId: rule.streamId };
    await ctx.journal.append(tx, SYSTEM, now, [{ stream: `sensors:rule:${rule.id}`, kind: 'sensors.rule-ended', payload }]);
    return 1 + cleared.length;
  });
}

/** Clears what no sweep would look at again. */
async function clearStray(ctx: Watching, rule: Rule, now: Temporal.Instant): Promise<number> {
  let changes = 0;
  for (const { id, streamId } of await strayNotices(ctx.database.read, rule)) {
    const cleared = await ctx.database.write(async (tx) => {
      if (!(await clearNotice(tx, id, now))) return false;
      const payload = { ruleId: rule.id, streamId, severity: rule.severity, watched: false };
      await ctx.journal.append(tx, SYSTEM, now, [{ stream: `sensors:notice:${id}`, kind: 'sensors.notice-cleared', payload }]);
      return true;
    });
    if (cleared) changes += 1;
  }
  return changes;
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
    await ctx.journal.append(tx, SYSTEM, now, [
      { stream: `sensors:notice:${id}`, kind: what === 'raise' ? 'sensors.notice-raised' : 'sensors.notice-cleared', payload },
    ]);
    return true;
  });
}
