import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Campaign, CampaignFacts, CampaignState, Goal } from '../domain/campaign.ts';

interface Row {
  readonly id: string;
  readonly key: string | null;
  readonly title: string;
  readonly about: Pick<CampaignFacts, 'titles' | 'aim' | 'audience' | 'places' | 'channels' | 'material' | 'source' | 'ownPlacement'> & {
    readonly goal: Omit<Goal, 'by'> & { readonly by: string };
  };
  readonly budgetCents: number;
  readonly spentCents: number;
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
  readonly state: CampaignState;
  readonly version: number;
  readonly changedAt: Temporal.Instant;
}

const COLUMNS = sql`id, key, title, about, budget_cents as "budgetCents", spent_cents as "spentCents", starts_on as "startsOn", ends_on as "endsOn",
  state, version, changed_at as "changedAt"`;

const toCampaign = ({ about, ...row }: Row): Campaign => ({
  ...row,
  ...about,
  goal: { ...about.goal, by: Temporal.PlainDate.from(about.goal.by) },
});

const aboutOf = ({ titles, aim, goal, audience, places, channels, material, source, ownPlacement }: CampaignFacts): string =>
  JSON.stringify({ titles, aim, goal: { ...goal, by: goal.by.toString() }, audience, places, channels, material, source, ownPlacement });

export async function findCampaign(db: Sql, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from outreach.campaign where id = ${id}`.execute(db);
  return rows[0] && toCampaign(rows[0]);
}

/** As `findCampaign`, held. */
export async function lockCampaign(tx: Tx, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from outreach.campaign where id = ${id} for update`.execute(tx);
  return rows[0] && toCampaign(rows[0]);
}

export async function findByKey(db: Sql, key: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from outreach.campaign where key = ${key}`.execute(db);
  return rows[0] && toCampaign(rows[0]);
}

/** The latest beginning first. */
export async function listCampaigns(
  db: Sql,
  { limit, after }: { readonly limit: number; readonly after?: { readonly startsOn: string; readonly id: string } | undefined },
): Promise<readonly Campaign[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from outreach.campaign
    where ${after === undefined ? sql`true` : sql`(starts_on, id) < (${after.startsOn}::date, ${after.id}::uuid)`}
    order by starts_on desc, id desc limit ${limit}`.execute(db);
  return rows.map(toCampaign);
}

/** @returns `false` when the key is taken */
export async function insertCampaign(
  tx: Tx,
  id: string,
  facts: CampaignFacts,
  { now, key = null, state = 'draft' }: { readonly now: Temporal.Instant; readonly key?: string | null; readonly state?: CampaignState },
): Promise<boolean> {
  const { rows } = await sql`insert into outreach.campaign (id, key, title, about, budget_cents, spent_cents, starts_on, ends_on, state, changed_at)
    values (${id}, ${key}, ${facts.title}, ${aboutOf(facts)}::jsonb, ${facts.budgetCents}, ${facts.spentCents}, ${facts.startsOn}, ${facts.endsOn},
      ${state}, ${now}) on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function updateCampaign(tx: Tx, id: string, facts: CampaignFacts, now: Temporal.Instant): Promise<void> {
  await sql`update outreach.campaign set title = ${facts.title}, about = ${aboutOf(facts)}::jsonb, budget_cents = ${facts.budgetCents},
    spent_cents = ${facts.spentCents}, starts_on = ${facts.startsOn}, ends_on = ${facts.endsOn}, version = version + 1, changed_at = ${now}
    where id = ${id}`.execute(tx);
}

export async function setState(tx: Tx, id: string, state: CampaignState, now: Temporal.Instant): Promise<void> {
  await sql`update outreach.campaign set state = ${state}, version = version + 1, changed_at = ${now} where id = ${id}`.execute(tx);
}
