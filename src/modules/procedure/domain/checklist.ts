import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import type { Case } from './case.ts';
import type { CommandOf } from './commands.ts';
import type { Circumstances, Decided } from './decide.ts';
import type { Day } from './events.ts';
import type { ProcedureRules } from './procedure-rules.ts';

/** A step of the examination as it stands. */
export interface Check {
  readonly key: string;
  readonly name: string;
  readonly required: boolean;
  readonly done?: { readonly by: string; readonly on: Day };
}

type Rules = Pick<ProcedureRules, 'checklist'>;

/** All steps in the package's order. */
export function checksOf({ checked = [] }: Pick<Case, 'checked'>, { checklist = [] }: Rules): Check[] {
  return checklist.map((step) => {
    const done = checked.find(({ key }) => key === step.key);
    return done === undefined ? step : { ...step, done: { by: done.by, on: done.on } };
  });
}

/** What the decision still waits for: a plain sentence, or nothing. */
export function uncheckedBefore(state: Case, rules: Rules): string | undefined {
  const open = checksOf(state, rules).filter(({ required, done }) => required && done === undefined);
  if (open.length === 0) return undefined;
  return `Vor der Entscheidung fehlt noch: ${open.map(({ name }) => `«${name}»`).join(', ')}. Haken Sie ab, was geprüft ist.`;
}

/** Keeps what changed; the same ticks again are nothing. */
export function checkTasks({ done }: CommandOf<'check-tasks'>, { state, rules }: Circumstances): Decided {
  const checks = checksOf(state, rules);
  const unknown = done.find((key) => !checks.some((one) => one.key === key));
  if (unknown !== undefined) return refuse(invalidField('done', `Den Prüfschritt «${unknown}» sieht diese Leistung nicht vor. Wählen Sie aus der Liste.`));
  const added = checks.filter((one) => one.done === undefined && done.includes(one.key)).map(({ key }) => key);
  const reopened = checks.filter((one) => one.done !== undefined && !done.includes(one.key)).map(({ key }) => key);
  return ok(added.length + reopened.length === 0 ? [] : [{ kind: 'pruefschritte-abgehakt', facts: { done: added, reopened } }]);
}
