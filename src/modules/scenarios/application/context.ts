import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { mayChange, roleOf, type Role } from '../domain/scenario.ts';
import { findScenario, type FoundScenario } from '../store/scenarios.ts';

export type Reading = Pick<Context, 'database' | 'clock'>;
export type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;
export type Ordering = Writing & Pick<Context, 'outbox'>;

/** Whose scenario it is, as far as this actor goes: the person who really acts. */
export const whoIs = (actor: Actor): string => actorRef(actor);

export const NO_SCENARIO: Problem = {
  kind: 'not-found',
  detail: 'Dieses Szenario gibt es nicht, oder es ist nicht für Sie freigegeben. Ihre Szenarien stehen unter /zwilling/szenarien.',
};
const SIGN_IN: Problem = { kind: 'sign-in-needed', detail: 'Melden Sie sich an, um an Szenarien zu arbeiten.' };
const ONLY_OWNER: Problem = { kind: 'not-allowed', detail: 'Das darf nur, wem das Szenario gehört. Bitten Sie diese Person darum.' };
const ONLY_COWORKERS: Problem = {
  kind: 'not-allowed',
  detail: 'Dieses Szenario dürfen Sie ansehen, aber nicht ändern. Bitten Sie die Person, der es gehört, um einen Link zum Mitarbeiten.',
};

export interface OpenScenario extends FoundScenario {
  readonly role: Role;
}

/** The scenario, where the actor may do as much as `least`; whoever may not even look is told that there is none. */
export async function openScenario(db: Sql, actor: Actor, id: string, least: Role = 'reader', lock = false): Promise<Result<OpenScenario, Problem>> {
  const found = parseId(id) === undefined ? undefined : await findScenario(db, id, lock);
  const role = found === undefined ? undefined : roleOf(found.scenario, found.coworkers, actor);
  if (found === undefined || role === undefined) return refuse(NO_SCENARIO);
  if (least === 'owner' && role !== 'owner') return refuse(ONLY_OWNER);
  if (least === 'coworker' && !mayChange(role)) return refuse(ONLY_COWORKERS);
  return ok({ ...found, role });
}

export const scenarioStream = (id: string): string => `scenarios:scenario:${id}`;

/** Kind without prefix and facts of what happened to a scenario. */
export type Happened = readonly [kind: string, payload: NewEntry['payload']];

/** Changes a scenario in one transaction, and journals what happened to it last. */
export async function changeScenario<T>(
  ctx: Writing,
  actor: Actor,
  id: string,
  least: 'owner' | 'coworker' | 'reader',
  change: (tx: Tx, open: OpenScenario, now: Temporal.Instant) => Promise<Result<{ readonly value: T; readonly happened: Happened }, Problem>>,
): Promise<Result<T, Problem>> {
  if (actor.kind === 'anonymous') return refuse(SIGN_IN);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const found = await openScenario(tx, actor, id, least, true);
    if (!found.ok) return found;
    const done = await change(tx, found.value, now);
    if (!done.ok) return done;
    const [kind, payload] = done.value.happened;
    await ctx.journal.append(tx, actor, now, [{ stream: scenarioStream(id), kind: `scenarios.${kind}`, payload }]);
    return ok(done.value.value);
  });
}

export const refusedSignIn = (actor: Actor): { readonly ok: false; readonly problem: Problem } | undefined =>
  actor.kind === 'anonymous' ? refuse(SIGN_IN) : undefined;
