import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { aggregated, readAnswer, readObservations } from '../domain/read-answer.ts';
import type { ImportedValue, Source } from '../domain/source.ts';
import { findSource, listSources, noteTry, type SourceRow } from '../store/sources.ts';
import type { IndicatorsContext } from './context.ts';
import { keepsStrategy, NOT_STRATEGY } from './define.ts';
import { takeValues, type Taken } from './take-values.ts';

const JOB: Actor = { kind: 'system', job: 'indicators.fetch' };
const WISH = { maxBytes: 5 * 1024 * 1024, timeoutMs: 20_000 };
/** Pages of observations that are read for one figure. */
const MOST_PAGES = 20;

/** Asks every source that is due; one that does not answer keeps nobody waiting and is said to be so. */
export async function fetchDue(ctx: IndicatorsContext): Promise<{ readonly fetched: number; readonly failed: number }> {
  let [fetched, failed] = [0, 0];
  for (const source of (await listSources(ctx.database.read)).filter((one) => isDue(one, ctx.clock()))) {
    const done = await fetchOne(ctx, JOB, source);
    if (done.ok) fetched += 1;
    else failed += 1;
  }
  return { fetched, failed };
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

async function fetchOne(ctx: IndicatorsContext, actor: Actor, { key, body }: SourceRow): Promise<Result<Taken, Problem>> {
  const answer = await ask(ctx, body);
  const now = ctx.clock();
  return ctx.database.write(async (tx) => {
    if (!answer.ok) {
      await noteTry(tx, key, now, answer.problem.detail);
      return answer;
    }
    await noteTry(tx, key, now);
    return ok(await takeValues(ctx, tx, actor, { key, values: answer.value, now }));
  });
}
const ACCEPT: Readonly<Record<Source['kind'], string>> = {
  csv: 'text/csv, text/plain;q=0.8, */*;q=0.1',
  json: 'application/json',
  sensorthings: 'application/json',
  sparql: 'application/sparql-results+json',
};

async function ask(ctx: Pick<IndicatorsContext, 'outbound' | 'clock'>, source: Source): Promise<Result<readonly ImportedValue[], Problem>> {
  const today = legalDay(ctx.clock());
  if (source.kind === 'sensorthings') return observations(ctx, source, today);
  const answer = await ctx.outbound.text(addressOf(source), { ...WISH, headers: { accept: ACCEPT[source.kind] } });
  return answer.ok ? readAnswer(source, answer.value.text, today) : answer;
}

/** SPARQL 1.1 Protocol, 2.1.1: the query by GET. */
function addressOf({ kind, url, query }: Source): string {
  if (kind !== 'sparql') return url;
  const address = new URL(url);
  address.searchParams.set('query', query);
  return address.href;
}

/** The observations of the last whole days of a Datastream, page by page, as one figure of yesterday. */
async function observations(
  ctx: Pick<IndicatorsContext, 'outbound'>,
  source: Source,
  today: Temporal.PlainDate,
): Promise<Result<readonly ImportedValue[], Problem>> {
  const from = today.subtract({ days: source.days }).toZonedDateTime('Europe/Berlin').toInstant();
  const until = today.toZonedDateTime('Europe/Berlin').toInstant();
  const first = new URL(`${source.url.replace(/\/$/, '')}/Observations`);
  first.searchParams.set('$select', 'result,phenomenonTime');
  first.searchParams.set('$filter', `phenomenonTime ge ${from.toString()} and phenomenonTime lt ${until.toString()}`);
  first.searchParams.set('$orderby', 'phenomenonTime asc');
  first.searchParams.set('$top', '1000');
  const results: number[] = [];
  let next: string | undefined = first.href;
  for (let page = 0; next !== undefined; page += 1) {
    if (page >= MOST_PAGES)
      return refuse({ kind: 'unavailable', detail: `Der Datenstrom hat mehr als ${MOST_PAGES} Seiten Messwerte. Nehmen Sie weniger Tage.` });
    const answer = await ctx.outbound.text(next, { ...WISH, headers: { accept: ACCEPT.sensorthings } });
    if (!answer.ok) return answer;
    const read = readObservations(answer.value.text);
    if (!read.ok) return read;
    for (const one of read.value.results) results.push(one);
    next = read.value.next;
  }
  const value = aggregated(results, source.aggregate);
  if (value === undefined) return refuse({ kind: 'unavailable', detail: 'In diesen Tagen hat der Datenstrom nichts gemessen. Prüfen Sie, ob er noch lebt.' });
  return ok([{ day: today.subtract({ days: 1 }).toString(), value }]);
}
