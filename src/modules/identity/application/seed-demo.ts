import { newId } from '../../../kernel/id.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { DEMO_CITIZENS, DEMO_IDP_PATH, DEMO_PASSWORD, type DemoCitizen } from '../domain/demo-people.ts';
import { insertAccount } from '../store/accounts.ts';
import { findPasswordLogin, insertEidLink, insertPasswordLogin } from '../store/logins.ts';
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
    const added: string[] = [];
    for (const person of DEMO_CITIZENS) {
      if ((await findPasswordLogin(tx, person.email)) === undefined)
        added.push(await seedOne(tx, person, { hash, issuer: ctx.settings.publicUrl + DEMO_IDP_PATH }, now));
    }
    const entries = added.map((accountId) => ({ stream: `account:${accountId}`, kind: 'identity.account-registered', payload: { demo: true } }));
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
  // The first of them has used their card before: password and card lead to one Postfach.
  if (person === DEMO_CITIZENS[0]) await insertEidLink(tx, { issuer, subject: person.subject, accountId, trust: person.eid }, now);
  return accountId;
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
