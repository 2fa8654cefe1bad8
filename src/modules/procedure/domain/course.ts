import { invalidField, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Milestone } from '../../catalogue/public.ts';
import { presentDecision, type Case } from './case.ts';
import type { CommandOf } from './commands.ts';
import type { Circumstances, Decided } from './decide.ts';
import type { Day } from './events.ts';
import type { ProcedureRules } from './procedure-rules.ts';

/** A step of the course as it stands now. */
export interface CourseStep {
  readonly milestone: Milestone;
  /** `next`: everything before it is done. */
  readonly stage: 'done' | 'next' | 'ahead';
  readonly on?: Day;
  /** SHA-256 of the documents it rests on. */
  readonly documents: readonly string[];
}

type Rules = Pick<ProcedureRules, 'milestones'>;

/** Day of a step, where it is done. */
function reachedOn(state: Case, { id, reachedBy }: Milestone): Day | undefined {
  if (reachedBy === undefined) return state.steps?.find((step) => step.id === id)?.on;
  const decision = presentDecision(state);
  if (decision === undefined || decision.outcome === 'refuse') return undefined;
  return reachedBy === 'decision' ? decision.decidedOn : decision.delivery?.on;
}

/** The whole course in the package's order. */
export function courseOf(state: Case, { milestones = [] }: Rules): CourseStep[] {
  const days = new Map(milestones.map((milestone) => [milestone.id, reachedOn(state, milestone)]));
  return milestones.map((milestone) => {
    const on = days.get(milestone.id);
    const documents = state.steps?.find((step) => step.id === milestone.id)?.documents ?? [];
    if (on !== undefined) return { milestone, stage: 'done', on, documents };
    const ready = milestone.after.every((id) => days.get(id) !== undefined);
    return { milestone, stage: ready ? 'next' : 'ahead', documents };
  });
}

/** Steps that an officer may still record. */
export const openSteps = (state: Case, rules: Rules): CourseStep[] =>
  courseOf(state, rules).filter(({ stage, milestone }) => stage !== 'done' && milestone.reachedBy === undefined);

/** What must be done before the step and is not: a plain sentence, or nothing. */
function missing(course: readonly CourseStep[], milestone: Milestone): string | undefined {
  const open = course
    .filter((step) => milestone.after.includes(step.milestone.id) && step.stage !== 'done')
    .map((step) => `«${step.milestone.name.de}» (${step.milestone.legalBasis})`);
  return open.length === 0 ? undefined : `Vor «${milestone.name.de}» (${milestone.legalBasis}) fehlt noch: ${open.join(', ')}. Halten Sie zuerst das fest.`;
}

/** Why the decision, or its Bekanntgabe, comes too early in the course. */
export function missingBefore(state: Case, rules: Rules, by: NonNullable<Milestone['reachedBy']>): string | undefined {
  const course = courseOf(state, rules);
  return course.flatMap(({ milestone }) => (milestone.reachedBy === by ? [missing(course, milestone)] : [])).find((sentence) => sentence !== undefined);
}

/** Records a step: once, in its order, on a day that is not before the steps it follows. */
export function recordStep({ step, on, note, documents }: CommandOf<'record-step'>, { state, rules, now }: Circumstances): Decided {
  const course = courseOf(state, rules);
  const found = course.find(({ milestone }) => milestone.id === step);
  if (found === undefined || found.milestone.reachedBy !== undefined)
    return refuse(invalidField('step', 'Diesen Schritt hält man hier nicht fest. Wählen Sie einen aus der Liste.'));
  if (found.stage === 'done') return refuse(invalidField('step', 'Dieser Schritt ist schon festgehalten. Wählen Sie den nächsten.'));
  const sentence = missing(course, found.milestone);
  if (sentence !== undefined) return refuse(wrongState(sentence));
  const today = legalDay(now).toString();
  const day = on ?? today;
  if (day > today) return refuse(invalidField('on', 'Der Tag liegt in der Zukunft. Halten Sie den Schritt fest, wenn er getan ist.'));
  const before = course
    .flatMap((one) => (found.milestone.after.includes(one.milestone.id) && one.on !== undefined ? [one.on] : []))
    .toSorted()
    .at(-1);
  if (before !== undefined && day < before) {
    return refuse(
      invalidField('on', `Der Schritt davor war am ${formatGermanDate(Temporal.PlainDate.from(before))}. Nennen Sie diesen oder einen späteren Tag.`),
    );
  }
  return ok([{ kind: 'schritt-vollzogen', facts: { step, on: day, documents }, content: { note } }]);
}
