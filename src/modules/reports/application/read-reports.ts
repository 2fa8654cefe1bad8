import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage, type LageView } from '../../situation/public.ts';
import { seesUnchecked, type Member, type ReportedEvent } from '../domain/event.ts';
import { independentSources } from '../domain/grade.ts';
import { noEvent, noReport, notYourLayer, type ReportProblem } from '../domain/problems.ts';
import type { ReportState } from '../../../kernel/report.ts';
import { assessmentsOf, type Assessment } from '../store/assessments.ts';
import { contradictionsOf, listContradictions, type ContradictionQuery, type ShownContradiction } from '../store/contradictions.ts';
import { countStates, findByNumber, findEvent, findEvents, listEvents, turnedAway, type EventQuery } from '../store/events.ts';
import { findPicture, type KeptPicture } from '../store/pictures.ts';
import { linksOf, type KeptLink } from '../store/links.ts';
import { findReport, listReports, membersOf, type ReportPage } from '../store/reports.ts';
import type { ReportsContext } from './context.ts';

export type { Assessment, KeptLink, ShownContradiction };

type Reading = Pick<ReportsContext, 'database' | 'clock'>;

/** As `enterLage`, for who may see reports at all. */
export async function enterReports(
  ctx: Reading,
  actor: Actor,
  key: string,
  right: Parameters<typeof enterLage>[3] = 'read',
): Promise<Result<LageView, ReportProblem>> {
  const opened = await enterLage(ctx, actor, key, right);
  if (!opened.ok) return opened;
  return opened.value.layers.has('meldungen') ? opened : refuse(notYourLayer);
}

export interface EventList {
  readonly view: LageView;
  readonly events: readonly ReportedEvent[];
  readonly counts: Readonly<Record<ReportState, number>>;
  /** Number after which the next page begins. */
  readonly next: number | undefined;
  /** Public reports that were counted only because too many were waiting. */
  readonly turnedAway: number;
}

/** Events of a Lage, the newest first. */
export async function eventList(ctx: Reading, actor: Actor, key: string, query: Omit<EventQuery, 'hidden'>): Promise<Result<EventList, ReportProblem>> {
  const opened = await enterReports(ctx, actor, key);
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const hidden = seesUnchecked(member);
  const db = ctx.database.read;
  const events = await listEvents(db, lage.id, { ...query, hidden });
  return ok({
    view: opened.value,
    events,
    counts: await countStates(db, lage.id, hidden),
    next: events.length < query.limit ? undefined : events.at(-1)?.number,
    turnedAway: hidden ? await turnedAway(db, lage.id) : 0,
  });
}

/** Reports shown side by side at most; their count counts all. */
const SHOWN = 100;

export interface EventDetails {
  readonly view: LageView;
  readonly event: ReportedEvent;
  readonly reports: readonly Member[];
  /** Ids of reports, in groups of one source each. */
  readonly sources: readonly (readonly string[])[];
  readonly links: readonly KeptLink[];
  readonly contradictions: readonly ShownContradiction[];
  readonly assessments: readonly Assessment[];
  /** Some of it waits for a judgement that this person may give. */
  readonly judgeable: boolean;
  /** Events that links name, by id. */
  readonly others: ReadonlyMap<string, ReportedEvent>;
}

/** One event with everything that is known of it. @param which its id, or its number in the Lage */
export async function eventDetails(ctx: Reading, actor: Actor, key: string, which: string): Promise<Result<EventDetails, ReportProblem>> {
  const opened = await enterReports(ctx, actor, key);
  if (!opened.ok) return opened;
  const view = opened.value;
  const db = ctx.database.read;
  const id = parseId(which);
  const event = id === undefined ? await byNumber(ctx, view, which) : await findEvent(db, view.lage.id, id);
  const all = seesUnchecked(view.member);
  if (event === undefined || (event.hidden && !all)) return refuse(noEvent);
  const reports = (await membersOf(db, [event.id], SHOWN)).filter(({ quarantined }) => all || !quarantined);
  const links = await linksOf(db, event.id, 200);
  const named = [...new Set(links.flatMap(({ fromEvent, toEvent }) => [fromEvent, toEvent]).filter((one) => one !== null && one !== event.id))] as string[];
  const others = (await findEvents(db, view.lage.id, named)).filter(({ hidden }) => all || !hidden);
  return ok({
    view,
    event,
    reports,
    sources: independentSources(reports),
    links,
    contradictions: (await contradictionsOf(db, event.id)).filter(({ quarantined }) => all || !quarantined),
    assessments: await assessmentsOf(
      db,
      reports.map((one) => one.id),
    ),
    judgeable: view.rights.has('assess') && reports.some(({ state }) => state === 'new'),
    others: new Map(others.map((one) => [one.id, one])),
  });
}

const byNumber = async (ctx: Reading, { lage }: LageView, which: string): Promise<ReportedEvent | undefined> =>
  /^\d{1,9}$/.test(which) ? findByNumber(ctx.database.read, lage.id, Number(which)) : undefined;

/** Single reports, the newest first. */
export async function reportList(
  ctx: Reading,
  actor: Actor,
  key: string,
  page: Omit<ReportPage, 'quarantined'>,
): Promise<Result<readonly Member[], ReportProblem>> {
  const opened = await enterReports(ctx, actor, key);
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  return ok(await listReports(ctx.database.read, lage.id, { ...page, quarantined: seesUnchecked(member) }));
}

export interface ContradictionList {
  readonly view: LageView;
  readonly contradictions: readonly ShownContradiction[];
  readonly next: string | undefined;
}

/** What contradicts each other, the newest first. */
export async function contradictionList(
  ctx: Reading,
  actor: Actor,
  key: string,
  query: Omit<ContradictionQuery, 'quarantined'>,
): Promise<Result<ContradictionList, ReportProblem>> {
  const opened = await enterReports(ctx, actor, key);
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const contradictions = await listContradictions(ctx.database.read, lage.id, { ...query, quarantined: seesUnchecked(member) });
  return ok({ view: opened.value, contradictions, next: contradictions.length < query.limit ? undefined : contradictions.at(-1)?.id });
}

/** The event a report belongs to now, for who may see the report. */
export async function eventOfReport(ctx: Reading, actor: Actor, key: string, reportId: string): Promise<Result<string, ReportProblem>> {
  const opened = await enterReports(ctx, actor, key);
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const report = parseId(reportId) === undefined ? undefined : await findReport(ctx.database.read, lage.id, reportId);
  return report === undefined || (report.quarantined && !seesUnchecked(member)) ? refuse(noReport) : ok(report.eventId);
}

/** A picture of a report, for who may see the report. */
export async function reportPicture(ctx: Reading, actor: Actor, key: string, reportId: string, sha256: string): Promise<Result<KeptPicture, ReportProblem>> {
  const opened = await enterReports(ctx, actor, key);
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const report = parseId(reportId) === undefined ? undefined : await findReport(ctx.database.read, lage.id, reportId);
  if (report === undefined || !report.pictures.includes(sha256) || (report.quarantined && !seesUnchecked(member))) return refuse(noReport);
  const file = await findPicture(ctx.database.read, sha256);
  return file === undefined ? refuse(noReport) : ok(file);
}
