import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Member } from '../domain/event.ts';
import type { Fusable } from '../domain/match.ts';
import type { ReportState } from '../../../kernel/report.ts';

type Row = Omit<Member, 'print'> & { canonical: string; signature: string; names: string[]; letters: number };

const COLUMNS = sql`r.id, r.lage_id as "lageId", r.event_id as "eventId", r.origin, r.source_name as "sourceName", r.organisation, r.source_ref as "sourceRef",
  r.origin_ref as "originRef", r.text, r.category, r.lon, r.lat, r.uncertainty_metres as "uncertaintyMetres", r.event_at as "eventAt",
  r.received_at as "receivedAt", r.pictures, r.claims, r.state, r.quarantined, r.collapsed, r.collapsed_text as "collapsedText", r.reliability,
  r.credibility, r.canonical, r.signature, r.names, r.letters`;

const toHex = (numbers: readonly number[]): string => Buffer.from(Int32Array.from(numbers).buffer).toString('hex');
function fromHex(text: string): number[] {
  const bytes = Buffer.from(text, 'hex');
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32LE(index * 4));
}

const memberOf = ({ canonical, signature, names, letters, ...row }: Row): Member => ({
  ...row,
  print: { canonical, signature: fromHex(signature), names, length: letters },
});

/** Reports of events, the newest first, so many of each. */
export async function membersOf(db: Sql, eventIds: readonly string[], limit: number): Promise<Member[]> {
  if (eventIds.length === 0) return [];
  const { rows } = await sql<Row>`select ${COLUMNS} from unnest(${[...eventIds]}::uuid[]) as e (id)
    cross join lateral (select * from reports.report m where m.event_id = e.id order by m.received_at desc, m.id desc limit ${limit}) r`.execute(db);
  return rows.map(memberOf);
}

export async function findReport(db: Sql, lageId: string, id: string): Promise<Member | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from reports.report r where r.lage_id = ${lageId} and r.id = ${id}`.execute(db);
  return rows[0] && memberOf(rows[0]);
}

/** Holds reports until the commit. */
export async function lockReports(tx: Tx, lageId: string, ids: readonly string[]): Promise<Member[]> {
  const { rows } =
    await sql<Row>`select ${COLUMNS} from reports.report r where r.lage_id = ${lageId} and r.id = any(${[...ids]}::uuid[]) order by r.id for update`.execute(
      tx,
    );
  return rows.map(memberOf);
}

/** Ids of all reports of an event. */
export async function idsOf(db: Sql, eventId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from reports.report where event_id = ${eventId} order by id`.execute(db);
  return rows.map(({ id }) => id);
}

export interface ReportPage {
  readonly limit: number;
  /** Id of the last one of the page before. */
  readonly after?: string | undefined;
  readonly quarantined: boolean;
  readonly state?: ReportState | undefined;
}

/** Single reports, the newest first. */
export async function listReports(db: Sql, lageId: string, page: ReportPage): Promise<Member[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from reports.report r where r.lage_id = ${lageId}
    and ${page.after === undefined ? sql`true` : sql`r.id < ${page.after}::uuid`} and ${page.quarantined ? sql`true` : sql`not r.quarantined`}
    and ${page.state === undefined ? sql`true` : sql`r.state = ${page.state}`}
    order by r.id desc limit ${page.limit}`.execute(db);
  return rows.map(memberOf);
}

/** Which of these are there already, by origin, source and id at the source. */
export async function findAtSource(
  tx: Tx,
  lageId: string,
  refs: readonly { readonly origin: string; readonly sourceName: string; readonly sourceRef: string }[],
): Promise<{ id: string; eventId: string; origin: string; sourceName: string; sourceRef: string }[]> {
  if (refs.length === 0) return [];
  const { rows } = await sql<{ id: string; eventId: string; origin: string; sourceName: string; sourceRef: string }>`
    select r.id, r.event_id as "eventId", r.origin, r.source_name as "sourceName", r.source_ref as "sourceRef"
    from unnest(${refs.map(({ origin }) => origin)}::text[], ${refs.map(({ sourceName }) => sourceName)}::text[], ${refs.map(({ sourceRef }) => sourceRef)}::text[])
      as s (origin, source_name, source_ref)
    join reports.report r on r.lage_id = ${lageId} and r.origin = s.origin and r.source_name = s.source_name and r.source_ref = s.source_ref`.execute(tx);
  return rows;
}

/** For each sender: reports kept since a time, and the last of them. */
export async function recentOf(
  tx: Tx,
  lageId: string,
  senders: readonly string[],
  since: Temporal.Instant,
): Promise<Map<string, { count: number; lastId: string }>> {
  if (senders.length === 0) return new Map();
  const { rows } = await sql<{ sender: string; count: number; lastId: string }>`select sender, count(*)::int as count,
      (array_agg(id order by received_at desc, id desc))[1] as "lastId"
    from reports.report where lage_id = ${lageId} and sender = any(${[...senders]}::text[]) and received_at > ${since} group by sender`.execute(tx);
  return new Map(rows.map(({ sender, ...rest }) => [sender, rest]));
}

/** Counts a further report at a sender's last one. @returns its event */
export async function collapseInto(tx: Tx, id: string, count: number, text: string): Promise<string> {
  const { rows } = await sql<{ eventId: string }>`update reports.report set collapsed = collapsed + ${count}, collapsed_text = ${text} where id = ${id}
    returning event_id as "eventId"`.execute(tx);
  return rows[0]!.eventId;
}

export async function countWaiting(db: Sql, lageId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from reports.report where lage_id = ${lageId} and quarantined`.execute(db);
  return rows[0]!.count;
}

export interface ProbeQuery {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  /** So many of each number, and so many of each report that asks: those with most numbers in common. */
  readonly perProbe: number;
  readonly perReport: number;
}

/** For each report that asks by its numbers: kept reports like it, around the times that matter. @param asking numbers of each */
export async function findByProbes(
  tx: Tx,
  lageId: string,
  asking: readonly (readonly number[])[],
  { from, to, perProbe, perReport }: ProbeQuery,
): Promise<(Fusable & { eventId: string })[]> {
  const asked = asking.flatMap((probes, who) => [...new Set(probes)].map((probe) => ({ probe, who })));
  if (asked.length === 0) return [];
  const { rows } = await sql<Row>`with hit as (
      select p.who, f.report_id, count(*) as times
      from unnest(${asked.map(({ probe }) => probe)}::bigint[], ${asked.map(({ who }) => who)}::int[]) as p (probe, who) cross join lateral (
        select report_id from reports.probe x where x.lage_id = ${lageId} and x.probe = p.probe and x.event_at between ${from} and ${to}
        order by x.event_at desc limit ${perProbe}) f
      group by p.who, f.report_id
    ), best as materialized (
      select distinct report_id from (select report_id, row_number() over (partition by who order by times desc, report_id desc) as place from hit) h
      where place <= ${perReport})
    select ${COLUMNS} from best join reports.report r on r.id = best.report_id where r.state <> 'refused' order by r.event_at, r.id`.execute(tx);
  return rows.map((row) => fusableFrom(memberOf(row)));
}

const fusableFrom = (one: Member): Fusable & { eventId: string } => ({
  ...one,
  place: one.lon === null || one.lat === null ? null : { lon: one.lon, lat: one.lat, uncertaintyMetres: one.uncertaintyMetres ?? 50 },
});

export type NewReport = Member & { readonly sender: string | null; readonly probes: readonly number[] };

export async function insertReports(tx: Tx, lageId: string, reports: readonly NewReport[]): Promise<void> {
  if (reports.length === 0) return;
  const of = <T>(pick: (one: NewReport) => T): T[] => reports.map(pick);
  await sql`insert into reports.report (id, lage_id, event_id, origin, source_name, organisation, source_ref, origin_ref, sender, text, category, lon, lat,
      uncertainty_metres, event_at, received_at, reliability, credibility, claims, pictures, state, quarantined, collapsed, collapsed_text, canonical, signature, names, letters)
    select id, ${lageId}::uuid, event_id, origin, source_name, organisation, source_ref, origin_ref, sender, text, category, lon, lat, uncertainty, event_at,
      received_at, reliability, credibility, claims, array(select jsonb_array_elements_text(pictures)), 'new', quarantined, collapsed, collapsed_text, canonical,
      signature, array(select jsonb_array_elements_text(names)), letters
    from unnest(${of(({ id }) => id)}::uuid[], ${of(({ eventId }) => eventId)}::uuid[], ${of(({ origin }) => origin)}::text[],
      ${of(({ sourceName }) => sourceName)}::text[], ${of(({ organisation }) => organisation)}::text[], ${of(({ sourceRef }) => sourceRef)}::text[],
      ${of(({ originRef }) => originRef)}::text[], ${of(({ sender }) => sender)}::text[], ${of(({ text }) => text)}::text[],
      ${of(({ category }) => category)}::text[], ${of(({ lon }) => lon)}::float8[], ${of(({ lat }) => lat)}::float8[],
      ${of(({ uncertaintyMetres }) => uncertaintyMetres)}::float8[], ${of(({ eventAt }) => eventAt)}::timestamptz[],
      ${of(({ receivedAt }) => receivedAt)}::timestamptz[], ${of(({ reliability }) => reliability)}::text[],
      ${of(({ credibility }) => credibility)}::int2[], ${of(({ claims }) => JSON.stringify(claims))}::jsonb[],
      ${of(({ pictures }) => JSON.stringify(pictures))}::jsonb[], ${of(({ quarantined }) => quarantined)}::boolean[],
      ${of(({ collapsed }) => collapsed)}::int[], ${of(({ collapsedText }) => collapsedText)}::text[],
      ${of(({ print }) => print.canonical)}::text[], ${of(({ print }) => toHex(print.signature))}::text[],
      ${of(({ print }) => JSON.stringify(print.names))}::jsonb[], ${of(({ print }) => print.length)}::int[])
      as n (id, event_id, origin, source_name, organisation, source_ref, origin_ref, sender, text, category, lon, lat, uncertainty, event_at, received_at,
        reliability, credibility, claims, pictures, quarantined, collapsed, collapsed_text, canonical, signature, names, letters)`.execute(tx);
  const probes = reports.flatMap(({ id, eventAt, probes: numbers }) => [...new Set(numbers)].map((probe) => ({ id, eventAt, probe })));
  await sql`insert into reports.probe (lage_id, probe, event_at, report_id) select ${lageId}::uuid, probe, event_at, id
    from unnest(${probes.map(({ probe }) => probe)}::bigint[], ${probes.map(({ eventAt }) => eventAt)}::timestamptz[], ${probes.map(({ id }) => id)}::uuid[])
      as p (probe, event_at, id)`.execute(tx);
}

export async function moveReports(tx: Tx, ids: readonly string[], toEvent: string): Promise<void> {
  await sql`update reports.report set event_id = ${toEvent} where id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** What somebody judged; who has looked at a report lets it out of the quarantine. */
export async function judge(
  tx: Tx,
  id: string,
  { state, reliability, credibility, quarantined }: Pick<Member, 'state' | 'reliability' | 'credibility' | 'quarantined'>,
): Promise<void> {
  await sql`update reports.report set state = ${state}, reliability = ${reliability}, credibility = ${credibility}, quarantined = ${quarantined} where id = ${id}`.execute(
    tx,
  );
}
