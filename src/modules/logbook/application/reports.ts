import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage, lageStream, notYourRight, type LageProblem, type LageView } from '../../situation/public.ts';
import { cleanText } from '../domain/clean-text.ts';
import { microseconds } from '../domain/entry.ts';
import { reportHash, reportProblems, type ReadReport, type ReportVersion, type Sections } from '../domain/situation-report.ts';
import { holdMessages } from '../store/messages.ts';
import { insertRelease, insertReport, listReports, lockReport, nextReportNumber, reportVersions } from '../store/reports.ts';
import type { LogbookContext } from './context.ts';
import { enterLog } from './read-log.ts';
import { writeLogEntry } from './write-log-entry.ts';

export const REPORT_WRITTEN = 'logbook.report-written';
export const REPORT_RELEASED = 'logbook.report-released';

type Writing = Pick<LogbookContext, 'clock' | 'database' | 'journal'>;

const noReport: LageProblem = { kind: 'not-found', detail: 'Diesen Lagebericht gibt es nicht. Sehen Sie in der Liste der Lageberichte nach.' };

export async function readReports(
  ctx: Pick<LogbookContext, 'database' | 'clock'>,
  actor: Actor,
  key: string,
  query: { readonly limit: number; readonly before?: number | undefined },
): Promise<Result<{ readonly view: LageView; readonly reports: readonly ReadReport[] }, LageProblem>> {
  const opened = await enterLog(ctx, actor, key);
  return opened.ok ? ok({ view: opened.value, reports: await listReports(ctx.database.read, opened.value.lage.id, query) }) : opened;
}

/** A report with all its versions, the newest first. */
export async function readReport(
  ctx: Pick<LogbookContext, 'database' | 'clock'>,
  actor: Actor,
  key: string,
  id: string,
): Promise<Result<{ readonly view: LageView; readonly versions: readonly ReadReport[] }, LageProblem>> {
  const opened = await enterLog(ctx, actor, key);
  if (!opened.ok) return opened;
  const versions = await reportVersions(ctx.database.read, opened.value.lage.id, id);
  return versions.length === 0 ? refuse(noReport) : ok({ view: opened.value, versions });
}

export interface ReportInput {
  readonly title: string;
  readonly asOf?: Temporal.Instant | undefined;
  readonly sections: Sections;
  /** Of a report that is there: its version that was changed. */
  readonly basis: number;
}

/** Writes the first version of a report. */
export async function writeReport(ctx: Writing, actor: Actor, key: string, input: Omit<ReportInput, 'basis'>): Promise<Result<ReadReport, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'log', tx);
    if (!opened.ok) return opened;
    const problems = reportProblems(input);
    if (problems.length > 0) return refuse(invalidFields(problems));
    const { lage } = opened.value;
    const now = ctx.clock();
    await holdMessages(tx, lage.id);
    const report = versionOf(opened.value, { id: newId(now.epochMilliseconds), number: await nextReportNumber(tx, lage.id), version: 1 }, input, now);
    await insertReport(tx, lage.id, report);
    await ctx.journal.append(tx, actor, now, [writtenEntry(lage.id, report)]);
    return ok({ ...report, release: null });
  });
}

/** Writes the next version; who changes what somebody else changed meanwhile gets both to decide. */
export async function changeReport(ctx: Writing, actor: Actor, key: string, id: string, input: ReportInput): Promise<Result<ReadReport, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'log', tx);
    if (!opened.ok) return opened;
    const problems = reportProblems(input);
    if (problems.length > 0) return refuse(invalidFields(problems));
    const { lage } = opened.value;
    const before = await lockReport(tx, lage.id, id);
    if (before === undefined) return refuse(noReport);
    if (before.version !== input.basis) return refuse(changedMeanwhile(before));
    const now = ctx.clock();
    const report = versionOf(opened.value, { id, number: before.number, version: before.version + 1 }, input, now);
    if (!(await insertReport(tx, lage.id, report))) return refuse(changedMeanwhile(before));
    await ctx.journal.append(tx, actor, now, [writtenEntry(lage.id, report)]);
    return ok({ ...report, release: null });
  });
}

/** Releases a version: from then on it is the staff's word, and stands in the Einsatztagebuch.. */
export async function releaseReport(ctx: Writing, actor: Actor, key: string, id: string, version: number): Promise<Result<ReadReport, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'log', tx);
    if (!opened.ok) return opened;
    const { lage, member } = opened.value;
    if (!mayRelease(opened.value)) return refuse({ ...notYourRight, detail: 'Einen Lagebericht gibt die Leitung frei, oder S2. Bitten Sie darum.' });
    const report = await lockReport(tx, lage.id, id);
    if (report === undefined) return refuse(noReport);
    if (report.version !== version) return refuse(changedMeanwhile(report));
    if (report.release !== null) return ok(report);
    const now = ctx.clock();
    const text = `Lagebericht ${report.number} freigegeben, Fassung ${version}: ${report.title}`;
    const logged = await writeLogEntry(tx, opened.value, { kind: 'lagebericht', text, refs: [`lagebericht:${id}`] }, now);
    await insertRelease(tx, lage.id, report, member, logged.number, now);
    const payload = { reportId: id, number: report.number, version, sha256: report.sha256, logNumber: logged.number };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: REPORT_RELEASED, payload }, logged.journal]);
    return ok({ ...report, release: { at: now, by: member.name, byFunction: member.function, logNumber: logged.number } });
  });
}

/** Leader, or S2, who writes what is known. */
export const mayRelease = ({ rights, member }: Pick<LageView, 'rights' | 'member'>): boolean =>
  rights.has('lead') || (rights.has('log') && member.function === 'S2');

const changedMeanwhile = (current: ReadReport): LageProblem => ({
  kind: 'conflict',
  detail: `Der Lagebericht hat inzwischen die Fassung ${current.version}, von ${current.author}. Sehen Sie sie an und entscheiden Sie, was gilt.`,
  current,
});

function versionOf(
  { member }: LageView,
  which: { readonly id: string; readonly number: number; readonly version: number },
  { title, asOf, sections }: Omit<ReportInput, 'basis'>,
  now: Temporal.Instant,
): ReportVersion {
  const unsealed = {
    ...which,
    title: cleanText(title),
    asOf: microseconds(asOf ?? now),
    sections: cleanSections(sections),
    writtenAt: microseconds(now),
    authorId: member.id,
    author: member.name,
    authorFunction: member.function,
  };
  return { ...unsealed, sha256: reportHash(unsealed) };
}

const cleanSections = ({ lage, kraefte, auftrag, versorgung, fuehrung }: Sections): Sections => ({
  lage: cleanText(lage),
  kraefte: cleanText(kraefte),
  auftrag: cleanText(auftrag),
  versorgung: cleanText(versorgung),
  fuehrung: cleanText(fuehrung),
});

const writtenEntry = (lageId: string, { id, number, version, sha256 }: ReportVersion) => ({
  stream: lageStream(lageId),
  kind: REPORT_WRITTEN,
  payload: { reportId: id, number, version, sha256 },
});
