import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Content, LandingPage, PageVersion } from '../domain/landing.ts';

const COLUMNS = sql`slug, campaign_id as "campaignId", code, draft, version, published, changed_at as "changedAt"`;
/** What cannot be a slug is none. */
const isSlug = (text: string): boolean => /^[a-z0-9-]{1,64}$/.test(text);

export async function findPage(db: Sql, slug: string): Promise<LandingPage | undefined> {
  if (!isSlug(slug)) return undefined;
  const { rows } = await sql<LandingPage>`select ${COLUMNS} from outreach.page where slug = ${slug}`.execute(db);
  return rows[0];
}

/** As `findPage`, held. */
export async function lockPage(tx: Tx, slug: string): Promise<LandingPage | undefined> {
  if (!isSlug(slug)) return undefined;
  const { rows } = await sql<LandingPage>`select ${COLUMNS} from outreach.page where slug = ${slug} for update`.execute(tx);
  return rows[0];
}

export async function pagesOf(db: Sql, campaignId: string): Promise<readonly LandingPage[]> {
  const { rows } = await sql<LandingPage>`select ${COLUMNS} from outreach.page where campaign_id = ${campaignId} order by slug limit 100`.execute(db);
  return rows;
}

/** @returns `false` when the slug is taken */
export async function insertPage(tx: Tx, page: Pick<LandingPage, 'slug' | 'campaignId' | 'code' | 'draft'>, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into outreach.page (slug, campaign_id, code, draft, changed_at)
    values (${page.slug}, ${page.campaignId}, ${page.code}, ${JSON.stringify(page.draft)}::jsonb, ${now}) on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function updateDraft(tx: Tx, slug: string, draft: Content, now: Temporal.Instant): Promise<void> {
  await sql`update outreach.page set draft = ${JSON.stringify(draft)}::jsonb, version = version + 1, changed_at = ${now} where slug = ${slug}`.execute(tx);
}

/** Keeps what is published as the next version. @returns its number */
export async function insertVersion(tx: Tx, slug: string, version: Omit<PageVersion, 'number'>): Promise<number> {
  const { rows } = await sql<{ number: number }>`insert into outreach.page_version (slug, number, content, reason, published_by, published_at)
    values (${slug}, (select coalesce(max(number), 0) + 1 from outreach.page_version where slug = ${slug}), ${JSON.stringify(version.content)}::jsonb,
      ${version.reason}, ${version.publishedBy}, ${version.publishedAt}) returning number`.execute(tx);
  return rows[0]!.number;
}

export async function setPublished(tx: Tx, slug: string, number: number | null, now: Temporal.Instant): Promise<void> {
  await sql`update outreach.page set published = ${number}, version = version + 1, changed_at = ${now} where slug = ${slug}`.execute(tx);
}

/** The latest first, without their content. */
export async function versionsOf(db: Sql, slug: string): Promise<readonly Omit<PageVersion, 'content'>[]> {
  const { rows } = await sql<Omit<PageVersion, 'content'>>`select number, reason, published_by as "publishedBy", published_at as "publishedAt"
    from outreach.page_version where slug = ${slug} order by number desc limit 50`.execute(db);
  return rows;
}

/** A page as everybody sees it: the version in force. */
export interface PublishedPage extends Pick<LandingPage, 'slug' | 'campaignId' | 'code'> {
  readonly number: number;
  readonly content: Content;
  readonly publishedAt: Temporal.Instant;
}

export async function findPublished(db: Sql, slug: string): Promise<PublishedPage | undefined> {
  if (!isSlug(slug)) return undefined;
  const { rows } = await sql<PublishedPage>`select p.slug, p.campaign_id as "campaignId", p.code, v.number, v.content, v.published_at as "publishedAt"
    from outreach.page p join outreach.page_version v on v.slug = p.slug and v.number = p.published where p.slug = ${slug}`.execute(db);
  return rows[0];
}

export interface KeptPicture {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export async function insertPicture(tx: Tx, slug: string, sha256: string, { mediaType, bytes }: KeptPicture): Promise<void> {
  await sql`insert into outreach.picture (slug, sha256, media_type, bytes) values (${slug}, ${sha256}, ${mediaType}, ${bytes})
    on conflict do nothing`.execute(tx);
}

export async function findPicture(db: Sql, slug: string, sha256: string): Promise<KeptPicture | undefined> {
  if (!isSlug(slug) || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const { rows } = await sql<KeptPicture>`select media_type as "mediaType", bytes from outreach.picture where slug = ${slug} and sha256 = ${sha256}`.execute(
    db,
  );
  return rows[0];
}

export async function picturesOf(db: Sql, slug: string): Promise<readonly string[]> {
  const { rows } = await sql<{ sha256: string }>`select sha256 from outreach.picture where slug = ${slug}`.execute(db);
  return rows.map(({ sha256 }) => sha256);
}
