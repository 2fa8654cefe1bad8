import type { CitizenActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { MEMBER_ROLES, rightsOf, type MandateScope, type MemberRole, type MandateOffer } from '../domain/mandate.ts';
import { readScope, type ScopeInput } from '../domain/mandate-input.ts';
import { mandateLinkMail } from '../domain/mails.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { EMAIL_FAULT, readEmail } from '../domain/profile-input.ts';
import { MAIL_RULE } from '../domain/throttle.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import { lowerTrust } from '../domain/trust.ts';
import { insertOffer, lockOffer, takeOffer } from '../store/mandate-offers.ts';
import { findOrganisation } from '../store/organisations.ts';
import { addressee, type Caller, type IdentityContext } from './context.ts';
import { managesHolder, notManaging } from './manage-holder.ts';
import { countOneTry, tryKey } from './tries.ts';

/** A link about a Vertretung is good this long: people ask their family or their lawyer first. */
export const OFFER_DAYS = 14;

/** When it is asked, and in which language: whoever is asked is known by their address alone. */
type Asking = Pick<Caller, 'now' | 'lang'>;

export interface OfferInput extends ScopeInput {
  /** Account for which the Vollmacht is given; absent: the person's own. */
  readonly holderId?: string | undefined;
}

/** Offers a Vollmacht (§ 14(1) VwVfG): whoever has the link from the mail may accept it. Nobody learns whether the address has an account. */
export async function offerMandate(
  ctx: IdentityContext,
  person: CitizenActor,
  input: OfferInput,
  known: readonly string[],
  { now, lang }: Asking,
): Promise<Result<string, IdentityProblem>> {
  const read = readScope(input, known, legalDay(now));
  if (!read.ok) return read;
  const { scope, email } = read.value;
  const holderId = input.holderId ?? person.accountId;
  return send(ctx, person, { way: 'offer', holderId, role: null, trust: person.trust, ...scope }, email, { now, lang });
}

/** Asks for a Vollmacht: the architect asks, and whoever has the link from the mail says for whom they give it. */
export async function requestMandate(
  ctx: IdentityContext,
  person: CitizenActor,
  input: Omit<OfferInput, 'holderId'>,
  known: readonly string[],
  { now, lang }: Asking,
): Promise<Result<string, IdentityProblem>> {
  const read = readScope(input, known, legalDay(now));
  if (!read.ok) return read;
  const { scope, email } = read.value;
  return send(ctx, person, { way: 'request', holderId: null, role: null, trust: null, ...scope }, email, { now, lang });
}

/** Invites somebody into an organisation. A place is good for no more than the trust of who invites. */
export async function inviteMember(
  ctx: IdentityContext,
  person: CitizenActor,
  input: { readonly organisationId: string; readonly email: string; readonly role: string },
  { now, lang }: Asking,
): Promise<Result<string, IdentityProblem>> {
  const role = MEMBER_ROLES.find((one) => one === input.role);
  const email = readEmail(input.email);
  const faults = [
    ...(email === undefined ? [{ field: 'email', message: EMAIL_FAULT }] : []),
    ...(role === undefined ? [{ field: 'role', message: 'Wählen Sie eine Rolle: Verwaltung, Bearbeitung oder Lesen.' }] : []),
  ];
  if (role === undefined || email === undefined) return refuse(invalidFields(faults));
  const organisation = await findOrganisation(ctx.database.read, input.organisationId);
  if (organisation === undefined) return refuse(notManaging);
  const scope: MandateScope = { services: null, receives: rightsOf(role).receives, validFrom: legalDay(now), validUntil: null };
  const place = { holderId: input.organisationId, role: role satisfies MemberRole, trust: lowerTrust(organisation.trust, person.trust) };
  return send(ctx, person, { way: 'invitation', ...place, ...scope }, email, { now, lang });
}

type Wanted = Omit<MandateOffer, 'id' | 'askerId' | 'email' | 'createdAt' | 'expiresAt'>;
const KINDS = { offer: 'identity.mandate-offered', request: 'identity.mandate-requested', invitation: 'identity.member-invited' } as const;

async function send(
  ctx: IdentityContext,
  person: CitizenActor,
  wanted: Wanted,
  email: string,
  { now, lang }: Asking,
): Promise<Result<string, IdentityProblem>> {
  const counted = await countOneTry(ctx, tryKey(ctx, 'mail', email), MAIL_RULE, now);
  if (!counted.ok) return counted;
  return ctx.database.transaction(async (tx) => {
    if (wanted.holderId !== null && !(await managesHolder(tx, person, wanted.holderId))) return refuse(notManaging);
    const token = randomToken();
    const id = newId(now.epochMilliseconds);
    const expiresAt = now.add({ hours: OFFER_DAYS * 24 });
    await insertOffer(tx, { ...wanted, id, askerId: person.accountId, email, createdAt: now, expiresAt }, sha256Hex(token));
    const mail = mandateLinkMail(addressee(ctx, email, lang), `/vertretung/link/${token}`, OFFER_DAYS);
    await ctx.mailer.send(tx, `identity.mandate.${sha256Hex(token).slice(0, 32)}`, mail);
    const stream = `account:${wanted.holderId ?? person.accountId}`;
    await ctx.journal.append(tx, person, now, [{ stream, kind: KINDS[wanted.way], payload: { offerId: id, ...scopeFacts(wanted) } }]);
    return ok(id);
  });
}

/** A scope as the journal keeps it: keys and days. */
export function scopeFacts({ services, receives, validFrom, validUntil, role }: MandateScope & { readonly role?: MemberRole | null }): Record<string, unknown> {
  const limits = services === null ? {} : { services };
  const end = validUntil === null ? {} : { validUntil: validUntil.toString() };
  return { ...limits, receives, validFrom: validFrom.toString(), ...end, ...(role == null ? {} : { role }) };
}

/** Takes back what nobody has answered yet: who asked may, and who answers for the account. */
export async function withdrawOffer(ctx: IdentityContext, person: CitizenActor, id: string, now: Temporal.Instant): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const offer = await lockOffer(tx, id);
    const own = offer?.askerId === person.accountId && offer.holderId === null;
    if (offer === undefined || !(own || (offer.holderId !== null && (await managesHolder(tx, person, offer.holderId))))) return refuse(gone);
    await takeOffer(tx, id);
    const stream = `account:${offer.holderId ?? person.accountId}`;
    await ctx.journal.append(tx, person, now, [{ stream, kind: 'identity.mandate-offer-withdrawn', payload: { offerId: id } }]);
    return ok(null);
  });
}

const gone: IdentityProblem = { kind: 'not-found', detail: 'Diese Anfrage gibt es nicht mehr. Vielleicht ist sie schon beantwortet. Laden Sie die Seite neu.' };
