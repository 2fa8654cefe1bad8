import { ownerOf, owns, type Actor } from '../../../kernel/actor.ts';
import type { Claim } from '../domain/claim.ts';
import { claimNotFound, notAllowed, type PaymentProblem } from '../domain/problems.ts';

const READS_ONLY = notAllowed('Ihre Rolle darf Forderungen lesen, aber nicht ändern.');

/** Whether the claim exists for this person: its debtor or who acts for them within their mandate, officers of its authority, and revision. */
export function maySee(actor: Actor, claim: Claim): boolean {
  if (actor.kind === 'citizen') return owns(ownerOf(actor), { accountId: claim.accountId, service: claim.purpose });
  if (actor.kind !== 'staff') return false;
  return actor.roles.includes('revision') || (works(actor) && actor.authorities.includes(claim.authority));
}

const works = (actor: Extract<Actor, { kind: 'staff' }>): boolean => actor.roles.includes('sachbearbeitung') || actor.roles.includes('leitung');

/** Why the person may not pay this claim: only its debtor may; who may not see it is not told that it exists. */
export function payRefusal(actor: Actor, claim: Claim): PaymentProblem | undefined {
  if (!maySee(actor, claim)) return claimNotFound;
  if (actor.kind === 'citizen' && actor.agent?.writes === false)
    return notAllowed('In dieser Organisation dürfen Sie nur lesen. Zahlen darf, wer dort die Bearbeitung hat.');
  return actor.kind === 'citizen' ? undefined : notAllowed('Online zahlt nur, wer zahlen muss, in seinem Servicekonto.');
}

/** Why the person may not work on this claim at the Kasse. */
export function deskRefusal(actor: Actor, claim: Claim): PaymentProblem | undefined {
  if (!maySee(actor, claim)) return claimNotFound;
  return actor.kind === 'staff' && works(actor) && actor.authorities.includes(claim.authority) ? undefined : READS_ONLY;
}

/** Why the person may not lift a claim: money is given up, so the head decides. */
export function liftRefusal(actor: Actor, claim: Claim): PaymentProblem | undefined {
  const refused = deskRefusal(actor, claim);
  if (refused !== undefined) return refused;
  return actor.kind === 'staff' && actor.roles.includes('leitung')
    ? undefined
    : notAllowed('Eine Forderung hebt nur die Leitung auf. Legen Sie ihr den Vorgang vor.');
}

/** Why the person may not read statements for this authority. */
export function statementRefusal(actor: Actor, authority: string): PaymentProblem | undefined {
  if (actor.kind !== 'staff' || !works(actor)) return READS_ONLY;
  return actor.authorities.includes(authority) ? undefined : notAllowed('Sie arbeiten nicht in dieser Behörde. Wählen Sie eine Ihrer Behörden.');
}

/** Authorities whose claims the person sees; `undefined`: all of them. */
export const authoritiesOf = (actor: Extract<Actor, { kind: 'staff' }>): readonly string[] | undefined =>
  actor.roles.includes('revision') ? undefined : actor.authorities;
