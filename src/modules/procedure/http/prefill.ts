import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../catalogue/public.ts';
import { accountProfile } from '../../identity/public.ts';
import type { ProcedureContext } from '../application/context.ts';
import { accountValue } from '../application/proven-answers.ts';

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
    const value = profile === undefined ? undefined : accountValue(profile, field.prefill!);
    return value === undefined ? [] : [[field.id, value] as const];
  });
  return { values: { ...values, ...Object.fromEntries(known) }, prefilled: new Set(known.map(([id]) => id)) };
}
