import type { Actor } from '../../../kernel/actor.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { enterLage } from '../../situation/public.ts';
import type { ReportProblem } from '../domain/problems.ts';
import type { IncomingReport } from '../domain/report.ts';
import { reportProblems } from '../domain/typed-report.ts';
import { keepPicture } from '../store/pictures.ts';
import { findAtSource } from '../store/reports.ts';
import type { ReportsContext } from './context.ts';
import { checkPicture, type GivenPicture } from './pictures.ts';
import { receiveReports } from './receive-reports.ts';

/** A report as a member enters it, or a device sends it. */
export interface EnterInput extends Pick<IncomingReport, 'text' | 'category' | 'place' | 'reliability' | 'credibility' | 'sourceRef' | 'originRef'> {
  /** Who says it; empty: the member. */
  readonly sourceName: string;
  /** Absent: now. */
  readonly eventAt: Temporal.Instant | undefined;
  readonly pictures: readonly GivenPicture[];
}

export interface Entered {
  readonly reportId: string;
  readonly eventId: string;
}

/** Takes a report of somebody who belongs to the Lage; sent twice under one `sourceRef` it is one. */
export async function enterReport(ctx: ReportsContext, actor: Actor, key: string, input: EnterInput): Promise<Result<Entered, ReportProblem>> {
  const opened = await enterLage(ctx, actor, key, 'report');
  if (!opened.ok) return opened;
  const { lage, member } = opened.value;
  const now = ctx.clock();
  const { pictures, eventAt = now, sourceName, ...words } = input;
  const own = sourceName.trim() === '';
  const report = { ...words, sourceName: own ? member.name : sourceName, eventAt };
  const picture = await checkPicture(pictures);
  const problems = [...reportProblems(report, now), ...(picture.ok ? [] : (picture.problem.fields ?? []))];
  if (problems.length > 0) return refuse(invalidFields(problems));
  const checked = picture.ok ? picture.value : undefined;
  const place = report.place ?? (checked?.takenAt === undefined ? undefined : { ...checked.takenAt, uncertaintyMetres: 30 });
  const origin = actor.kind === 'device' ? 'sensor' : own ? 'person' : 'form';
  return ctx.database.transaction(async (tx) => {
    const incoming: IncomingReport = {
      ...report,
      lageId: lage.id,
      origin,
      ...(own && member.organisation !== '' ? { organisation: member.organisation } : {}),
      ...(place === undefined ? {} : { place }),
      receivedAt: now,
      pictures: checked === undefined ? [] : [checked.sha256],
    };
    const { kept: rows, journal } = await receiveReports(tx, [incoming], now);
    const [row] = rows;
    if (row === undefined) return ok(await thereAlready(tx, incoming));
    if (checked !== undefined) await keepPicture(tx, checked);
    await ctx.journal.append(tx, actor, now, journal);
    return ok({ reportId: row.reportId, eventId: row.eventId });
  });
}

async function thereAlready(tx: Tx, { lageId, origin, sourceName, sourceRef = '' }: IncomingReport): Promise<Entered> {
  const [found] = await findAtSource(tx, lageId, [{ origin, sourceName, sourceRef }]);
  if (found === undefined) throw new Error('a report that was not kept and is not there');
  return { reportId: found.id, eventId: found.eventId };
}
