import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isToken, sha256Hex, randomToken } from '../../../kernel/token.ts';
import { LIMITS } from '../domain/limits.ts';
import { addCoworker, findByKey, removeCoworkers, setLink } from '../store/scenarios.ts';
import { changeScenario, refusedSignIn, whoIs, type Writing } from './context.ts';

/** `share` shows the scenario to whoever has the link; `join` lets who is signed in work along. */
export type LinkKind = 'share' | 'join';

export interface MadeLink {
  /** Kept nowhere: it is told once. */
  readonly key: string;
  readonly path: string;
  readonly until: Temporal.Instant;
}

export const pathOfLink = (kind: LinkKind, key: string): string => `/zwilling/${kind === 'share' ? 'geteilt' : 'mitarbeit'}/${key}`;

/** A new link with an end; an older one of its kind no longer works. */
export function makeLink(ctx: Writing, actor: Actor, scenarioId: string, kind: LinkKind, days: number): Promise<Result<MadeLink, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'owner', async (tx, _open, now) => {
    if (!Number.isInteger(days) || days < 1 || days > LIMITS.shareDays)
      return refuse(invalidField('days', `Geben Sie an, wie viele Tage der Link gilt: 1 bis ${LIMITS.shareDays}.`));
    const [key, until] = [randomToken(), now.add({ hours: 24 * days })];
    await setLink(tx, scenarioId, kind, { hash: sha256Hex(key), until });
    return ok({ value: { key, path: pathOfLink(kind, key), until }, happened: [`${kind}-link-made`, { until: until.toString() }] as const });
  });
}

/** Ends a link; with `join` those who work along leave, too. */
export function endLink(ctx: Writing, actor: Actor, scenarioId: string, kind: LinkKind): Promise<Result<{ readonly id: string }, Problem>> {
  return changeScenario(ctx, actor, scenarioId, 'owner', async (tx) => {
    await setLink(tx, scenarioId, kind, null);
    if (kind === 'join') await removeCoworkers(tx, scenarioId);
    return ok({ value: { id: scenarioId }, happened: [`${kind}-link-ended`, {}] as const });
  });
}

export const NO_LINK: Problem = { kind: 'not-found', detail: 'Dieser Link gilt nicht oder nicht mehr. Bitten Sie um einen neuen.' };
const FULL: Problem = { kind: 'too-many', detail: `An diesem Szenario arbeiten schon ${LIMITS.coworkers} Menschen mit. Mehr sind nicht möglich.` };

/** Whoever has the link works along from now on. */
export async function joinScenario(ctx: Writing, actor: Actor, key: string): Promise<Result<{ readonly id: string }, Problem>> {
  const refusal = refusedSignIn(actor);
  if (refusal !== undefined) return refusal;
  if (!isToken(key)) return refuse(NO_LINK);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const found = await findByKey(tx, 'join', sha256Hex(key), now);
    if (found === undefined) return refuse(NO_LINK);
    const { scenario, coworkers } = found;
    const who = whoIs(actor);
    if (scenario.owner === who || coworkers.includes(who)) return ok({ id: scenario.id });
    if (coworkers.length >= LIMITS.coworkers) return refuse(FULL);
    await addCoworker(tx, scenario.id, who, now);
    await ctx.journal.append(tx, actor, now, [{ stream: `scenarios:scenario:${scenario.id}`, kind: 'scenarios.coworker-joined', payload: {} }]);
    return ok({ id: scenario.id });
  });
}
