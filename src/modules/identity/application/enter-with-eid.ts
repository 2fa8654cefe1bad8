import { newId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { TrustLevel } from '../../../kernel/actor.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { readEidClaims, type EidClaims } from '../domain/claims.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { mayBeSamePerson } from '../domain/same-person.ts';
import { suffices, trustOfAcr } from '../domain/trust.ts';
import { insertAccount, lockAccount, updateAccount, type NewAccount } from '../store/accounts.ts';
import { findEidLink, hasEidLink, insertEidLink, touchEidLink } from '../store/logins.ts';
import type { Caller, IdentityContext } from './context.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { tellOwner } from './tell-owner.ts';

const tooLow: IdentityProblem = {
  kind: 'not-allowed',
  detail: 'Diese Anmeldung erreicht das Vertrauensniveau substanziell nicht. Melden Sie sich mit dem Online-Ausweis an, oder nutzen Sie E-Mail und Passwort.',
};
const incomplete: IdentityProblem = {
  kind: 'not-allowed',
  detail: 'Der Anmeldedienst hat keinen Namen genannt. Versuchen Sie es noch einmal und geben Sie Ihren Namen zur Weitergabe frei.',
};
const otherAccount: IdentityProblem = {
  kind: 'conflict',
  detail: 'Dieser Online-Ausweis gehört schon zu einem anderen Servicekonto. Melden Sie sich ab und dann mit dem Online-Ausweis an.',
};
const otherCard: IdentityProblem = {
  kind: 'conflict',
  detail: 'Ihr Servicekonto ist schon mit einem anderen Online-Ausweis verbunden. Nutzen Sie diesen Ausweis.',
};
const otherPerson: IdentityProblem = {
  kind: 'not-allowed',
  detail:
    'Name oder Geburtsdatum im Online-Ausweis passen nicht zu diesem Servicekonto. Prüfen Sie Ihre Angaben im Konto, oder nutzen Sie Ihren eigenen Ausweis.',
};

interface Card {
  readonly issuer: string;
  readonly subject: string;
  readonly trust: TrustLevel;
  readonly person: EidClaims;
}

/**
 * Enters with an Online-Ausweis. The card is known by its pseudonym (bPK) alone: a known one opens
 * its account, an unknown one opens a new account, or joins the account whose signed-in owner asked
 * for it. Equal names never join anything.
 */
export async function enterWithEid(
  ctx: IdentityContext,
  caller: Caller,
  input: { readonly issuer: string; readonly claims: Readonly<Record<string, unknown>>; readonly raiseAccountId?: string },
): Promise<Result<OpenedSession, IdentityProblem>> {
  const trust = trustOfAcr(input.claims['acr']);
  if (trust === undefined || !suffices(trust, 'substanziell')) return refuse(tooLow);
  const person = readEidClaims(input.claims);
  if (person === undefined) return refuse(incomplete);
  const card: Card = { issuer: input.issuer, subject: String(input.claims['sub']), trust, person };
  return ctx.database.transaction(async (tx) => {
    const owner =
      input.raiseAccountId === undefined ? await ownAccount(tx, card, caller.now) : await joinedAccount(ctx, tx, card, input.raiseAccountId, caller.now);
    if (!owner.ok) return owner;
    const { accountId, fact, since } = owner.value;
    return ok(await openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust, method: 'eid', since }, { account: fact }));
  });
}

type Owner = Result<{ accountId: string; fact: 'known' | 'new' | 'joined'; since: Temporal.Instant }, IdentityProblem>;

async function ownAccount(tx: Tx, card: Card, now: Temporal.Instant): Promise<Owner> {
  const known = await findEidLink(tx, card.issuer, card.subject);
  if (known !== undefined) {
    const account = await lockAccount(tx, known.accountId);
    if (account === undefined) return refuse(accountNotFound);
    await updateAccount(tx, verified(account, card.person), now);
    await touchEidLink(tx, card.issuer, card.subject, card.trust, now);
    return ok({ accountId: account.accountId, fact: 'known', since: known.linkedAt });
  }
  const accountId = newId(now.epochMilliseconds);
  const { email } = card.person;
  const account = verified({ accountId, givenName: '', familyName: '', sources: {} }, card.person);
  const withEmail: NewAccount = email === undefined ? account : { ...account, email, sources: { ...account.sources, email: 'eid' } };
  await insertAccount(tx, withEmail, email === undefined ? null : now, now);
  // The same card twice at the same moment: the second finds the account of the first.
  const linked = await insertEidLink(tx, { ...card, accountId }, now);
  return linked ? ok({ accountId, fact: 'new', since: now }) : refuse(otherAccount);
}

async function joinedAccount(ctx: IdentityContext, tx: Tx, card: Card, accountId: string, now: Temporal.Instant): Promise<Owner> {
  const account = await lockAccount(tx, accountId);
  if (account === undefined) return refuse(accountNotFound);
  const known = await findEidLink(tx, card.issuer, card.subject);
  if (known !== undefined && known.accountId !== accountId) return refuse(otherAccount);
  if (known === undefined) {
    if (await hasEidLink(tx, accountId, card.issuer)) return refuse(otherCard);
    if (!mayBeSamePerson(account, card.person)) return refuse(otherPerson);
    if (!(await insertEidLink(tx, { ...card, accountId }, now))) return refuse(otherAccount);
    await tellOwner(ctx, tx, accountId, now);
  } else {
    await touchEidLink(tx, card.issuer, card.subject, card.trust, now);
  }
  await updateAccount(tx, verified(account, card.person), now);
  return ok({ accountId, fact: known === undefined ? 'joined' : 'known', since: known?.linkedAt ?? now });
}

/** The account with what the card proves; what the card does not say stays as the person said it. */
function verified(account: NewAccount, person: EidClaims): NewAccount {
  const { givenName, familyName, birthDate, address } = person;
  const proven = { givenName, familyName, ...(birthDate === undefined ? {} : { birthDate }), ...(address === undefined ? {} : { address }) };
  const sources = Object.fromEntries(Object.keys(proven).map((field) => [field, 'eid' as const]));
  return { ...account, ...proven, sources: { ...account.sources, ...sources } };
}
