import { newId } from '../../../kernel/id.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { DEMO_CITIZENS, DEMO_IDP_PATH, DEMO_OFFICERS, DEMO_PASSWORD, DEMO_REPRESENTATION, type DemoCitizen } from '../domain/demo-people.ts';
import type { PostalAddress } from '../domain/account.ts';
import type { Mandate } from '../domain/mandate.ts';
import { findAccount, insertAccount } from '../store/accounts.ts';
import { insertMandate } from '../store/mandates.ts';
import { insertOrganisation } from '../store/organisations.ts';
import { findPasswordLogin, insertEidLink, insertPasswordLogin } from '../store/logins.ts';
import { moveIssuer } from '../store/move-issuer.ts';
import { upsertStaff } from '../store/staff.ts';
import type { IdentityContext } from './context.ts';
import { hashPassword } from './password-hash.ts';

/**
 * Gives every invented citizen a Servicekonto with e-mail and password; running it again adds nobody.
 * @throws in production: known passwords must never reach a real city
 * @returns how many accounts are new
 */
export async function seedDemoAccounts(ctx: Pick<IdentityContext, 'settings' | 'database' | 'journal'>, now: Temporal.Instant): Promise<number> {
  if (ctx.settings.env === 'production') throw new Error('demo accounts must not exist in production');
  const hash = await hashPassword(DEMO_PASSWORD);
  return ctx.database.write(async (tx) => {
    await moveIssuer(tx, DEMO_IDP_PATH, ctx.settings.publicUrl + DEMO_IDP_PATH);
    const added: string[] = [];
    const known = (await findPasswordLogin(tx, DEMO_REPRESENTATION.manages)) !== undefined;
    for (const person of DEMO_CITIZENS) {
      if ((await findPasswordLogin(tx, person.email)) === undefined)
        added.push(await seedOne(tx, person, { hash, issuer: ctx.settings.publicUrl + DEMO_IDP_PATH }, now));
    }
    const represented = known ? [] : await seedRepresentation(tx, now);
    const entries = [
      ...added.map((accountId) => ({ stream: `account:${accountId}`, kind: 'identity.account-registered', payload: { demo: true } })),
      ...represented.map(([accountId, kind]) => ({ stream: `account:${accountId}`, kind, payload: { demo: true } })),
    ];
    if (entries.length > 0) await ctx.journal.append(tx, { kind: 'system', job: 'identity.seed-demo' }, now, entries);
    return added.length;
  });
}

async function seedOne(tx: Tx, person: DemoCitizen, { hash, issuer }: { hash: string; issuer: string }, now: Temporal.Instant): Promise<string> {
  const accountId = newId(now.epochMilliseconds);
  const sources = { givenName: 'konto', familyName: 'konto', email: 'konto', birthDate: 'konto', address: 'konto' } as const;
  const { givenName, familyName, email, address } = person;
  await insertAccount(tx, { accountId, givenName, familyName, email, birthDate: Temporal.PlainDate.from(person.birthDate), address, sources }, now, now);
  await insertPasswordLogin(tx, accountId, email, hash, now);
  // Two of them have used their card before: password and card lead to one Postfach.
  if (person === DEMO_CITIZENS[0] || email === DEMO_REPRESENTATION.manages)
    await insertEidLink(tx, { issuer, subject: person.subject, accountId, trust: person.eid }, now);
  return accountId;
}

/** The company with its two people, and the Vollmacht of a neighbour. */
async function seedRepresentation(tx: Tx, now: Temporal.Instant): Promise<(readonly [accountId: string, kind: string])[]> {
  const { organisation, address, manages, works, represented, services } = DEMO_REPRESENTATION;
  const idOf = async (email: string): Promise<string> => (await findPasswordLogin(tx, email))!.accountId;
  const terms = { receives: true, writes: true, trust: 'substanziell', validFrom: legalDay(now), validUntil: null, grantedAt: now, grantedBy: null } as const;
  const give = (mandate: Pick<Mandate, 'kind' | 'holderId' | 'agentId' | 'role' | 'services'>) =>
    insertMandate(tx, { id: newId(now.epochMilliseconds), ...terms, ...mandate });
  const accountId = newId(now.epochMilliseconds);
  await insertOrganisation(tx, { accountId, organisation, address, trust: 'substanziell' }, now);
  await give({ kind: 'mitglied', holderId: accountId, agentId: await idOf(manages), role: 'verwaltung', services: null });
  await give({ kind: 'mitglied', holderId: accountId, agentId: await idOf(works), role: 'bearbeitung', services: null });
  const holderId = await idOf(represented);
  await give({ kind: 'vollmacht', holderId, agentId: await idOf(manages), role: null, services });
  return [
    [accountId, 'identity.organisation-founded'],
    [holderId, 'identity.mandate-granted'],
  ];
}

/** Somebody invented who used the city before. */
export interface DemoResident {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: Temporal.PlainDate;
  readonly address: PostalAddress;
  /** Came with the Online-Ausweis; others have confirmed an e-mail address. */
  readonly card: boolean;
}

/**
 * An account for somebody invented, with no way in: nobody can sign in as them, and nothing is mailed to who came with a
 * card. Once for each id. @throws in production
 */
export async function seedDemoResident(
  ctx: Pick<IdentityContext, 'settings' | 'database' | 'journal'>,
  { id: accountId, card, ...person }: DemoResident,
  now: Temporal.Instant,
): Promise<void> {
  if (ctx.settings.env === 'production') throw new Error('demo accounts must not exist in production');
  await ctx.database.write(async (tx) => {
    if ((await findAccount(tx, accountId)) !== undefined) return;
    const source = card ? 'eid' : 'konto';
    const sources = { givenName: source, familyName: source, birthDate: source, address: source } as const;
    const mail = card ? {} : { email: `konto-${accountId.slice(0, 13)}@buerger.example` };
    await insertAccount(tx, { accountId, ...person, ...mail, sources }, card ? null : now, now);
    const link = { issuer: ctx.settings.publicUrl + DEMO_IDP_PATH, subject: `demo-bpk-${accountId}`, accountId, trust: 'substanziell' } as const;
    if (card) await insertEidLink(tx, link, now);
    const [kind, payload] = card ? ['identity.signed-in', { method: 'eid', account: 'new', demo: true }] : ['identity.account-registered', { demo: true }];
    await ctx.journal.append(tx, { kind: 'system', job: 'identity.seed-demo' }, now, [{ stream: `account:${accountId}`, kind, payload }]);
  });
}

/** Accounts of the invented citizens that the eID calls substantial or more, for demo cases. */
export async function demoAccounts(db: Sql): Promise<{ id: string; givenName: string; familyName: string }[]> {
  const found: { id: string; givenName: string; familyName: string }[] = [];
  for (const { email, givenName, familyName, eid } of DEMO_CITIZENS) {
    const login = eid === 'einfach' ? undefined : await findPasswordLogin(db, email);
    if (login !== undefined) found.push({ id: login.accountId, givenName, familyName });
  }
  return found;
}

/**
 * Makes the invented people of the Krisenstab known, as if each had signed in once: a Lage can be staffed then.
 * @returns their ids by subject at the demo identity provider
 */
export async function seedDemoStaff(ctx: Pick<IdentityContext, 'settings' | 'database'>, now: Temporal.Instant): Promise<ReadonlyMap<string, string>> {
  if (ctx.settings.env === 'production') throw new Error('demo staff must not exist in production');
  const issuer = ctx.settings.publicUrl + DEMO_IDP_PATH;
  const ids = new Map<string, string>();
  await ctx.database.write(async (tx) => {
    for (const { subject, name, email, roles, authorities } of DEMO_OFFICERS.filter(({ roles: all }) => all.includes('krisenstab')))
      ids.set(subject, await upsertStaff(tx, newId(now.epochMilliseconds), { issuer, subject, name, email, roles, authorities }, now));
  });
  return ids;
}
