import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface ConsultationKey {
  readonly day: Temporal.PlainDate;
  readonly placeKey: string;
  readonly reason: string;
  readonly length: string;
  readonly lang: string;
}

export async function countUp(tx: Tx, { day, placeKey, reason, length, lang }: ConsultationKey): Promise<void> {
  await sql`insert into guides.consultation as c (day, place_key, reason, length, lang, count) values (${day}, ${placeKey}, ${reason}, ${length}, ${lang}, 1)
    on conflict (day, place_key, reason, length, lang) do update set count = c.count + 1`.execute(tx);
}

/** Takes one back that was counted by mistake. @returns whether there was one */
export async function countDown(tx: Tx, { day, placeKey, reason, length, lang }: ConsultationKey): Promise<boolean> {
  const where = sql`day = ${day}::date and place_key = ${placeKey} and reason = ${reason} and length = ${length} and lang = ${lang}`;
  const gone = await sql`delete from guides.consultation where ${where} and count = 1`.execute(tx);
  if (Number(gone.numAffectedRows ?? 0) === 1) return true;
  const less = await sql`update guides.consultation set count = count - 1 where ${where}`.execute(tx);
  return Number(less.numAffectedRows ?? 0) === 1;
}

/** Counts of days, by reason. */
export async function countsByReason(
  db: Sql,
  from: Temporal.PlainDate,
  until: Temporal.PlainDate,
): Promise<readonly { readonly reason: string; readonly count: number }[]> {
  const { rows } = await sql<{ reason: string; count: number }>`select reason, sum(count)::int as count from guides.consultation
    where day between ${from}::date and ${until}::date group by reason order by reason`.execute(db);
  return rows;
}
