import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../catalogue/public.ts';
import { accountProfile, type AccountProfile } from '../../identity/public.ts';
import type { ProcedureContext } from '../application/context.ts';

type Values = Readonly<Record<string, unknown>>;

/** The page's values, with what the Servicekonto knows where nothing has been typed yet. */
export async function prefilledAnswers(
  ctx: ProcedureContext,
  actor: Extract<Actor, { kind: 'citizen' }>,
  page: Page,
  values: Values,
): Promise<{ values: Values; prefilled: ReadonlySet<string> }> {
  const wanted = page.fields.filter((field) => field.prefill !== undefined && values[field.id] === undefined);
  if (wanted.length === 0) return { values, prefilled: new Set() };
  const profile = await accountProfile(ctx.database.read, actor.accountId);
  const known = wanted.flatMap((field) => {
    const value = profile === undefined ? undefined : profileValue(profile, field.prefill!);
    return value === undefined ? [] : [[field.id, value] as const];
  });
  return { values: { ...values, ...Object.fromEntries(known) }, prefilled: new Set(known.map(([id]) => id)) };
}

/** Of an organisation forms get its name and address; who signs for it, people say themselves. */
function profileValue(profile: AccountProfile, source: NonNullable<Page['fields'][number]['prefill']>): unknown {
  switch (source) {
    case 'account.givenName':
      return profile.givenName || undefined;
    case 'account.familyName':
      return profile.familyName || undefined;
    case 'account.email':
      return profile.email;
    case 'account.birthDate':
      return profile.birthDate?.toString();
    case 'account.address':
      return profile.address;
    case 'account.organisation':
      return profile.organisation?.name;
  }
}
