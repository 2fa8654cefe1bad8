import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { readDayText } from '../../catalogue/public.ts';
import { readMeasure } from '../domain/declared.ts';
import type { Measure } from '../domain/history.ts';
import { declaredAlready, measureUnknown, notStrategy, type BurdenProblem } from '../domain/problems.ts';
import { insertMeasure, withdrawMeasure } from '../store/measures.ts';
import type { BurdenContext } from './context.ts';
import { reckonService } from './reckon.ts';

/** A change as it comes from a form or a program. */
export interface MeasureInput {
  readonly kind: string;
  readonly target: string;
  /** In any usual notation of a day. */
  readonly effectiveOn: string;
  readonly reason: string;
}

const mayDeclare = (actor: Actor): actor is Extract<Actor, { kind: 'staff' }> => actor.kind === 'staff' && actor.roles.includes('strategie');

/** Declares that something was taken off people's hands; journalled with the hash of its reason. */
export async function declareMeasure(ctx: BurdenContext, actor: Actor, key: string, input: MeasureInput): Promise<Result<Measure, BurdenProblem>> {
  if (!mayDeclare(actor)) return refuse(notStrategy);
  const found = await reckonService(ctx, key);
  if (!found.ok) return found;
  const at = ctx.clock();
  const read = readMeasure({ ...input, effectiveOn: readDayText(input.effectiveOn.trim()) }, found.value.service.facts, legalDay(at));
  if (!read.ok) return read;
  const measure: Measure = { id: newId(at.epochMilliseconds), service: key, ...read.value, declaredAt: at };
  return ctx.database.transaction(async (tx) => {
    if (!(await insertMeasure(tx, measure, actor.staffId))) return refuse(declaredAlready);
    const { id, kind, target, effectiveOn, reason } = measure;
    const payload = { id, service: key, kind, target, effectiveOn: effectiveOn.toString(), reasonSha256: sha256Hex(reason) };
    await ctx.journal.append(tx, actor, at, [{ stream: `burden:${key}`, kind: 'burden.measure-declared', payload }]);
    return ok(measure);
  });
}

/** Takes a declared change back, e.g. because it was wrong; it stays in the journal and in its row. */
export async function takeBackMeasure(
  ctx: BurdenContext,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Result<{ readonly service: string }, BurdenProblem>> {
  if (!mayDeclare(actor)) return refuse(notStrategy);
  if (reason.trim().length < 10) return refuse(invalidField('reason', 'Nennen Sie den Grund in mindestens 10 Zeichen.'));
  if (parseId(id) === undefined) return refuse(measureUnknown);
  const at = ctx.clock();
  return ctx.database.transaction(async (tx) => {
    const service = await withdrawMeasure(tx, id, reason.trim(), at);
    if (service === undefined) return refuse(measureUnknown);
    const payload = { id, service, reasonSha256: sha256Hex(reason.trim()) };
    await ctx.journal.append(tx, actor, at, [{ stream: `burden:${service}`, kind: 'burden.measure-taken-back', payload }]);
    return ok({ service });
  });
}
