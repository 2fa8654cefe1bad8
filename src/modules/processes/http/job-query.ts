import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cursorId } from '../../../platform/http/paging.ts';
import type { JobsWish } from '../application/jobs-of.ts';
import type { JobStatus } from '../domain/process.ts';

const STATUSES: readonly JobStatus[] = ['accepted', 'running', 'successful', 'failed', 'dismissed'];
export const JOB_PARAMETERS = ['type', 'processID', 'status', 'datetime', 'minDuration', 'maxDuration', 'limit', 'cursor'];
const MOST = 100;

class Odd extends Error {}

/** All values of a parameter, also where one holds several with commas between. */
const values = (query: URLSearchParams, name: string): readonly string[] =>
  query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');

/** Reads the parameters of the list of jobs (OGC 18-062r2, requirements class "job list"). */
export function readJobQuery(query: URLSearchParams): Result<JobsWish & { readonly none: boolean }, Problem> {
  try {
    const cursor = cursorId(query.get('cursor') ?? undefined);
    if (!cursor.ok) return cursor;
    const statuses = values(query, 'status').map((one) => STATUSES.find((known) => known === one) ?? odd('status', `Es gibt ${STATUSES.join(', ')}.`));
    const types = values(query, 'type');
    const [minSeconds, maxSeconds] = [seconds(query, 'minDuration'), seconds(query, 'maxDuration')];
    return ok({
      statuses,
      processIds: values(query, 'processID'),
      ...times(query.get('datetime')),
      ...(minSeconds === undefined ? {} : { minSeconds }),
      ...(maxSeconds === undefined ? {} : { maxSeconds }),
      ...(cursor.value === undefined ? {} : { before: cursor.value }),
      limit: limitOf(query.get('limit')),
      // all jobs here are of processes
      none: types.length > 0 && !types.includes('process'),
    });
  } catch (error) {
    if (!(error instanceof Odd)) throw error;
    return refuse({ kind: 'invalid-input', detail: error.message });
  }
}

function odd(name: string, remedy: string): never {
  throw new Odd(`${name}: Das ist hier nicht möglich. ${remedy}`);
}

function seconds(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : odd(name, 'Geben Sie ganze Sekunden an.');
}

/** More than is given out is asked for often: it is cut, not refused. */
function limitOf(text: string | null): number {
  if (text === null) return 10;
  return /^\d{1,9}$/.test(text) && Number(text) >= 1 ? Math.min(MOST, Number(text)) : odd('limit', `Geben Sie eine ganze Zahl von 1 bis ${MOST} an.`);
}

/** An instant, or from/to with `..` for an open end. */
function times(text: string | null): { readonly from?: Temporal.Instant; readonly to?: Temporal.Instant } {
  if (text === null) return {};
  const [from = '', to = from, ...more] = text.split('/');
  if (more.length > 0) return odd('datetime', 'Ein Zeitraum hat einen Anfang und ein Ende.');
  return { ...bound('from', from), ...bound('to', to) };
}

function bound(name: 'from' | 'to', text: string): { readonly from?: Temporal.Instant; readonly to?: Temporal.Instant } {
  if (text === '' || text === '..') return {};
  try {
    const at = Temporal.Instant.from(text);
    const { year } = at.toZonedDateTimeISO('UTC');
    if (year >= 1900 && year <= 9999) return { [name]: at };
  } catch {
    // said below
  }
  return odd('datetime', 'Schreiben Sie einen Zeitpunkt wie 2026-11-24T09:00:00Z, oder zwei mit / dazwischen.');
}
