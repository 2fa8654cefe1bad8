import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { seesUnchecked, SUMMED, type Member } from '../domain/event.ts';
import { confirmationMissing, independentSources } from '../domain/grade.ts';
import { noEvent, type ReportProblem } from '../domain/problems.ts';
import type { Credibility, Reliability, ReportState } from '../../../kernel/report.ts';
import { insertAssessment, type Assessment } from '../store/assessments.ts';
import { eventsAgainst } from '../store/contradictions.ts';
import { judge, membersOf } from '../store/reports.ts';
import type { ReportsContext } from './context.ts';
import { changeReports, eventIsThere, heldReport, reasonProblem, type Change } from './in-reports.ts';

export interface AssessInput {
  readonly action: Assessment['action'];
  readonly reason: string;
  /** Each axis alone; absent: as it is. */
  readonly reliability?: Reliability | undefined;
  readonly credibility?: Credibility | undefined;
}

const STATE_AFTER: Readonly<Record<Assessment['action'], ReportState | undefined>> = { confirm: 'checked', refuse: 'refused', reopen: 'new', grade: undefined };

/** Judges one report: confirms, refuses, takes that back, or grades it. */
export async function assessReport(
  ctx: ReportsContext,
  actor: Actor,
  key: string,
  reportId: string,
  input: AssessInput,
): Promise<Result<{ readonly eventId: string }, ReportProblem>> {
  const wrong = inputProblem(input);
  if (wrong !== undefined) return refuse(wrong);
  return changeReports(ctx, actor, { key, right: 'assess' }, async (change) => {
    const held = await heldReport(change, reportId);
    if (!held.ok) return held;
    const report = held.value;
    const members = await membersOf(change.tx, [report.eventId], SUMMED);
    const missing = confirmationMissing(input.credibility, independentSources(members).length);
    if (missing !== undefined) return refuse(invalidField('credibility', missing));
    await assessOne(change, report, input);
    return ok({
      value: { eventId: report.eventId },
      events: [report.eventId, ...(await eventsAgainst(change.tx, [report.id]))],
      kind: 'reports.assessed',
      payload: { reports: [report.id], ...facts(input) },
    });
  });
}

/** Confirms or refuses all reports of an event that have not been judged; those judged before stay. */
export async function assessEvent(
  ctx: ReportsContext,
  actor: Actor,
  key: string,
  eventId: string,
  input: Pick<AssessInput, 'reason'> & { readonly action: 'confirm' | 'refuse' },
): Promise<Result<{ readonly eventId: string; readonly reports: number }, ReportProblem>> {
  const wrong = inputProblem(input);
  if (wrong !== undefined) return refuse(wrong);
  return changeReports(ctx, actor, { key, right: 'assess' }, async (change) => {
    const there = await eventIsThere(change, eventId);
    if (!there.ok) return there;
    const all = seesUnchecked(change.view.member);
    const members = (await membersOf(change.tx, [eventId], MOST_AT_ONCE)).filter(({ state, quarantined }) => state === 'new' && (all || !quarantined));
    if (members.length === 0)
      return refuse({ ...noEvent, kind: 'wrong-state', detail: 'Alle Meldungen dieses Ereignisses sind schon beurteilt. Beurteilen Sie einzelne neu.' });
    for (const member of members) await assessOne(change, member, input);
    const payload = { reports: members.map(({ id }) => id), ...facts(input) };
    const events = [eventId, ...(await eventsAgainst(change.tx, payload.reports))];
    return ok({ value: { eventId, reports: members.length }, events, kind: 'reports.assessed', payload });
  });
}

const MOST_AT_ONCE = 500;

function inputProblem({ action, reason, reliability, credibility }: AssessInput): ReportProblem | undefined {
  if (action === 'grade' && reliability === undefined && credibility === undefined)
    return invalidField('reliability', 'Wählen Sie, wie zuverlässig die Quelle oder wie glaubwürdig die Meldung ist.');
  return reasonProblem(reason, action !== 'confirm');
}

const facts = ({ action, reason, reliability, credibility }: AssessInput): Record<string, unknown> => ({
  action,
  ...(reliability === undefined ? {} : { reliability }),
  ...(credibility === undefined ? {} : { credibility }),
  reasonSha256: sha256Hex(cleanText(reason)),
});

async function assessOne({ tx, view, now }: Change, report: Member, { action, reason, reliability, credibility }: AssessInput): Promise<void> {
  const grade = { reliability: reliability ?? report.reliability, credibility: credibility ?? report.credibility };
  // somebody has looked at it
  await judge(tx, report.id, { ...grade, state: STATE_AFTER[action] ?? report.state, quarantined: false });
  await insertAssessment(tx, view.lage.id, {
    id: newId(now.epochMilliseconds),
    reportId: report.id,
    action,
    ...grade,
    reason: cleanText(reason),
    memberId: view.member.id,
    memberName: view.member.name,
    at: now,
  });
}
