import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { SurgeProblem } from '../domain/problems.ts';
import { DATED_RULES, MEASURES } from '../domain/rules-data.ts';
import { differences, RULE_NAMES, rulesOn, valueOf, type DatedRule, type RuleName, type SurgeRules } from '../domain/rules.ts';
import { insertRule, listRules, setRules } from '../store/lage.ts';
import type { SurgeContext } from './context.ts';
import { inSurge } from './in-surge.ts';

export interface RuleInput {
  readonly name: RuleName;
  readonly value: number;
  readonly validFrom: string;
  readonly source: string;
}

/** Everything that is laid down, by the program and by the administration, and what of it is in force today. */
export async function allRules(ctx: Pick<SurgeContext, 'database' | 'clock'>): Promise<{ readonly rows: readonly DatedRule[]; readonly today: SurgeRules }> {
  const now = ctx.clock();
  const rows = [...DATED_RULES, ...(await listRules(ctx.database.read, now))];
  return { rows, today: rulesOn(legalDay(now), rows, MEASURES) };
}

/** What follows a rule must come after it: stages in their order, season in the year. */
const ASCENDING: readonly (readonly RuleName[])[] = [
  ['stage-0-from', 'stage-1-from', 'stage-2-from', 'stage-2-to'],
  ['sturmflut-above-mhw', 'schwere-above-mhw', 'sehr-schwere-above-mhw'],
  ['mnw', 'mhw', 'stage-0-from'],
  ['public-warned-hours-latest', 'public-warned-hours-earliest'],
];

/** The administration lays a value down from a day on. Lagen that are open keep theirs until somebody changes them there. */
export async function layDownRule(ctx: SurgeContext, actor: Actor, input: RuleInput): Promise<Result<DatedRule, SurgeProblem>> {
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const before = [...DATED_RULES, ...(await listRules(tx, now))];
    const known = before.find(({ name }) => name === input.name);
    const problems = ruleProblems(input);
    if (problems.length > 0 || known === undefined) return refuse(invalidFields(problems));
    const one: DatedRule = { ...input, source: input.source.trim(), unit: known.unit, checked: 'by-administration', recordedAt: now.toString() };
    const after = rulesOn(Temporal.PlainDate.from(input.validFrom), [...before, one], MEASURES);
    const broken = ASCENDING.find(
      (names) => names.includes(input.name) && names.some((name, i) => i > 0 && valueOf(after, name) <= valueOf(after, names[i - 1]!)),
    );
    if (broken !== undefined)
      return refuse(invalidFields([{ field: 'value', message: `Die Werte ${broken.join(', ')} müssen in dieser Folge steigen. Prüfen Sie Höhe und Tag.` }]));
    const id = newId(now.epochMilliseconds);
    await insertRule(tx, id, one, actorRef(actor), now);
    const payload = { ruleId: id, name: one.name, value: one.value, validFrom: one.validFrom, source: sha256Hex(one.source) };
    await ctx.journal.append(tx, actor, now, [{ stream: 'surge:rules', kind: 'surge.rule-laid-down', payload }]);
    return ok(one);
  });
}

function ruleProblems({ name, value, validFrom, source }: RuleInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!RULE_NAMES.includes(name)) problems.push({ field: 'name', message: 'Diesen Wert kennt die Stadt nicht. Nehmen Sie einen Namen aus der Liste.' });
  if (!Number.isFinite(value) || Math.abs(value) > 100_000) problems.push({ field: 'value', message: 'Nennen Sie eine Zahl.' });
  if (!/^\d{4}-\d\d-\d\d$/.test(validFrom) || !isDay(validFrom)) problems.push({ field: 'validFrom', message: 'Schreiben Sie den Tag so: 2026-11-28.' });
  if (source.trim() === '' || source.length > 300) problems.push({ field: 'source', message: 'Nennen Sie mit höchstens 300 Zeichen, woher der Wert kommt.' });
  return problems;
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** A Lage takes the rules of today instead of those it began with: a decision of who leads, and said so in the log. */
export function renewRules(ctx: SurgeContext, actor: Actor, key: string): Promise<Result<{ readonly changed: number }, SurgeProblem>> {
  return inSurge(ctx, actor, { key, right: 'lead' }, async ({ tx, view, surge, now }) => {
    const today = rulesOn(legalDay(now), [...DATED_RULES, ...(await listRules(tx, now))], MEASURES);
    const changed = differences(surge.rules, today);
    if (changed.length === 0) return ok({ value: { changed: 0 } });
    await setRules(tx, view.lage.id, today, now);
    const words = changed.map(({ name, from, to }) => `${name} ${from} → ${to}`).join(', ');
    return ok({
      value: { changed: changed.length },
      event: { kind: 'rules-renewed', payload: { day: today.day, changed } },
      log: [{ kind: 'entschluss', text: `Die Lage rechnet ab jetzt mit den Werten vom ${today.day}: ${words}.` }],
    });
  });
}
