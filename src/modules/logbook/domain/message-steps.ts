import type { Copy, Direction, StepKind } from '../../../kernel/log.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import type { StaffFunction } from '../../situation/public.ts';
import { isRef } from './log-rules.ts';
import type { Step } from './message.ts';

export interface NewStep {
  readonly kind: StepKind;
  readonly copy?: Copy | undefined;
  readonly toFunction?: StaffFunction | undefined;
  readonly ref?: string | undefined;
  readonly note: string;
}

/** Stamps that stand once on the form. */
const ONCE: readonly StepKind[] = ['aufnahme', 'annahme', 'befoerderung', 'erledigt'];

/** Whether the form says this already: then nothing is added, and it is no mistake to say it again. */
export function isSaid(steps: readonly Step[], { kind, copy, toFunction, ref }: NewStep, byFunction: string): boolean {
  return steps.some((one) => {
    if (one.kind !== kind) return false;
    if (ONCE.includes(kind)) return true;
    if (kind === 'verteilung') return one.toFunction === toFunction && one.copy === (copy ?? null) && steps.findLast((last) => last.copy === one.copy) === one;
    return kind === 'bezug' ? one.ref === ref : one.byFunction === byFunction;
  });
}

/** What is wrong with a further step of a message. */
export function stepProblems(direction: Direction, { kind, copy, toFunction, ref, note }: NewStep): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, message: string): void => void problems.push({ field, message });
  if (note.length > 500) wrong('note', 'Kürzen Sie den Vermerk auf 500 Zeichen.');
  if (kind === 'befoerderung' && direction === 'in') wrong('kind', 'Befördert wird, was hinausgeht. Diese Nachricht ist eingegangen.');
  if (kind === 'verteilung' && toFunction === undefined) wrong('toFunction', 'Wählen Sie, wer die Nachricht bekommt.');
  if (copy === 'rot' && toFunction !== 'S2') wrong('copy', 'Das rote Blatt gehört S2. Nehmen Sie das blaue oder das grüne.');
  if (copy === 'gelb' && toFunction !== 'S6') wrong('copy', 'Das gelbe Blatt bleibt bei der Fernmeldestelle (S6). Nehmen Sie das blaue oder das grüne.');
  if (kind === 'bezug' && (ref === undefined || !isRef(ref)))
    wrong('ref', 'Nennen Sie, worauf sich die Nachricht bezieht: die Nummer eines Eintrags, etwa 12.');
  return problems;
}
