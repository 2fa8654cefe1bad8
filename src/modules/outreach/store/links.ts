import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { CampaignFacts, CampaignState } from '../domain/campaign.ts';
import type { Link, LinkFacts } from '../domain/link.ts';

interface Row extends Omit<Link, 'shares' | 'endsOn' | 'endedAt'> {
  readonly shares: string | null;
  readonly endsOn: Temporal.PlainDate | null;
  readonly endedAt: Temporal.Instant | null;
}

const COLUMNS = sql`l.code, l.campaign_id as "campaignId", l.target, l.channel, l.place, l.material, l.shares, l.ends_on as "endsOn",
  l.ended_at as "endedAt", l.created_at as "createdAt"`;

const toLink = ({ shares, endsOn, endedAt, ...row }: Row): Link => ({
  ...row,
  ...(shares === null ? {} : { shares }),
  ...(endsOn === null ? {} : { endsOn }),
  ...(endedAt === null ? {} : { endedAt }),
});

/** What following a link needs of its campaign. */
export interface FoundLink {
  readonly link: Link;
  readonly campaign: Pick<CampaignFacts, 'title' | 'titles' | 'startsOn' | 'endsOn'> & { readonly state: CampaignState };
}

export async function findLink(db: Sql, code: string): Promise<FoundLink | undefined> {
  const { rows } = await sql<Row & Pick<CampaignFacts, 'title' | 'titles' | 'startsOn'> & { state: CampaignState; campaignEndsOn: Temporal.PlainDate }>`
    select ${COLUMNS}, c.title, c.about -> 'titles' as titles, c.state, c.starts_on as "startsOn", c.ends_on as "campaignEndsOn"
    from outreach.link l join outreach.campaign c on c.id = l.campaign_id where l.code = ${code}`.execute(db);
  if (rows[0] === undefined) return undefined;
  const { title, titles, state, startsOn, campaignEndsOn, ...row } = rows[0];
  return { link: toLink(row), campaign: { title, titles, state, startsOn, endsOn: campaignEndsOn } };
}

export async function listLinks(db: Sql, campaignId: string, limit: number): Promise<readonly Link[]> {
  const { rows } =
    await sql<Row>`select ${COLUMNS} from outreach.link l where l.campaign_id = ${campaignId} order by l.created_at, l.code limit ${limit}`.execute(db);
  return rows.map(toLink);
}

export async function countLinks(db: Sql, campaignId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from outreach.link where campaign_id = ${campaignId}`.execute(db);
  return rows[0]!.n;
}

/** Whether a link of this code leads there. */
export async function leadsTo(db: Sql, code: string, target: string): Promise<boolean> {
  const { rows } = await sql`select 1 from outreach.link where code = ${code} and target = ${target}`.execute(db);
  return rows.length === 1;
}

/** Codes of all links that lead there. */
export async function codesTo(db: Sql, target: string): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`select code from outreach.link where target = ${target} order by code`.execute(db);
  return rows.map(({ code }) => code);
}

/** @returns `false` when the code is taken, or the service is shared already */
export async function insertLink(
  tx: Tx,
  code: string,
  { campaignId, now, shares }: { readonly campaignId: string; readonly now: Temporal.Instant; readonly shares?: string },
  facts: LinkFacts,
): Promise<boolean> {
  const { rows } = await sql`insert into outreach.link (code, campaign_id, target, channel, place, material, shares, ends_on, created_at)
    values (${code}, ${campaignId}, ${facts.target}, ${facts.channel}, ${facts.place}, ${facts.material}, ${shares ?? null}, ${facts.endsOn ?? null}, ${now})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function sharedCode(db: Sql, service: string): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`select code from outreach.link where shares = ${service}`.execute(db);
  return rows[0]?.code;
}

/** @returns `false` when it had ended before */
export async function endLink(tx: Tx, code: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update outreach.link set ended_at = ${now} where code = ${code} and ended_at is null returning 1`.execute(tx);
  return rows.length === 1;
}
