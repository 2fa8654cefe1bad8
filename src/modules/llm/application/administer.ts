import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { HIGHEST_LIMIT, LIMITS, type LimitName } from '../domain/limits.ts';
import { saveBound, saveSwitch } from '../store/register.ts';
import type { LlmContext } from './context.ts';

const STREAM = 'llm:register';
const NOT_ALLOWED: Problem = { kind: 'not-allowed', detail: 'Das darf nur die Verwaltung. Bitten Sie sie darum.' };
const administers = (who: Actor): boolean => who.kind === 'staff' && who.roles.includes('administration');

export interface SwitchWish {
  readonly kind: 'model' | 'use';
  readonly key: string;
  readonly active: boolean;
}

/** Switches a model or a use on or off; it holds for the next order, whichever process takes it. */
export async function setActive(llm: LlmContext, who: Actor, { kind, key, active }: SwitchWish): Promise<Result<SwitchWish, Problem>> {
  if (!administers(who)) return refuse(NOT_ALLOWED);
  const known: readonly { readonly key: string }[] = kind === 'model' ? llm.models : llm.uses;
  if (!known.some((one) => one.key === key)) return refuse({ kind: 'not-found', detail: 'Das steht nicht im Register. Laden Sie die Seite neu.' });
  const now = llm.clock();
  await llm.database.write(async (tx) => {
    await saveSwitch(tx, { kind, key, active, changedAt: now }, actorRef(who));
    await llm.journal.append(tx, who, now, [{ stream: STREAM, kind: 'llm.switched', payload: { kind, key, active } }]);
  });
  return ok({ kind, key, active });
}

export interface LimitWish {
  readonly name: string;
  readonly value: number;
}

/** Sets a bound; 0 lets nobody through. */
export async function setLimit(
  llm: LlmContext,
  who: Actor,
  { name, value }: LimitWish,
): Promise<Result<{ readonly name: LimitName; readonly value: number }, Problem>> {
  if (!administers(who)) return refuse(NOT_ALLOWED);
  const known = LIMITS.find((one) => one === name);
  if (known === undefined) return refuse({ kind: 'not-found', detail: 'Diese Grenze gibt es nicht. Laden Sie die Seite neu.' });
  if (!Number.isInteger(value) || value < 0 || value > HIGHEST_LIMIT)
    return refuse(invalidField(name, `Geben Sie eine ganze Zahl von 0 bis ${HIGHEST_LIMIT} an. 0 lässt niemanden durch.`));
  const now = llm.clock();
  await llm.database.write(async (tx) => {
    await saveBound(tx, { name: known, value }, actorRef(who), now);
    await llm.journal.append(tx, who, now, [{ stream: STREAM, kind: 'llm.limit-set', payload: { name: known, value } }]);
  });
  return ok({ name: known, value });
}
