import { createHmac } from 'node:crypto';
import { personOf, type Actor } from '../../../kernel/actor.ts';
import type { ModelOrder } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { limitReached, type Limits } from '../domain/limits.ts';
import type { ModelEntry } from '../domain/register.ts';
import { costOf } from '../domain/usage.ts';
import { addUsage, takeAllowance } from '../store/usage.ts';
import type { LlmContext } from './context.ts';
import type { Ending } from './relay.ts';

/** Who orders, as limits and counts know them. */
export interface Orderer {
  /** Absent: nobody in particular. */
  readonly person: string | undefined;
  readonly unit: string;
}

export const OUTSIDE_UNIT = 'oeffentlichkeit';
export const CITY_UNIT = 'stadt';

export function ordererOf(who: Actor): Orderer {
  switch (who.kind) {
    // of several authorities the first counts
    case 'staff':
      return { person: who.staffId, unit: who.authorities[0] ?? CITY_UNIT };
    case 'citizen':
      return { person: personOf(who), unit: OUTSIDE_UNIT };
    case 'system':
      return { person: undefined, unit: CITY_UNIT };
    default:
      return { person: undefined, unit: OUTSIDE_UNIT };
  }
}

/** A person on one day: the next day it is another, and nobody can tell that both are one. */
const holderOf = (secret: string, day: Temporal.PlainDate, person: string): string =>
  createHmac('sha256', secret).update(`llm:${day.toString()}:${person}`).digest('hex');

/** Takes a place among what runs, and one order of the day from person and unit. @returns how to give the place back */
export async function takePlace(llm: LlmContext, who: Actor, limits: Limits): Promise<Result<() => void, Problem>> {
  const orderer = ordererOf(who);
  const now = llm.clock();
  const begun = llm.running.begin(orderer, limits);
  if (typeof begun === 'string') return refuse(limitReached(begun, limits[begun], now));
  const day = legalDay(now);
  const taken = await llm.database
    .transaction(async (tx) => {
      const { person, unit } = orderer;
      if (person !== undefined && !(await takeAllowance(tx, day, 'person', holderOf(llm.secret, day, person), limits['person-day'])))
        return refuse(limitReached('person-day', limits['person-day'], now));
      if (!(await takeAllowance(tx, day, 'unit', unit, limits['unit-day']))) return refuse(limitReached('unit-day', limits['unit-day'], now));
      return ok(begun);
    })
    .catch((error: unknown) => {
      begun();
      throw error;
    });
  if (!taken.ok) begun();
  return taken;
}

/** What is kept of an order that was answered or failed: counts and facts, never a word of it. */
export interface Settled {
  readonly order: Pick<ModelOrder, 'use' | 'subject'> & { readonly prompt?: ModelOrder['prompt'] };
  readonly model: ModelEntry;
  readonly inputSha256: string;
  readonly masked: number;
  readonly ending: Ending;
  /** Signs sent and received, where the model did not count its tokens. */
  readonly signs: { readonly sent: number; readonly received: number };
  /** How often the model was asked; 2: it was asked to mend its answer. */
  readonly attempts?: number;
}

const SIGNS_A_TOKEN = 4;

export async function settle(llm: LlmContext, who: Actor, { order, model, inputSha256, masked, ending, signs, attempts }: Settled): Promise<void> {
  const now = llm.clock();
  const day = legalDay(now);
  const { person, unit } = countedAs(llm, who, order.use);
  const { failure, droppedCalls } = ending;
  const tokens = ending.usage ?? { inputTokens: Math.ceil(signs.sent / SIGNS_A_TOKEN), outputTokens: Math.ceil(signs.received / SIGNS_A_TOKEN) };
  if (failure !== undefined) llm.log.warn('llm.failed', { model: model.key, reason: failure.reason, ...failure.facts });
  const holder = person === undefined ? undefined : holderOf(llm.secret, day, person);
  const count = { day, use: order.use, model: model.key, unit, failed: failure !== undefined, masked, droppedCalls, ...tokens };
  const payload = {
    use: order.use,
    model: model.key,
    ...(order.prompt === undefined ? {} : { promptId: order.prompt.id, promptVersion: order.prompt.version }),
    inputSha256,
    masked,
    ...tokens,
    counted: ending.usage !== undefined,
    finish: failure === undefined ? ending.finish : failure.reason,
    ...(droppedCalls === 0 ? {} : { droppedCalls }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(order.subject === undefined ? {} : { subject: order.subject }),
  };
  await llm.database.write(async (tx) => {
    await addUsage(tx, holder, { ...count, costMillicents: costOf(tokens, model) });
    await llm.journal.append(tx, journalledAs(llm, who, order.use), now, [{ stream: `llm:${order.use}`, kind: 'llm.answered', payload }]);
  });
}

/** That an order leaves now; before its first byte does, so that no crash and no broken line hides it. */
export async function noteSent(
  llm: LlmContext,
  who: Actor,
  { order, model, inputSha256, masked }: Omit<Settled, 'ending' | 'signs' | 'attempts'>,
): Promise<void> {
  const prompt = order.prompt === undefined ? {} : { promptId: order.prompt.id, promptVersion: order.prompt.version };
  const payload = { use: order.use, model: model.key, ...prompt, inputSha256, masked, ...(order.subject === undefined ? {} : { subject: order.subject }) };
  await llm.database.write((tx) =>
    llm.journal.append(tx, journalledAs(llm, who, order.use), llm.clock(), [{ stream: `llm:${order.use}`, kind: 'llm.sent', payload }]),
  );
}

/** That an order was stopped at the gate, and by what; in a use for everybody not by what: it would tell of the question. */
export async function noteBlocked(llm: LlmContext, who: Actor, order: ModelOrder, model: ModelEntry, reason: 'special-categories' | 'masking'): Promise<void> {
  const why = isForEverybody(llm, order.use) ? {} : { reason };
  const payload = { use: order.use, model: model.key, ...why, ...(order.subject === undefined ? {} : { subject: order.subject }) };
  await llm.database.write((tx) =>
    llm.journal.append(tx, journalledAs(llm, who, order.use), llm.clock(), [{ stream: `llm:${order.use}`, kind: 'llm.blocked', payload }]),
  );
}

const isForEverybody = ({ uses }: LlmContext, use: string): boolean => uses.find(({ key }) => key === use)?.openTo === 'everybody';

/** Who asked in a use for everybody is nobody's business, signed in or not. */
const journalledAs = (llm: LlmContext, who: Actor, use: string): Actor => (isForEverybody(llm, use) ? { kind: 'anonymous' } : who);

/** Nor is anybody counted there. */
const countedAs = (llm: LlmContext, who: Actor, use: string): Orderer =>
  isForEverybody(llm, use) ? { person: undefined, unit: OUTSIDE_UNIT } : ordererOf(who);
