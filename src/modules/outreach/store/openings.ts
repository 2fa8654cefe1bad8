import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { LandingStep, Opening, Verdict } from '../domain/follow.ts';

/** @param n whole tens */
export async function addOpenings(tx: Tx, opening: Opening, day: Temporal.PlainDate, verdict: Verdict, n: number): Promise<void> {
  if (opening.kind === 'link')
    await sql`insert into outreach.follow as f (code, day, verdict, n) values (${opening.code}, ${day}, ${verdict}, ${n})
      on conflict (code, day, verdict) do update set n = f.n + excluded.n`.execute(tx);
  else
    await sql`insert into outreach.landing_opened as o (slug, step, day, verdict, n) values (${opening.slug}, ${opening.step}, ${day}, ${verdict}, ${n})
      on conflict (slug, step, day, verdict) do update set n = o.n + excluded.n`.execute(tx);
}

/** What counted of a link, or of a step of a landing page, since a day. */
export async function countedSince(db: Sql, opening: Opening, day: Temporal.PlainDate): Promise<number> {
  const { rows } =
    opening.kind === 'link'
      ? await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from outreach.follow
          where code = ${opening.code} and verdict = 'counted' and day >= ${day}::date`.execute(db)
      : await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from outreach.landing_opened
          where slug = ${opening.slug} and step = ${opening.step} and verdict = 'counted' and day >= ${day}::date`.execute(db);
  return rows[0]!.n;
}

export interface FollowCount {
  readonly code: string;
  readonly verdict: Verdict;
  readonly n: number;
}

/** Sums of all days, of the links of a campaign. */
export async function followCounts(db: Sql, campaignId: string): Promise<readonly FollowCount[]> {
  const { rows } = await sql<FollowCount>`select f.code, f.verdict, sum(f.n)::int as n from outreach.follow f
    join outreach.link l on l.code = f.code where l.campaign_id = ${campaignId} group by f.code, f.verdict`.execute(db);
  return rows;
}

export interface LandingCount {
  readonly slug: string;
  readonly step: LandingStep;
  readonly verdict: Verdict;
  readonly n: number;
}

/** Sums of all days, of the landing pages of a campaign. */
export async function landingCounts(db: Sql, campaignId: string): Promise<readonly LandingCount[]> {
  const { rows } = await sql<LandingCount>`select o.slug, o.step, o.verdict, sum(o.n)::int as n from outreach.landing_opened o
    join outreach.page p on p.slug = o.slug where p.campaign_id = ${campaignId} group by o.slug, o.step, o.verdict`.execute(db);
  return rows;
}
