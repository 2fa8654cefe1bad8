import type { FieldProblem } from '../../../kernel/problem.ts';
import type { Validity } from '../../catalogue/public.ts';
import { presentDecision, type Case, type Decision } from './case.ts';
import type { Day, DecisionKind, DecisionValidity } from './events.ts';
import type { Outcome, ProcedureRules } from './procedure-rules.ts';

type Answers = Case['answers'];
type Term = Validity['terms'][number];

const plain = (day: Day): Temporal.PlainDate => Temporal.PlainDate.from(day);
const isDay = (value: unknown): value is Day => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const inForceOn = <T extends { readonly validFrom: string }>(rows: readonly T[], day: Day): T | undefined =>
  rows
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))
    .at(-1);

/** The package's length in force on a day; absent before the first one. */
export const termOn = ({ terms }: Pick<Validity, 'terms'>, day: Day): Term | undefined => inForceOn(terms, day);

/** Days before the end on which its holder is reminded, by the row in force on a day, the longest first. */
export const reminderDaysOn = ({ remind }: Pick<Validity, 'remind'>, day: Day): readonly number[] =>
  (inForceOn(remind, day) ?? remind[0]!).daysBefore.toSorted((a, b) => b - a);

/**
 * Last day of a time whose first day counts (§ 187(2), § 188(2) and (3) BGB). No day of rest moves it: it is no Frist in
 * which somebody must do something.
 */
export function lastDayFrom(first: Day, { length, unit }: Pick<Term, 'length' | 'unit'>): Day {
  const same = plain(first).add({ [unit]: length });
  // where the month has no such day, its last one is the end already
  const clamped = unit !== 'days' && same.day !== plain(first).day;
  return (clamped ? same : same.subtract({ days: 1 })).toString();
}

/** Last day of a time that an event starts: its own day does not count (§ 187(1), § 188(2) and (3) BGB). */
export const lastDayAfter = (event: Day, { length, unit }: Pick<Term, 'length' | 'unit'>): Day =>
  plain(event)
    .add({ [unit]: length })
    .toString();

/** What package and answers say before anybody names a day: the last day, or that it runs from the Bekanntgabe. */
export function proposedValidity(rule: Validity, answers: Answers, decidedOn: Day): DecisionValidity | undefined {
  if (rule.until !== undefined) {
    const asked = answers[rule.until];
    return isDay(asked) ? { until: asked } : undefined;
  }
  const term = termOn(rule, decidedOn);
  if (term === undefined) return undefined;
  const continued = continuedFrom(rule, answers, decidedOn);
  if (continued !== undefined) return { until: lastDayFrom(continued, term) };
  return rule.from === 'announcement' ? { from: 'announcement' } : { until: lastDayFrom(decidedOn, term) };
}

/** A renewal joins what still holds; a day too far ahead is not taken on the applicant's word. */
function continuedFrom({ continues }: Validity, answers: Answers, decidedOn: Day): Day | undefined {
  const ends = continues === undefined ? undefined : answers[continues.field];
  if (!isDay(ends) || ends < decidedOn || ends > plain(decidedOn).add({ days: continues!.withinDays }).toString()) return undefined;
  return plain(ends).add({ days: 1 }).toString();
}

/** How long what this decision grants holds. `named` is the last day that a person named. */
export function validityOf(
  decision: { readonly kind: DecisionKind; readonly outcome: Outcome; readonly named?: Day | undefined },
  state: Case,
  rules: ProcedureRules,
  decidedOn: Day,
): DecisionValidity | undefined {
  const { kind, outcome, named } = decision;
  const before = settled(presentDecision(state)?.validity);
  // a Widerspruch that fails leaves what was decided
  if (kind === 'widerspruchsbescheid' && outcome === 'refuse') return before;
  // what is taken back in part goes on in the rest (§ 48, § 49 VwVfG)
  if (kind === 'ruecknahme' || kind === 'widerruf') return outcome === 'partial' ? (whenNamed(named) ?? before) : undefined;
  if (outcome === 'refuse' || rules.validity === undefined) return undefined;
  // a correction or a Widerspruchsbescheid does not begin the time anew
  const inherited = kind === 'bescheid' ? undefined : before;
  return whenNamed(named) ?? inherited ?? proposedValidity(rules.validity, state.answers, decidedOn);
}

/** Once its day is known nothing begins it anew. */
const settled = (validity: DecisionValidity | undefined): DecisionValidity | undefined =>
  validity?.until === undefined ? validity : { until: validity.until };

const whenNamed = (until: Day | undefined): DecisionValidity | undefined => (until === undefined ? undefined : { until });

/** The last day of what holds from its Bekanntgabe (or the fiction) on. */
export function untilFrom({ validity, decidedOn }: Pick<Decision, 'validity' | 'decidedOn'>, event: Day, rules: ProcedureRules): Day | undefined {
  if (validity?.from !== 'announcement' || rules.validity === undefined) return undefined;
  const term = termOn(rules.validity, decidedOn);
  return term && lastDayAfter(event, term);
}

/** Whether a decision of this package may name the last day itself. */
export const isNamed = ({ until, named }: Validity): boolean => until !== undefined || named;

/** What is wrong with a last day that a draft names. */
export function namedProblems(named: Day | undefined, rules: ProcedureRules, today: Day): FieldProblem[] {
  if (named === undefined) return [];
  const complain = (message: string): FieldProblem[] => [{ field: 'validUntil', message }];
  if (rules.validity === undefined || !isNamed(rules.validity))
    return complain('Wie lange diese Entscheidung gilt, steht im Leistungspaket. Lassen Sie das Feld leer.');
  if (!isDay(named) || !exists(named)) return complain('Schreiben Sie den letzten Tag als Datum, zum Beispiel 31.12.2027.');
  return named < today ? complain('Der letzte Tag liegt in der Vergangenheit. Nennen Sie einen Tag von heute an.') : [];
}

function exists(day: Day): boolean {
  try {
    return plain(day).toString() === day;
  } catch {
    return false;
  }
}

/** The last day of what the case grants now; absent: nothing was granted, it was taken back, has no end, or is not known yet. */
export function validUntil(state: Case): Day | undefined {
  if (state.status === 'zurueckgenommen' || state.status === 'abgeschlossen') return undefined;
  const effective = state.decisions.some(({ kind, delivery }) => kind === 'fiktion' || delivery !== undefined);
  return effective ? presentDecision(state)?.validity?.until : undefined;
}

/** What the grant is for, as one text: the same asked for again has the same. */
export function validFor({ validity }: ProcedureRules, answers: Answers): readonly string[] | undefined {
  return validity?.same.map((name) => {
    const [list, inside] = name.split('.') as [string, string | undefined];
    const value = answers[list];
    if (inside === undefined) return plainText(value);
    const items = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
    return items
      .map((item) => plainText(item[inside]))
      .toSorted()
      .join(';');
  });
}

/** However it is spaced, cased or dotted; places to about ten metres, since nobody clicks twice on the same spot. */
function plainText(value: unknown): string {
  if (typeof value === 'number') return value.toFixed(4);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, one]) => `${key}=${plainText(one)}`)
      .join(',');
  return (typeof value === 'string' ? value : JSON.stringify(value ?? ''))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Days before the end on which its holder is reminded; not on days before they had it. */
export function remindersOf(rule: Validity, until: Day, state: Case, today: Day): readonly number[] {
  const known = presentDecision(state)?.delivery?.bekanntgabeOn ?? presentDecision(state)?.decidedOn ?? until;
  return reminderDaysOn(rule, today).filter((days) => plain(until).subtract({ days }).toString() > known);
}

/** From when on somebody is told how to go on: the first reminder. */
export function isNearEnd(rule: Validity, until: Day, today: Day): boolean {
  return (
    plain(until)
      .subtract({ days: Math.max(...reminderDaysOn(rule, today)) })
      .toString() <= today
  );
}
