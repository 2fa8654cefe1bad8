import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { CheckedScenario, Parameters, Scenario, Visibility } from '../domain/scenario.ts';

const SCENARIO = sql`s.id, s.owner, s.title, s.question, s.area, s.data, s.presets, s.visibility, s.version, s.share_until as "shareUntil",
  s.join_until as "joinUntil", s.created_at as "createdAt", s.changed_at as "changedAt"`;

export async function insertScenario(tx: Tx, id: string, owner: string, wish: CheckedScenario, now: Temporal.Instant): Promise<void> {
  await sql`insert into scenarios.scenario (id, owner, title, question, area, data, visibility, created_at, changed_at)
    values (${id}, ${owner}, ${wish.title}, ${wish.question}, ${JSON.stringify(wish.area)}::jsonb, ${JSON.stringify(wish.data)}::jsonb, 'private', ${now}, ${now})`.execute(
    tx,
  );
}

/** @returns how many scenarios the owner has; other makings of the owner wait until the commit */
export async function countScenarios(tx: Tx, owner: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`scenarios ${owner}`}))`.execute(tx);
  return (await sql<{ count: number }>`select count(*)::int as count from scenarios.scenario where owner = ${owner}`.execute(tx)).rows[0]!.count;
}

export interface FoundScenario {
  readonly scenario: Scenario;
  /** In the journal's notation. */
  readonly coworkers: readonly string[];
}

type Row = Scenario & { coworkers: readonly string[] };
const COWORKERS = sql`(select coalesce(json_agg(c.who order by c.joined_at), '[]'::json) from scenarios.coworker c where c.scenario_id = s.id) as coworkers`;

function found(row: Row | undefined): FoundScenario | undefined {
  if (row === undefined) return undefined;
  const { coworkers, ...scenario } = row;
  return { scenario, coworkers };
}

/** @param lock keeps others from changing it until the commit */
export async function findScenario(db: Sql, id: string, lock = false): Promise<FoundScenario | undefined> {
  const { rows } = await sql<Row>`select ${SCENARIO}, ${COWORKERS} from scenarios.scenario s where s.id = ${id} ${lock ? sql`for update of s` : sql``}`.execute(
    db,
  );
  return found(rows[0]);
}

/** The scenario that a link shows, or lets people work along on, while the link has not ended. */
export async function findByKey(db: Sql, link: 'share' | 'join', hash: string, now: Temporal.Instant): Promise<FoundScenario | undefined> {
  const [column, until] = [sql.ref(`s.${link}_hash`), sql.ref(`s.${link}_until`)];
  const { rows } = await sql<Row>`select ${SCENARIO}, ${COWORKERS} from scenarios.scenario s where ${column} = ${hash} and ${until} > ${now}`.execute(db);
  return found(rows[0]);
}

export interface ScenarioQuery {
  /** `own`: made by `who`, or worked on; `open`: others that `who` may see. */
  readonly which: 'own' | 'open';
  readonly who: string;
  readonly visibilities: readonly Visibility[];
  readonly before?: string;
  readonly limit: number;
}

/** Newest first. */
export async function listScenarios(db: Sql, { which, who, visibilities, before, limit }: ScenarioQuery): Promise<readonly FoundScenario[]> {
  const own = sql`(s.owner = ${who} or s.id in (select scenario_id from scenarios.coworker where who = ${who}))`;
  const { rows } = await sql<Row>`select ${SCENARIO}, ${COWORKERS} from scenarios.scenario s
    where ${which === 'own' ? own : sql`s.visibility = any(${visibilities}::text[]) and not ${own}`} and ${before === undefined ? sql`true` : sql`s.id < ${before}`}
    order by s.id desc limit ${limit}`.execute(db);
  return rows.map((row) => found(row)!);
}

/** @param outdated whether results no longer fit */
export async function updateScenario(
  tx: Tx,
  id: string,
  { title, question, area, data }: CheckedScenario,
  outdated: boolean,
  now: Temporal.Instant,
): Promise<void> {
  await sql`update scenarios.scenario set title = ${title}, question = ${question}, area = ${JSON.stringify(area)}::jsonb, data = ${JSON.stringify(data)}::jsonb,
    version = version + ${outdated ? 1 : 0}, changed_at = ${now} where id = ${id}`.execute(tx);
}

export async function setVisibility(tx: Tx, id: string, visibility: Visibility, now: Temporal.Instant): Promise<void> {
  await sql`update scenarios.scenario set visibility = ${visibility}, changed_at = ${now} where id = ${id}`.execute(tx);
}

export async function setPreset(tx: Tx, id: string, process: string, parameters: Parameters): Promise<void> {
  await sql`update scenarios.scenario set presets = presets || ${JSON.stringify({ [process]: parameters })}::jsonb where id = ${id}`.execute(tx);
}

/** A new link in place of the old one. @param key `null` ends it */
export async function setLink(
  tx: Tx,
  id: string,
  link: 'share' | 'join',
  key: { readonly hash: string; readonly until: Temporal.Instant } | null,
): Promise<void> {
  const [column, until] = [sql.ref(`${link}_hash`), sql.ref(`${link}_until`)];
  await sql`update scenarios.scenario set ${column} = ${key?.hash ?? null}, ${until} = ${key?.until ?? null} where id = ${id}`.execute(tx);
}

export async function addCoworker(tx: Tx, id: string, who: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into scenarios.coworker (scenario_id, who, joined_at) values (${id}, ${who}, ${now}) on conflict do nothing`.execute(tx);
}

/** @param who absent: all of them */
export async function removeCoworkers(tx: Tx, id: string, who?: string): Promise<void> {
  await sql`delete from scenarios.coworker where scenario_id = ${id} and ${who === undefined ? sql`true` : sql`who = ${who}`}`.execute(tx);
}

export async function deleteScenario(tx: Tx, id: string): Promise<void> {
  await sql`delete from scenarios.scenario where id = ${id}`.execute(tx);
}
