import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { cleanText } from '../../../kernel/words.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { lageStream, type LageView, type Right } from '../../situation/public.ts';
import { seesUnchecked, type Member } from '../domain/event.ts';
import { noEvent, noReport, type ReportProblem } from '../domain/problems.ts';
import { LONGEST } from '../domain/typed-report.ts';
import { findEvent, lockBook } from '../store/events.ts';
import { lockReports } from '../store/reports.ts';
import type { ReportsContext } from './context.ts';
import { enterReports } from './read-reports.ts';
import { settleEvents } from './settle-events.ts';

/** A change by a person, inside one transaction. */
export interface Change {
  readonly tx: Tx;
  readonly view: LageView;
  readonly now: Temporal.Instant;
}

export interface Changed<T> {
  readonly value: T;
  /** Events whose reports changed. */
  readonly events: readonly string[];
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Of other modules; they come before ours. */
  readonly entries?: readonly NewEntry[];
}

/** Runs a person's change of reports: the Lage's book is held, sums and picture follow, the journal comes last. */
export async function changeReports<T>(
  ctx: ReportsContext,
  actor: Actor,
  { key, right }: { readonly key: string; readonly right: Right },
  work: (change: Change) => Promise<Result<Changed<T>, ReportProblem>>,
): Promise<Result<T, ReportProblem>> {
  const opened = await enterReports(ctx, actor, key, right);
  if (!opened.ok) return opened;
  const view = opened.value;
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    await lockBook(tx, view.lage.id);
    const changed = await work({ tx, view, now });
    if (!changed.ok) return changed;
    const { value, events, kind, payload, entries = [] } = changed.value;
    const shown = events.length === 0 ? [] : [await settleEvents(tx, view.lage.id, events, now)];
    await ctx.journal.append(tx, actor, now, [...entries, { stream: lageStream(view.lage.id), kind, payload }, ...shown]);
    return { ok: true, value };
  });
}

/** A reason as it is kept, or what is wrong with it. @param needed without one nothing is done */
export function reasonProblem(reason: string, needed: boolean): Problem<'invalid-input'> | undefined {
  const text = cleanText(reason);
  if (needed && text === '') return invalidField('reason', 'Nennen Sie den Grund: Er steht im Verlauf, und andere verlassen sich darauf.');
  return text.length > LONGEST.reason ? invalidField('reason', `Kürzen Sie den Grund auf ${LONGEST.reason} Zeichen.`) : undefined;
}

/** A report that this person may see, held until the commit. */
export async function heldReport({ tx, view }: Change, id: string): Promise<Result<Member, ReportProblem>> {
  const [report] = await lockReports(tx, view.lage.id, [id]);
  if (report === undefined || (report.quarantined && !seesUnchecked(view.member))) return refuse(noReport);
  return { ok: true, value: report };
}

/** Whether an event is there for this person. */
export async function eventIsThere({ tx, view }: Change, id: string): Promise<Result<true, ReportProblem>> {
  const event = await findEvent(tx, view.lage.id, id);
  if (event === undefined || event.members === 0 || (event.hidden && !seesUnchecked(view.member))) return refuse(noEvent);
  return { ok: true, value: true };
}
