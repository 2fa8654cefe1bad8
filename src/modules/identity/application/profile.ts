import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { AccountProfile, FieldSource, ProfileField } from '../domain/account.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { mayBeSamePerson } from '../domain/same-person.ts';
import { checkProfile, type CheckedProfile, type ProfileInput } from '../domain/profile-input.ts';
import { findAccount, lockAccount, updateAccount, type NewAccount } from '../store/accounts.ts';
import { findPasswordLoginOf } from '../store/logins.ts';
import type { IdentityContext } from './context.ts';

/**
 * What the Servicekonto knows of a person, to fill forms with; each field with its source.
 * @returns `undefined` when there is no such account (any more)
 */
export async function accountProfile(db: Sql, accountId: string): Promise<AccountProfile | undefined> {
  return findAccount(db, accountId);
}

interface TypedNames {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: string;
}

/** Whether names typed into a form can be those of an account. An account that is gone matches nobody. */
export async function namesItsHolder(db: Sql, accountId: string, typed: TypedNames): Promise<boolean> {
  const account = await findAccount(db, accountId);
  return account !== undefined && namesAccount(account, typed);
}

/** The same of an account that is read already. The date of birth is compared only where the Online-Ausweis proves it. */
export function namesAccount(account: AccountProfile, typed: TypedNames): boolean {
  const { birthDate, ...names } = account;
  const proven = account.sources.birthDate === 'eid' && birthDate !== undefined ? { birthDate } : {};
  const day = typed.birthDate === undefined ? {} : { birthDate: Temporal.PlainDate.from(typed.birthDate) };
  return mayBeSamePerson({ ...names, ...proven }, { givenName: typed.givenName, familyName: typed.familyName, ...day });
}

/** Whether the person can sign in with a password. */
export async function hasPassword(db: Sql, accountId: string): Promise<boolean> {
  return (await findPasswordLoginOf(db, accountId)) !== undefined;
}

const OWN_FIELDS = ['givenName', 'familyName', 'birthDate', 'address'] as const satisfies readonly ProfileField[];

/** Keeps what the person says of themselves; what the Online-Ausweis proved stays as it is. */
export async function updateProfile(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  accountId: string,
  input: ProfileInput,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account === undefined) return refuse(accountNotFound);
    const { profile, faults } = checkProfile(withProven(account, input), legalDay(now));
    if (profile === undefined) return refuse(invalidFields(faults));
    await updateAccount(tx, merged(account, profile), now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.profile-changed', payload: {} },
    ]);
    return ok(null);
  });
}

/** The form does not ask for proven fields, so they cannot be wrong in it. */
function withProven(account: AccountProfile, input: ProfileInput): ProfileInput {
  const proven = (field: ProfileField): boolean => account.sources[field] === 'eid';
  return {
    ...input,
    ...(proven('givenName') ? { givenName: account.givenName } : {}),
    ...(proven('familyName') ? { familyName: account.familyName } : {}),
    ...(proven('birthDate') ? { birthDate: '' } : {}),
    ...(proven('address') ? { street: '', houseNumber: '', postcode: '', place: '' } : {}),
  };
}

function merged(account: AccountProfile, typed: CheckedProfile): NewAccount {
  const values = Object.fromEntries(OWN_FIELDS.map((field) => [field, account.sources[field] === 'eid' ? account[field] : typed[field]]));
  const sources = Object.fromEntries(
    OWN_FIELDS.filter((field) => values[field] !== undefined).map((field) => [field, account.sources[field] === 'eid' ? 'eid' : 'konto']),
  ) as Partial<Record<ProfileField, FieldSource>>;
  const { birthDate: _birthDate, address: _address, ...rest } = account;
  return {
    ...rest,
    ...(values as unknown as CheckedProfile),
    sources: { ...(account.sources.email === undefined ? {} : { email: account.sources.email }), ...sources },
  };
}
