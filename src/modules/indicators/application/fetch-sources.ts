import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { readAnswer } from '../domain/read-answer.ts';
import { isSameSource, type Source } from '../domain/source.ts';
import { findSource, listSources, lockSource, noteTry, type SourceRow } from '../store/sources.ts';
import { moveRevision } from '../store/stamp.ts';
import { askDatastream, WISH, type Asked } from './ask-datastream.ts';
import type { IndicatorsContext } from './context.ts';
import { keepsStrategy, NOT_STRATEGY } from './define.ts';
import { takeValues, type Taken } from './take-values.ts';

const JOB: Actor = { kind: 'system', job: 'indicators.fetch' };

/** Asks every source that is due; one that does not answer keeps nobody waiting and is said to be so. */
export async function fetchDue(ctx: IndicatorsContext): Promise<{ readonly fetched: number; readonly failed: number }> {
  let [fetched, failed] = [0, 0];
  for (const source of (await listSources(ctx.database.read)).filter((one) => isDue(one, ctx.clock()))) {
    if (await isFetched(ctx, source)) fetched += 1;
    else failed += 1;
  }
  return { fetched, failed };
}

const BROKEN = 'Diese Antwort konnte Kontor nicht verarbeiten. Sehen Sie sich die Quelle im Browser an; der Grund steht im Protokoll des Servers.';

/** A source on which this program breaks must not keep the others from being asked. */
async function isFetched(ctx: IndicatorsContext, source: SourceRow): Promise<boolean> {
  try {
    return (await fetchOne(ctx, JOB, source)).ok;
  } catch (error) {
    ctx.log.error('indicators.fetch-broken', { key: source.key, error: String(error) });
    await ctx.database.write((tx) => noteTry(tx, source.key, ctx.clock(), { problem: BROKEN }));
    return false;
  }
}

const isDue = ({ active, triedAt, body }: SourceRow, now: Temporal.Instant): boolean =>
  // a try that began a minute late must not wait for another hour
  active && (triedAt === null || triedAt.until(now).total('minutes') >= body.everyHours * 60 - 5);

/** Asks a source now, because somebody wants to see whether it answers. */
export async function fetchNow(ctx: IndicatorsContext, actor: Actor, key: string): Promise<Result<Taken, Problem>> {
  if (!keepsStrategy(actor)) return refuse(NOT_STRATEGY);
  const source = await findSource(ctx.database.read, key);
  if (source === undefined) return refuse({ kind: 'not-found', detail: 'Diese Kennzahl hat keine Quelle. Legen Sie zuerst eine an.' });
  return fetchOne(ctx, actor, source);
}

const CHANGED: Problem = { kind: 'conflict', detail: 'Jemand hat diese Quelle inzwischen geändert. Rufen Sie sie noch einmal ab.' };

async function fetchOne(ctx: IndicatorsContext, actor: Actor, { key, body }: SourceRow): Promise<Result<Taken, Problem>> {
  const { values, observedOn } = await ask(ctx, body);
  const now = ctx.clock();
  return ctx.database.write(async (tx) => {
    const present = await lockSource(tx, key);
    // what the source of before has answered is no figure of the one that is set now
    if (present === undefined || !isSameSource(present.body, body)) return refuse(CHANGED);
    const moved = await noteTry(tx, key, now, { observedOn, problem: values.ok ? undefined : values.problem.detail });
    if (moved) await moveRevision(tx);
    return values.ok ? ok(await takeValues(ctx, tx, actor, { key, values: values.value, now })) : values;
  });
}

const ACCEPT: Readonly<Record<Exclude<Source['kind'], 'sensorthings'>, string>> = {
  csv: 'text/csv, text/plain;q=0.8, */*;q=0.1',
  json: 'application/json',
  sparql: 'application/sparql-results+json',
};

async function ask(ctx: Pick<IndicatorsContext, 'outbound' | 'clock'>, source: Source): Promise<Asked> {
  const today = legalDay(ctx.clock());
  if (source.kind === 'sensorthings') return askDatastream(ctx, source, today);
  const answer = await ctx.outbound.text(addressOf(source), { ...WISH, headers: { accept: ACCEPT[source.kind] } });
  return { values: answer.ok ? readAnswer(source, answer.value.text, today) : answer };
}

/** SPARQL 1.1 Protocol, 2.1.1: the query by GET. */
function addressOf({ kind, url, query }: Source): string {
  if (kind !== 'sparql') return url;
  const address = new URL(url);
  address.searchParams.set('query', query);
  return address.href;
}
