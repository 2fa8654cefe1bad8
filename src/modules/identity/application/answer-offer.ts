import type { CitizenActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { rightsOf, type Mandate, type NamedMandate, type NamedOffer } from '../domain/mandate.ts';
import { linkUsedUp, type IdentityProblem } from '../domain/problems.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { findOffer, takeOffer } from '../store/mandate-offers.ts';
import { insertMandate, listMandatesOf } from '../store/mandates.ts';
import type { IdentityContext } from './context.ts';
import { managesHolder, notManaging, tellChange } from './manage-holder.ts';
import { scopeFacts } from './offer-mandate.ts';

/** An offer as whoever has the link sees it, and for whom they could answer. */
export interface OpenOffer {
  readonly offer: NamedOffer;
  /** Organisations for which the person may give a Vollmacht; only in a request. */
  readonly organisations: readonly NamedMandate[];
}

/** Shows what a link is about. Looking uses nothing up. */
export async function openOffer(db: Sql, person: CitizenActor, token: string, now: Temporal.Instant): Promise<Result<OpenOffer, IdentityProblem>> {
  const offer = await findOffer(db, sha256Hex(token), now);
  if (offer === undefined || isOver(offer, now)) return refuse(linkUsedUp);
  const managed = offer.way === 'request' ? (await listMandatesOf(db, person.accountId)).filter(managesIn(person)) : [];
  return ok({ offer, organisations: managed });
}

const managesIn =
  (person: CitizenActor) =>
  ({ agentId, role, endedAt }: NamedMandate): boolean =>
    agentId === person.accountId && role === 'verwaltung' && endedAt === null;

const isOver = ({ validUntil }: NamedOffer, now: Temporal.Instant): boolean => validUntil !== null && Temporal.PlainDate.compare(legalDay(now), validUntil) > 0;

export interface AnswerInput {
  readonly token: string;
  readonly accept: boolean;
  /** In a request: for which account the Vollmacht is given; absent: the person's own. */
  readonly holderId?: string | undefined;
}

/** Accepts, grants or declines; once. @returns the id of the mandate, nothing after a no */
export async function answerOffer(
  ctx: IdentityContext,
  person: CitizenActor,
  input: AnswerInput,
  now: Temporal.Instant,
): Promise<Result<string | undefined, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const offer = await findOffer(tx, sha256Hex(input.token), now);
    if (offer === undefined || isOver(offer, now)) return refuse(linkUsedUp);
    const sides = await sidesOf(tx, person, offer, input);
    if (!sides.ok) return sides;
    if (!(await takeOffer(tx, offer.id))) return refuse(linkUsedUp);
    const mandate = input.accept ? mandateOf(person, offer, sides.value, now) : undefined;
    if (mandate !== undefined && !(await insertMandate(tx, mandate))) return refuse(memberAlready);
    await tellChange(ctx, tx, offer.askerId, now);
    const stream = `account:${mandate?.holderId ?? offer.holderId ?? offer.askerId}`;
    const kind = mandate === undefined ? 'identity.mandate-declined' : KINDS[mandate.kind];
    const granted = mandate === undefined ? {} : { mandate: mandate.id, agentId: mandate.agentId, trust: mandate.trust, ...scopeFacts(mandate) };
    await ctx.journal.append(tx, person, now, [{ stream, kind, payload: { offerId: offer.id, ...granted } }]);
    return ok(mandate?.id);
  });
}

const KINDS = { vollmacht: 'identity.mandate-granted', mitglied: 'identity.member-joined' } as const;

interface Sides {
  readonly holderId: string;
  readonly agentId: string;
}

/** Who will act for whom; that whoever promised it may still promise it is asked again. */
async function sidesOf(tx: Tx, person: CitizenActor, offer: NamedOffer, { accept, holderId }: AnswerInput): Promise<Result<Sides, IdentityProblem>> {
  const sides: Sides =
    offer.holderId === null ? { holderId: holderId ?? person.accountId, agentId: offer.askerId } : { holderId: offer.holderId, agentId: person.accountId };
  if (!accept) return ok(sides);
  if (sides.holderId === sides.agentId)
    return refuse(invalidField('answer', 'Sie können sich nicht selbst vertreten. Den Link muss die andere Person öffnen.'));
  const answers = offer.holderId === null ? person : { accountId: offer.askerId };
  if (!(await managesHolder(tx, answers, sides.holderId))) return refuse(offer.holderId === null ? notManaging : linkUsedUp);
  return ok(sides);
}

function mandateOf(person: CitizenActor, offer: NamedOffer, sides: Sides, now: Temporal.Instant): Omit<Mandate, 'endedAt'> {
  const { services, validFrom, validUntil, role } = offer;
  const rights = role === null ? { receives: offer.receives, writes: true } : rightsOf(role);
  return {
    id: newId(now.epochMilliseconds),
    kind: role === null ? 'vollmacht' : 'mitglied',
    ...sides,
    role,
    services,
    ...rights,
    // an offer is worth the sign-in of who made it, a request that of who grants it
    trust: offer.trust ?? person.trust,
    validFrom,
    validUntil,
    grantedAt: now,
    grantedBy: offer.holderId === null ? person.accountId : offer.askerId,
  };
}

const memberAlready: IdentityProblem = { kind: 'conflict', detail: 'Sie gehören schon zu dieser Organisation. Ihre Rolle ändert deren Verwaltung.' };
