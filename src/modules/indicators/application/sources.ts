import type { Actor } from '../../../kernel/actor.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { definitionsFrom } from './definition-body.ts';
import { AGGREGATES, isSameSource, SOURCE_KINDS, type Source } from '../domain/source.ts';
import { nameOf } from '../domain/definition.ts';
import { newestDefinitions } from '../store/definitions.ts';
import { dropValues, lockSource, saveSource } from '../store/sources.ts';
import { moveRevision } from '../store/stamp.ts';
import type { IndicatorsContext } from './context.ts';
import { keepsStrategy, NOT_STRATEGY } from './define.ts';

export interface SourceInput extends Source {
  readonly key: string;
  readonly active: boolean;
}

const LONGEST = { url: 1000, field: 200, query: 5000 } as const;

/** Says where an imported indicator comes from; it is fetched with the next run. What another source said goes. */
export async function setSource(ctx: IndicatorsContext, actor: Actor, input: SourceInput): Promise<Result<SourceInput, Problem>> {
  if (!keepsStrategy(actor)) return refuse(NOT_STRATEGY);
  const problems = sourceProblems(input);
  if (problems.length > 0) return refuse(invalidFields(problems));
  const { key, active, ...body } = input;
  const now = ctx.clock();
  return ctx.database.transaction(async (tx) => {
    if (definitionsFrom(await newestDefinitions(tx)).get(nameOf(key))?.kind !== 'imported')
      return refuse({ kind: 'wrong-state', detail: 'Nur eine Kennzahl, die geholt wird, hat eine Quelle. Legen Sie zuerst ihre Definition an.' });
    const before = await lockSource(tx, key);
    await saveSource(tx, { key, body, active }, now);
    const dropped = before === undefined || isSameSource(before.body, body) ? 0 : await dropValues(tx, key);
    await moveRevision(tx);
    const facts = { key, kind: body.kind, host: URL.parse(body.url)!.host, staleAfterDays: body.staleAfterDays, active, ...(dropped === 0 ? {} : { dropped }) };
    await ctx.journal.append(tx, actor, now, [{ stream: `indicators:${key}`, kind: 'indicators.source-set', payload: facts }]);
    return ok(input);
  });
}

function sourceProblems(input: SourceInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (field: string, message: string): void => void problems.push({ field, message });
  const url = URL.parse(input.url);
  if (url === null || !/^https?:$/.test(url.protocol) || input.url.length > LONGEST.url)
    say('url', `Geben Sie eine Adresse an, die mit https:// oder http:// beginnt, höchstens ${LONGEST.url} Zeichen.`);
  if (!SOURCE_KINDS.includes(input.kind)) say('kind', 'Wählen Sie, wie die Quelle antwortet.');
  if (input.kind !== 'sensorthings' && (input.value.trim() === '' || input.value.length > LONGEST.field))
    say('value', 'Sagen Sie, wo der Wert steht: die Spalte, der Zeiger oder die Variable.');
  if (input.kind === 'json' && !/^(\/.*)?$/.test(input.value)) say('value', 'Ein Zeiger beginnt mit „/“, etwa /daten/0/wert.');
  if (input.day.length > LONGEST.field) say('day', `Kürzen Sie das auf ${LONGEST.field} Zeichen.`);
  if (input.kind === 'sparql' && !/\bselect\b/i.test(input.query)) say('query', 'Stellen Sie eine SELECT-Frage.');
  if (input.query.length > LONGEST.query) say('query', `Kürzen Sie die Frage auf ${LONGEST.query} Zeichen.`);
  if (!AGGREGATES.includes(input.aggregate)) say('aggregate', 'Wählen Sie, was aus den Messwerten wird.');
  whole(problems, 'days', input.days, 1, 366);
  whole(problems, 'everyHours', input.everyHours, 1, 24 * 31);
  whole(problems, 'staleAfterDays', input.staleAfterDays, 1, 3660);
  return problems;
}

function whole(problems: FieldProblem[], field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) problems.push({ field, message: `Geben Sie eine ganze Zahl von ${least} bis ${most} an.` });
}
