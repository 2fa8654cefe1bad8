import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Condition, Severity } from './watch.ts';

/** A rule as somebody writes it. One of `layer` and `streamId` says what it watches. */
export interface RuleInput {
  readonly name: string;
  readonly layer?: string | undefined;
  readonly streamId?: number | undefined;
  readonly condition: Condition;
  readonly severity: Severity;
}

const MOST_MINUTES = 7 * 24 * 60;
const MOST_CORNERS = 500;

/** What is wrong with a rule, field by field. */
export function checkRule(input: RuleInput): Result<RuleInput, Problem<'invalid-input'>> {
  const problems: FieldProblem[] = [];
  const name = input.name.trim();
  if (name === '' || name.length > 200) problems.push({ field: 'name', message: 'Geben Sie der Regel einen Namen mit höchstens 200 Zeichen.' });
  if ((input.layer === undefined) === (input.streamId === undefined))
    problems.push({ field: 'layer', message: 'Wählen Sie eine Ebene oder nennen Sie einen Datenstrom, nicht beides.' });
  problems.push(...conditionProblems(input.condition));
  return problems.length > 0 ? refuse(invalidFields(problems)) : ok({ ...input, name });
}

function conditionProblems(condition: Condition): FieldProblem[] {
  switch (condition.kind) {
    case 'threshold': {
      const { side, limit, clear } = condition;
      if (!Number.isFinite(limit)) return [{ field: 'limit', message: 'Geben Sie den Grenzwert als Zahl an.' }];
      const right = side === 'above' ? clear <= limit : clear >= limit;
      return Number.isFinite(clear) && right
        ? []
        : [{ field: 'clear', message: `Der Wert, ab dem es vorbei ist, darf nicht ${side === 'above' ? 'über' : 'unter'} dem Grenzwert liegen.` }];
    }
    case 'rate':
      return [
        ...(Number.isFinite(condition.perHour) && condition.perHour > 0
          ? []
          : [{ field: 'perHour', message: 'Geben Sie die Änderung je Stunde als Zahl über 0 an.' }]),
        ...minutesProblems(condition.minutes),
      ];
    case 'absence':
      return minutesProblems(condition.minutes);
    case 'geofence':
      return ringProblems(condition.ring);
  }
}

const minutesProblems = (minutes: number): FieldProblem[] =>
  Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES
    ? []
    : [{ field: 'minutes', message: `Geben Sie ganze Minuten von 1 bis ${MOST_MINUTES} an.` }];

function ringProblems(ring: readonly (readonly [number, number])[]): FieldProblem[] {
  const [first, last] = [ring[0], ring.at(-1)];
  const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  const onEarth = ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
  return ring.length >= 4 && ring.length <= MOST_CORNERS && closed && onEarth
    ? []
    : [{ field: 'ring', message: `Die Fläche braucht 4 bis ${MOST_CORNERS} Punkte [Länge, Breite]; der letzte ist gleich dem ersten.` }];
}
