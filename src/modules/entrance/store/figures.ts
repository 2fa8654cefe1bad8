import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** What is kept of each kind. */
export interface FigureBodies {
  readonly times: readonly { readonly service: string; readonly cases: number; readonly medianDays?: number; readonly p80Days?: number }[];
  readonly used: readonly { readonly service: string; readonly people: number }[];
  readonly followed: readonly { readonly service: string; readonly next: string; readonly people: number }[];
}

export interface Kept<Body> {
  readonly computedAt: Temporal.Instant;
  readonly body: Body;
}

/** Absent: not computed yet. */
export type Figures = { readonly [K in keyof FigureBodies]?: Kept<FigureBodies[K]> };

/** All figures, in one question. */
export async function readFigures(db: Sql): Promise<Figures> {
  const rows = await sql<{
    kind: string;
    computedAt: Temporal.Instant;
    body: unknown;
  }>`select kind, computed_at as "computedAt", body from entrance.figures`.execute(db);
  return Object.fromEntries(rows.rows.map(({ kind, computedAt, body }) => [kind, { computedAt, body }])) as Figures;
}

/** Takes the place of what was computed before. */
export async function keepFigures<K extends keyof FigureBodies>(tx: Tx, kind: K, body: FigureBodies[K], at: Temporal.Instant): Promise<void> {
  await sql`insert into entrance.figures (kind, computed_at, body) values (${kind}, ${at}, ${JSON.stringify(body)}::jsonb)
    on conflict (kind) do update set computed_at = excluded.computed_at, body = excluded.body`.execute(tx);
}
