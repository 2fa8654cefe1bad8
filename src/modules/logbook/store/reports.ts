import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ReadReport, ReportVersion } from '../domain/situation-report.ts';

const REPORT = sql`r.id, r.number, r.version, r.title, r.as_of as "asOf", r.sections, r.written_at as "writtenAt", r.author_id as "authorId", r.author,
  r.author_function as "authorFunction", r.sha256,
  (select json_build_object('at', to_char(f.released_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'by', f.by_name, 'byFunction', f.by_function,
      'logNumber', f.log_number)
    from logbook.report_release f where f.lage_id = r.lage_id and f.report_id = r.id and f.version = r.version) as release`;

interface ReportRow extends Omit<ReadReport, 'release'> {
  readonly release: { readonly at: string; readonly by: string; readonly byFunction: string; readonly logNumber: number } | null;
}

const toReport = ({ release, ...report }: ReportRow): ReadReport => ({
  ...report,
  release: release === null ? null : { ...release, at: Temporal.Instant.from(release.at) },
});

/** The number of the next report of a Lage; its book of messages is held by the caller, so that no two take the same. */
export async function nextReportNumber(tx: Tx, lageId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`select coalesce(max(number), 0) + 1 as number from logbook.report where lage_id = ${lageId}`.execute(tx);
  return rows[0]!.number;
}

/** @returns `false` when there is this version already */
export async function insertReport(tx: Tx, lageId: string, one: ReportVersion): Promise<boolean> {
  const { rows } =
    await sql`insert into logbook.report (lage_id, id, number, version, title, as_of, sections, written_at, author_id, author, author_function, sha256)
    values (${lageId}, ${one.id}, ${one.number}, ${one.version}, ${one.title}, ${one.asOf}, ${JSON.stringify(one.sections)}::jsonb, ${one.writtenAt},
      ${one.authorId}, ${one.author}, ${one.authorFunction}, ${one.sha256})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function insertRelease(
  tx: Tx,
  lageId: string,
  report: Pick<ReportVersion, 'id' | 'version'>,
  by: { readonly id: string; readonly name: string; readonly function: string },
  logNumber: number,
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into logbook.report_release (lage_id, report_id, version, released_at, by_id, by_name, by_function, log_number)
    values (${lageId}, ${report.id}, ${report.version}, ${now}, ${by.id}, ${by.name}, ${by.function}, ${logNumber})`.execute(tx);
}

/** The last version of each report, the newest first. */
export async function listReports(
  db: Sql,
  lageId: string,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<ReadReport[]> {
  const { rows } = await sql<ReportRow>`select distinct on (r.number) ${REPORT} from logbook.report r
    where r.lage_id = ${lageId} and ${before === undefined ? sql`true` : sql`r.number < ${before}`} order by r.number desc, r.version desc limit ${limit}`.execute(
    db,
  );
  return rows.map(toReport);
}

/** All versions of a report, the newest first. */
export async function reportVersions(db: Sql, lageId: string, id: string): Promise<ReadReport[]> {
  const { rows } =
    await sql<ReportRow>`select ${REPORT} from logbook.report r where r.lage_id = ${lageId} and r.id = ${id} order by r.version desc limit 500`.execute(db);
  return rows.map(toReport);
}

/** Every version of every report, in their order, for the export. */
export async function allReports(db: Sql, lageId: string): Promise<ReadReport[]> {
  const { rows } = await sql<ReportRow>`select ${REPORT} from logbook.report r where r.lage_id = ${lageId} order by r.number, r.version`.execute(db);
  return rows.map(toReport);
}

/** Held until the commit: somebody releases or changes it. */
export async function lockReport(tx: Tx, lageId: string, id: string): Promise<ReadReport | undefined> {
  await sql`select 1 from logbook.report where lage_id = ${lageId} and id = ${id} order by version for update`.execute(tx);
  return (await reportVersions(tx, lageId, id))[0];
}
