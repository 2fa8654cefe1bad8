import { legalDay } from '../../../kernel/time.ts';
import { presentDecision, type Case } from './case.ts';
import type { Day } from './events.ts';
import { fristEnde, laufendeFrist, type Computed } from './frist.ts';
import type { Period, ProcedureRules } from './procedure-rules.ts';

export type DeadlineKind = 'entscheidung' | 'nachforderung' | 'anhoerung' | 'wiedervorlage' | 'rechtsbehelf';

/** A deadline row, recomputed from the events with every change. */
export interface CaseDeadline {
  readonly kind: DeadlineKind;
  readonly dueOn: Day;
  /** Day on which the sweeper has something to do; absent: nothing (any more). */
  readonly firesOn?: Day;
}

/** End of a Frist set today by the authority, on a working day. */
export function endOfPeriod(from: Day, { length, unit }: Period): Day {
  return fristEnde(Temporal.PlainDate.from(from), length, unit).date.toString();
}

/**
 * By when the authority must decide: from complete documents, moved by suspensions and extension.
 * While suspended there is no end yet: the days so far do not count and more will follow.
 */
export function decisionDeadline(state: Case, rules: ProcedureRules): Computed | undefined {
  const { completeOn } = state;
  if (rules.decisionPeriod === undefined || completeOn === undefined) return undefined;
  if (state.suspensions.some((part) => part.to === undefined)) return undefined;
  const parts = [{ ...rules.decisionPeriod, paragraph: rules.decisionPeriod.legalBasis }];
  if (state.extension !== undefined) parts.push({ ...state.extension, paragraph: state.extension.legalBasis });
  const suspensions = state.suspensions.map(({ from, to }) => ({
    from: Temporal.PlainDate.from(from),
    to: Temporal.PlainDate.from(to!),
  }));
  return laufendeFrist(Temporal.PlainDate.from(completeOn), parts, suspensions);
}

/** The day of `decisionDeadline`, while a decision is still owed. */
export function decisionDue(state: Case, rules: ProcedureRules): Temporal.PlainDate | undefined {
  if (!['eingegangen', 'in_pruefung', 'anhoerung', 'freigabe'].includes(state.status) || state.decisions.length > 0) return undefined;
  return decisionDeadline(state, rules)?.date;
}

/** All deadlines that run now. */
export function deadlinesOf(state: Case, rules: ProcedureRules): CaseDeadline[] {
  const found: CaseDeadline[] = [];
  const ends = (kind: DeadlineKind, dueOn: Day): void => void found.push({ kind, dueOn, firesOn: dayAfter(dueOn) });
  const due = decisionDue(state, rules);
  if (due !== undefined) found.push(decisionRow(state, rules, due));
  if (state.status === 'unvollstaendig' && state.request !== undefined) ends('nachforderung', state.request.dueOn);
  if (state.status === 'anhoerung' && state.hearing?.open === true) ends('anhoerung', state.hearing.dueOn);
  if (state.remindOn !== undefined) found.push({ kind: 'wiedervorlage', dueOn: state.remindOn });
  const remedyUntil = presentDecision(state)?.delivery?.remedyUntil;
  // a norm does not become unappealable, its remedies end one by one
  if (rules.promulgation === undefined && state.status === 'bekanntgegeben' && remedyUntil !== undefined) ends('rechtsbehelf', remedyUntil);
  return found;
}

const dayAfter = (day: Day): Day => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** The decision period fires before its end (warning) and after it (escalation, fiction), once each. */
function decisionRow(state: Case, rules: ProcedureRules, due: Temporal.PlainDate): CaseDeadline {
  const dueOn = due.toString();
  const stage = state.warned?.dueOn === dueOn ? state.warned.stage : undefined;
  if (stage === 'nachher') return { kind: 'entscheidung', dueOn };
  return { kind: 'entscheidung', dueOn, firesOn: stage === 'vorher' ? dayAfter(dueOn) : due.subtract({ days: rules.warnDays }).toString() };
}

/** How near a deadline is, for the traffic light. */
export type Urgency = 'overdue' | 'soon' | 'ahead' | 'none';

/** Red once passed, amber in the last `soonDays`, else green. */
export function urgencyOf(due: Temporal.PlainDate | null | undefined, now: Temporal.Instant, soonDays = 14): Urgency {
  if (due === null || due === undefined) return 'none';
  const days = legalDay(now).until(due).days;
  if (days < 0) return 'overdue';
  return days <= soonDays ? 'soon' : 'ahead';
}
