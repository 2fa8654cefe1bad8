import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Forecast, LevelPoint, Peak } from '../domain/forecast.ts';

interface ForecastRow extends Omit<Forecast, 'peaks' | 'curve'> {
  readonly peaks: readonly (Omit<Peak, 'at'> & { readonly at: string })[];
  readonly curve: readonly (Omit<LevelPoint, 'at'> & { readonly at: string })[];
}

const toForecast = (row: ForecastRow): Forecast => ({
  ...row,
  peaks: row.peaks.map((peak) => ({ ...peak, at: Temporal.Instant.from(peak.at) })),
  curve: row.curve.map((point) => ({ ...point, at: Temporal.Instant.from(point.at) })),
});

const COLUMNS = sql`id, number, issuer, issued_at as "issuedAt", received_at as "receivedAt", entered_by as "enteredBy", synthetic, peaks, curve`;

/** The newest by time of issue first; `after` is the number the page before ended with. */
export async function listForecasts(
  db: Sql,
  lageId: string,
  { limit, after }: { readonly limit: number; readonly after?: number | undefined },
): Promise<Forecast[]> {
  const { rows } = await sql<ForecastRow>`select ${COLUMNS} from surge.forecast where lage_id = ${lageId}
    and (${after ?? null}::integer is null or (issued_at, number) < (select issued_at, number from surge.forecast where lage_id = ${lageId} and number = ${after ?? null}::integer))
    order by issued_at desc, number desc limit ${limit}`.execute(db);
  return rows.map(toForecast);
}

/** The forecast an issuer issued at a moment, if it is here already. */
export async function findForecast(db: Sql, lageId: string, issuer: string, issuedAt: Temporal.Instant): Promise<Forecast | undefined> {
  const { rows } =
    await sql<ForecastRow>`select ${COLUMNS} from surge.forecast where lage_id = ${lageId} and issuer = ${issuer} and issued_at = ${issuedAt}`.execute(db);
  return rows[0] && toForecast(rows[0]);
}

export async function insertForecast(tx: Tx, lageId: string, one: Forecast): Promise<void> {
  const written = (list: readonly { readonly at: Temporal.Instant }[]): string => JSON.stringify(list);
  await sql`insert into surge.forecast (id, lage_id, number, issuer, issued_at, received_at, entered_by, synthetic, peaks, curve)
    values (${one.id}, ${lageId}, ${one.number}, ${one.issuer}, ${one.issuedAt}, ${one.receivedAt}, ${one.enteredBy}, ${one.synthetic},
      ${written(one.peaks)}::jsonb, ${written(one.curve)}::jsonb)`.execute(tx);
}

export interface Reading extends LevelPoint {
  readonly source: string;
  readonly byHand: boolean;
  readonly receivedAt: Temporal.Instant;
}

/** Levels since a moment, oldest first, at most 2,000 and the newest of them. */
export async function listReadings(db: Sql, lageId: string, since: Temporal.Instant, limit = 2000): Promise<Reading[]> {
  const { rows } = await sql<Reading>`select at, metres, source, by_hand as "byHand", received_at as "receivedAt" from surge.reading
    where lage_id = ${lageId} and at >= ${since} order by at desc, source limit ${limit}`.execute(db);
  return rows.toReversed();
}

/** The newest level between two moments. */
export async function newestReading(
  db: Sql,
  lageId: string,
  { since, until }: { readonly since: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<Reading | undefined> {
  const { rows } = await sql<Reading>`select at, metres, source, by_hand as "byHand", received_at as "receivedAt" from surge.reading
    where lage_id = ${lageId} and at >= ${since} and at <= ${until} order by at desc, source limit 1`.execute(db);
  return rows[0];
}

/** @returns how many were new */
export async function insertReadings(tx: Tx, lageId: string, readings: readonly Reading[]): Promise<number> {
  if (readings.length === 0) return 0;
  const { rows } = await sql`insert into surge.reading (lage_id, at, source, by_hand, metres, received_at)
    select ${lageId}::uuid, * from unnest(${readings.map(({ at }) => at.toString())}::timestamptz[], ${readings.map(({ source }) => source)}::text[],
      ${readings.map(({ byHand }) => byHand)}::boolean[], ${readings.map(({ metres }) => metres)}::float8[], ${readings.map(({ receivedAt }) => receivedAt.toString())}::timestamptz[])
    on conflict do nothing returning 1`.execute(tx);
  return rows.length;
}
