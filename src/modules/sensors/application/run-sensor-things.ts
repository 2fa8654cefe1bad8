import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { SensorThingsSource } from '../domain/connector.ts';
import { isInstant } from '../domain/input-fields.ts';
import type { Json } from '../domain/observation.ts';
import { secretOf, type ConnectorContext } from './connector-context.ts';
import { keepNew, type Brought, type Candidate } from './keep-new.ts';

const MOST_BYTES = 20_000_000;
const TIMEOUT_MS = 30_000;
const PAGE = 1000;
/** What one run reads of one datastream; the next run goes on. */
const MOST_PAGES = 200;
/** As for rows of other sources. */
const AHEAD = { hours: 24 } as const;
const FIELDS = ['phenomenonTime', 'resultTime', 'result'] as const;

type Marks = Readonly<Record<string, string>>;
const wrong = (detail: string): Problem => ({ kind: 'unavailable', detail });

/**
 * Reads another city's datastreams from where it was. Each page is kept with how far it goes. It looks back a little
 * each time, for what arrived late; what is known already is not doubled.
 * @param late whether the time of this run is over
 */
export async function runSensorThings(
  ctx: ConnectorContext,
  { id, marks }: { readonly id: string; readonly marks: Marks },
  source: SensorThingsSource,
  late: () => boolean,
): Promise<Result<Brought, Problem>> {
  const secret = secretOf(ctx, source.secret);
  if (!secret.ok) return secret;
  const headers = { accept: 'application/json', ...(secret.value === undefined ? {} : { authorization: `Bearer ${secret.value}` }) };
  let [kept, rejected] = [0, 0];
  let failure: Problem | undefined;
  for (const { from, to } of source.streams) {
    if (late()) break;
    const read = await readStream(ctx, { id, source, headers, from, to, mark: marks[String(from)], late });
    kept += read.kept;
    rejected += read.rejected;
    if (read.gone === true) return ok({ kept, rejected, gone: true });
    // one datastream that is gone over there keeps no other waiting
    failure ??= read.failure;
  }
  return failure === undefined ? ok({ kept, rejected }) : refuse(failure);
}

interface Reading {
  readonly id: string;
  readonly source: SensorThingsSource;
  readonly headers: Readonly<Record<string, string>>;
  readonly from: number | string;
  readonly to: number;
  readonly mark: string | undefined;
  readonly late: () => boolean;
}

async function readStream(ctx: ConnectorContext, { id, source, headers, from, to, mark, late }: Reading): Promise<Brought & { readonly failure?: Problem }> {
  const brought = { kept: 0, rejected: 0 };
  let high = mark;
  let next: string | undefined = firstPage(source, from, mark, ctx.clock());
  for (let page = 0; next !== undefined && page < MOST_PAGES && !late(); page += 1) {
    const answer = await ctx.outbound.text(next, { maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, headers });
    if (!answer.ok) return { ...brought, failure: wrong(`Datastream(${from}): ${answer.problem.detail}`) };
    const read = readPage(answer.value.text, to, ctx.clock());
    if (read === undefined)
      return { ...brought, failure: wrong(`Datastream(${from}): Die Antwort ist keine Seite von Observations. Prüfen Sie die Adresse; sie endet auf /v1.1.`) };
    high = read.latest === undefined || (high !== undefined && Temporal.Instant.compare(read.latest, high) <= 0) ? high : read.latest;
    const done = await keepNew(ctx, id, read.candidates, { reasons: read.reasons, marks: high === undefined ? {} : { [String(from)]: high } });
    brought.kept += done.kept;
    brought.rejected += done.rejected;
    if (done.gone === true) return { ...brought, gone: true };
    if (read.next !== undefined && URL.parse(read.next)?.origin !== new URL(source.url).origin)
      return {
        ...brought,
        failure: wrong(`Datastream(${from}): Die nächste Seite soll anderswo liegen. Das lesen wir nicht; fragen Sie, wer die Daten anbietet.`),
      };
    next = read.next;
  }
  return brought;
}

function firstPage({ url, since, lateMinutes }: SensorThingsSource, from: number | string, mark: string | undefined, now: Temporal.Instant): string {
  // marks of earlier versions may lie ahead
  const known = mark === undefined || Temporal.Instant.compare(mark, now) <= 0 ? mark : now.toString();
  const begin =
    known === undefined ? (since ?? now.subtract({ hours: 24 }).toString()) : Temporal.Instant.from(known).subtract({ minutes: lateMinutes }).toString();
  const id = typeof from === 'number' ? String(from) : `'${from.replaceAll("'", "''")}'`;
  const query = new URLSearchParams({ $filter: `phenomenonTime ge ${begin}`, $orderby: 'phenomenonTime asc', $top: String(PAGE), $select: FIELDS.join(',') });
  return `${url.replace(/\/+$/, '')}/Datastreams(${encodeURIComponent(id)})/Observations?${query.toString().replaceAll('+', '%20')}`;
}

interface Page {
  readonly candidates: readonly Candidate[];
  readonly reasons: readonly string[];
  readonly latest?: string;
  readonly next?: string;
}

function readPage(text: string, to: number, now: Temporal.Instant): Page | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { value, '@iot.nextLink': next } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (!Array.isArray(value)) return undefined;
  const candidates: Candidate[] = [];
  const reasons: string[] = [];
  let latest: string | undefined;
  for (const row of value as readonly unknown[]) {
    const fields = (typeof row === 'object' && row !== null ? row : {}) as Readonly<Record<string, Json | undefined>>;
    const time = typeof fields['phenomenonTime'] === 'string' ? fields['phenomenonTime'].split('/')[0]! : '';
    if (!isInstant(time) || fields['result'] === undefined) {
      reasons.push('Eine Observation hat keine Zeit oder kein Ergebnis.');
      continue;
    }
    if (Temporal.Instant.compare(time, now.add(AHEAD)) > 0) {
      reasons.push('Eine Observation liegt mehr als einen Tag in der Zukunft.');
      continue;
    }
    // never beyond now: whoever goes on after it would miss what comes until then
    const mark = Temporal.Instant.compare(time, now) > 0 ? now.toString() : time;
    if (latest === undefined || Temporal.Instant.compare(mark, latest) > 0) latest = mark;
    candidates.push({
      streamId: to,
      values: Object.fromEntries(
        FIELDS.flatMap((name) => (fields[name] === undefined || (fields[name] === null && name !== 'result') ? [] : [[name, fields[name]]])),
      ),
    });
  }
  return { candidates, reasons, ...(latest === undefined ? {} : { latest }), ...(typeof next === 'string' ? { next } : {}) };
}
