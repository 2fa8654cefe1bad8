import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { aggregated, observedDay, readObservations } from '../domain/read-answer.ts';
import type { ImportedValue, Source } from '../domain/source.ts';
import type { IndicatorsContext } from './context.ts';

export const WISH = { maxBytes: 5 * 1024 * 1024, timeoutMs: 20_000 };
/** Pages of observations that are read for one figure. */
const MOST_PAGES = 20;

/** What a source answered. */
export interface Asked {
  readonly values: Result<readonly ImportedValue[], Problem>;
  /** Of a Datastream: the day of its newest observation before today. */
  readonly observedOn?: string | undefined;
}

type Asking = Pick<IndicatorsContext, 'outbound'>;
const unavailable = (detail: string): { readonly ok: false; readonly problem: Problem } => refuse({ kind: 'unavailable', detail });

/** The observations of the last whole days of a Datastream as one figure of yesterday; and how long it has been silent. */
export async function askDatastream(ctx: Asking, source: Source, today: Temporal.PlainDate): Promise<Asked> {
  const read = await observations(ctx, source, today);
  if (!read.ok) return { values: read };
  const { results } = read.value;
  const newest = read.value.observedOn === undefined ? await newestDay(ctx, source, today) : ok(read.value.observedOn);
  if (!newest.ok) return { values: newest };
  const observedOn = newest.value;
  if (observedOn === undefined && results.length === 0)
    return { values: unavailable('Dieser Datenstrom hat noch nie gemessen. Prüfen Sie, ob es der richtige ist.') };
  const silent = observedOn === undefined ? 0 : Temporal.PlainDate.from(observedOn).until(today, { largestUnit: 'days' }).days;
  const value = aggregated(results, source.aggregate);
  // nothing measured is a count of 0 as long as the stream is alive, and no figure of a dead one
  if (silent > source.staleAfterDays || value === undefined) return { values: unavailable(silence(observedOn)), observedOn };
  return { values: ok([{ day: today.subtract({ days: 1 }).toString(), value }]), observedOn };
}

const silence = (observedOn: string | undefined): string =>
  `In diesen Tagen hat der Datenstrom nichts gemessen${observedOn === undefined ? '' : `, zuletzt am ${formatGermanDate(Temporal.PlainDate.from(observedOn))}`}. Prüfen Sie, ob er noch lebt.`;

function addressOf({ url }: Source, asked: Readonly<Record<string, string>>): string {
  const address = new URL(`${url.replace(/\/$/, '')}/Observations`);
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  return address.href;
}

const beginOf = (day: Temporal.PlainDate): string => day.toZonedDateTime('Europe/Berlin').toInstant().toString();

/** Page by page, oldest first. */
async function observations(
  ctx: Asking,
  source: Source,
  today: Temporal.PlainDate,
): Promise<Result<{ readonly results: readonly number[]; readonly observedOn: string | undefined }, Problem>> {
  const from = beginOf(today.subtract({ days: source.days }));
  const results: number[] = [];
  let observedOn: string | undefined;
  let next: string | undefined = addressOf(source, {
    $select: 'result,phenomenonTime',
    $filter: `phenomenonTime ge ${from} and phenomenonTime lt ${beginOf(today)}`,
    $orderby: 'phenomenonTime asc',
    $top: '1000',
  });
  for (let page = 0; next !== undefined; page += 1) {
    if (page >= MOST_PAGES) return unavailable(`Der Datenstrom hat mehr als ${MOST_PAGES} Seiten Messwerte. Nehmen Sie weniger Tage.`);
    const answer = await ctx.outbound.text(next, { ...WISH, headers: { accept: 'application/json' } });
    if (!answer.ok) return answer;
    const read = readObservations(answer.value.text);
    if (!read.ok) return read;
    for (const one of read.value.results) results.push(one);
    observedOn = observedDay(answer.value.text) ?? observedOn;
    next = read.value.next;
  }
  return ok({ results, observedOn });
}

/** The day of the newest observation before today; `undefined`: there is none, or it names no time. */
async function newestDay(ctx: Asking, source: Source, today: Temporal.PlainDate): Promise<Result<string | undefined, Problem>> {
  const asked = { $select: 'result,phenomenonTime', $filter: `phenomenonTime lt ${beginOf(today)}`, $orderby: 'phenomenonTime desc', $top: '1' };
  const answer = await ctx.outbound.text(addressOf(source, asked), { ...WISH, headers: { accept: 'application/json' } });
  if (!answer.ok) return answer;
  const read = readObservations(answer.value.text);
  return read.ok ? ok(observedDay(answer.value.text)) : read;
}
