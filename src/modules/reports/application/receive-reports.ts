import { newId } from '../../../kernel/id.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { lageStream } from '../../situation/public.ts';
import { probesOf } from '../domain/cells.ts';
import { saysOf } from '../domain/claims.ts';
import { FLOOD_MINUTES, isFlooding, senderOf } from '../domain/flooding.ts';
import { fusableOf } from '../domain/fusable.ts';
import { Fusion, MOST_COMPARED, PER_PROBE, type Found, type Verdict } from '../domain/fuse.ts';
import { gradeAtReceipt, type IncomingReport } from '../domain/report.ts';
import { LONGEST } from '../domain/typed-report.ts';
import { insertContradictions, type NewContradiction } from '../store/contradictions.ts';
import { insertEvents, lockBook } from '../store/events.ts';
import { insertLinks, type Link } from '../store/links.ts';
import { collapseInto, findAtSource, findByProbes, insertReports, recentOf, type NewReport } from '../store/reports.ts';
import { settleEvents } from './settle-events.ts';

/** What became of one report. */
export interface KeptReport {
  readonly reportId: string;
  readonly eventId: string;
  readonly sourceRef: string | null;
}

export interface Receipt {
  /** Each report that is now a row, in the order given. */
  readonly kept: readonly KeptReport[];
  /** Reports that were there already, by their source's id. */
  readonly repeats: number;
  /** Reports of flooding senders, counted at their last one. */
  readonly collapsed: number;
  /** To be appended as the last statement, with the caller's own. */
  readonly journal: readonly NewEntry[];
}

/** So many are compared and written at once; more go in portions, one after the other. */
const PORTION = 250;

/**
 * Keeps reports, grades them, finds what they repeat and contradict, and shows their events in the picture. Idempotent
 * by origin, source and id at the source. Call it before anything else of the transaction changes the picture: it
 * holds the Lage's book of reports first and its picture second.
 */
export async function receiveReports(tx: Tx, reports: readonly IncomingReport[], now: Temporal.Instant): Promise<Receipt> {
  const receipts: Receipt[] = [];
  const lagen = Map.groupBy(reports, ({ lageId }) => lageId);
  for (const [lageId, all] of [...lagen].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    for (let at = 0; at < all.length; at += PORTION) receipts.push(await receivePortion(tx, lageId, all.slice(at, at + PORTION), now));
  return {
    kept: receipts.flatMap(({ kept }) => kept),
    repeats: receipts.reduce((sum, { repeats }) => sum + repeats, 0),
    collapsed: receipts.reduce((sum, { collapsed }) => sum + collapsed, 0),
    journal: receipts.flatMap(({ journal }) => journal),
  };
}

async function receivePortion(tx: Tx, lageId: string, given: readonly IncomingReport[], now: Temporal.Instant): Promise<Receipt> {
  await lockBook(tx, lageId);
  const { fresh, repeats } = await withoutRepeats(tx, lageId, given.map(cleaned));
  const { kept, touched, collapsed } = await withoutFloods(tx, lageId, fresh, now);
  const placed = await place(tx, lageId, kept);
  await insertEvents(
    tx,
    lageId,
    placed.filter(({ id, verdict }) => verdict.eventId === id).map(({ id }) => id),
    now,
  );
  await insertReports(
    tx,
    lageId,
    placed.map(({ row }) => row),
  );
  await insertLinks(
    tx,
    placed.flatMap((one) => linksOf(lageId, one, now)),
  );
  await insertContradictions(
    tx,
    lageId,
    placed.flatMap((one) => contradictionsOf(one, now)),
    now,
  );
  if (placed.length === 0 && touched.length === 0) return { kept: [], repeats, collapsed, journal: [] };
  const contradicted = placed.flatMap(({ verdict }) => verdict.contradictions.map(({ eventId }) => eventId));
  const shown = await settleEvents(tx, lageId, [...touched, ...placed.map(({ verdict }) => verdict.eventId), ...contradicted], now);
  const payload = {
    reports: placed.map(({ id, verdict, row }) => ({ id, event: verdict.eventId, origin: row.origin, textSha256: sha256Hex(row.text) })),
    repeats,
    collapsed,
  };
  return {
    kept: placed.map(({ id, verdict, row }) => ({ reportId: id, eventId: verdict.eventId, sourceRef: row.sourceRef })),
    repeats,
    collapsed,
    journal: [{ stream: lageStream(lageId), kind: 'reports.received', payload }, shown],
  };
}

/** Words as they can be kept; what is too long is cut: a feed must not stop because of one post. */
function cleaned(report: IncomingReport): IncomingReport {
  const { sourceRef, originRef, organisation } = report;
  return {
    ...report,
    text: cleanText(report.text).slice(0, LONGEST.text),
    sourceName: cleanLine(report.sourceName).slice(0, LONGEST.source),
    ...(organisation === undefined ? {} : { organisation: cleanLine(organisation).slice(0, LONGEST.source) }),
    ...(sourceRef === undefined ? {} : { sourceRef: cleanLine(sourceRef).slice(0, LONGEST.ref) }),
    ...(originRef === undefined ? {} : { originRef: cleanLine(originRef).slice(0, LONGEST.ref) }),
  };
}

const atSource = ({ origin, sourceName, sourceRef }: { readonly origin: string; readonly sourceName: string; readonly sourceRef?: string }): string =>
  JSON.stringify([origin, sourceName, sourceRef]);

async function withoutRepeats(tx: Tx, lageId: string, reports: readonly IncomingReport[]): Promise<{ fresh: IncomingReport[]; repeats: number }> {
  const known = new Set(
    (
      await findAtSource(
        tx,
        lageId,
        reports.flatMap((one) => (one.sourceRef === undefined ? [] : [{ ...one, sourceRef: one.sourceRef }])),
      )
    ).map(atSource),
  );
  const fresh = reports.filter((one) => {
    if (one.sourceRef === undefined) return true;
    const key = atSource(one);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  return { fresh, repeats: reports.length - fresh.length };
}

type Admitted = IncomingReport & { readonly id: string; readonly from: string | null };

interface Bounded {
  readonly kept: readonly (Admitted & Pick<NewReport, 'collapsed' | 'collapsedText'>)[];
  /** Events at whose reports something was counted. */
  readonly touched: readonly string[];
  readonly collapsed: number;
}

/** Keeps of each sender what a person can send; what comes beyond is counted at their last report, with its words. */
async function withoutFloods(tx: Tx, lageId: string, reports: readonly IncomingReport[], now: Temporal.Instant): Promise<Bounded> {
  const senders = new Set(reports.map(senderOf).filter((sender) => sender !== null));
  const recent = await recentOf(tx, lageId, [...senders], now.subtract({ minutes: FLOOD_MINUTES }));
  const kept: Admitted[] = [];
  const counted = new Map<string, { count: number; text: string }>();
  for (const report of reports) {
    const from = senderOf(report);
    const before = from === null ? undefined : recent.get(from);
    if (before !== undefined && isFlooding(report.origin, before.count)) {
      counted.set(before.lastId, { count: (counted.get(before.lastId)?.count ?? 0) + 1, text: report.text });
      continue;
    }
    const id = newId(now.epochMilliseconds);
    kept.push({ ...report, id, from });
    if (from !== null) recent.set(from, { count: (before?.count ?? 0) + 1, lastId: id });
  }
  const own = new Set(kept.map(({ id }) => id));
  const touched: string[] = [];
  for (const [id, { count, text }] of counted) if (!own.has(id)) touched.push(await collapseInto(tx, id, count, text));
  const withCounts = kept.map((one) => ({ ...one, collapsed: counted.get(one.id)?.count ?? 0, collapsedText: counted.get(one.id)?.text ?? null }));
  return { kept: withCounts, touched, collapsed: [...counted.values()].reduce((sum, { count }) => sum + count, 0) };
}

interface Placed {
  readonly id: string;
  readonly row: NewReport;
  readonly verdict: Verdict;
}

/** No report of another time than that is compared. */
const WINDOW_HOURS = 24;

async function place(tx: Tx, lageId: string, reports: Bounded['kept']): Promise<Placed[]> {
  if (reports.length === 0) return [];
  const fusables = reports.map((report) => fusableOf(report.id, report));
  const times = reports.map(({ eventAt }) => eventAt.epochMilliseconds);
  const [from, to] = [Math.min(...times), Math.max(...times)].map((at, index) =>
    Temporal.Instant.fromEpochMilliseconds(at).add({ hours: index === 0 ? -WINDOW_HOURS : WINDOW_HOURS }),
  ) as [Temporal.Instant, Temporal.Instant];
  const fusion = new Fusion();
  for (const known of await findByProbes(
    tx,
    lageId,
    fusables.map((one) => probesOf(one).sought),
    { from, to, perProbe: PER_PROBE, perReport: MOST_COMPARED },
  ))
    fusion.know(known);
  return reports.map((report, index) => {
    const fusable = fusables[index]!;
    const verdict = fusion.place(fusable);
    const { place: at } = fusable;
    const row: NewReport = {
      id: report.id,
      lageId,
      eventId: verdict.eventId,
      origin: report.origin,
      sourceName: report.sourceName,
      organisation: report.organisation ?? null,
      sourceRef: fusable.sourceRef,
      originRef: fusable.originRef,
      sender: report.from,
      text: report.text,
      category: fusable.category,
      lon: at?.lon ?? null,
      lat: at?.lat ?? null,
      uncertaintyMetres: at?.uncertaintyMetres ?? null,
      eventAt: report.eventAt,
      receivedAt: report.receivedAt,
      pictures: report.pictures ?? [],
      claims: fusable.claims,
      state: 'new',
      quarantined: report.origin === 'public',
      ...gradeAtReceipt(report),
      collapsed: report.collapsed,
      collapsedText: report.collapsedText,
      print: fusable.print,
      probes: probesOf(fusable).kept,
    };
    return { id: report.id, row, verdict };
  });
}

function linksOf(lageId: string, { id, verdict }: Placed, now: Temporal.Instant): Link[] {
  const row = (kind: Link['kind'], found: Found): Link => ({
    id: newId(now.epochMilliseconds),
    lageId,
    kind,
    moved: [id],
    fromEvent: kind === 'proposal' ? verdict.eventId : null,
    toEvent: found.eventId,
    otherReport: found.reportId,
    reason: found.reason,
    score: found.score,
    parts: found.parts,
    memberId: null,
    memberName: null,
    words: '',
    undoes: null,
    at: now,
  });
  return [...(verdict.link === undefined ? [] : [row('join', verdict.link)]), ...verdict.proposals.map((found) => row('proposal', found))];
}

const contradictionsOf = ({ id, verdict }: Placed, now: Temporal.Instant): NewContradiction[] =>
  verdict.contradictions.map(({ reportId, says, otherSays }) => ({
    id: newId(now.epochMilliseconds),
    topic: says.topic,
    reportA: reportId,
    reportB: id,
    saysA: saysOf(otherSays),
    saysB: saysOf(says),
  }));
