import { holdersWithPostTo, toldAbout } from './modules/identity/public.ts';
import { claimsDueBetween } from './modules/payment/public.ts';
import type { Expiring, Expiry } from './modules/notification/public.ts';
import { draftEnds, permitsOf, permitsToRemindOf, type PermitEnd, type ProcedureContext } from './modules/procedure/public.ts';

type Span = Parameters<Expiring>[0];

/** Permits that end, for who holds them and who receives their post. */
export async function permitExpiries(ctx: ProcedureContext, span: Span): Promise<Expiry[]> {
  const found: Expiry[] = [];
  for await (const { caseId, service, accountIds, until: day, daysBefore, again } of permitsIn(ctx, span)) {
    const about = ctx.desk.current(service)?.name ?? { de: 'Ihre Erlaubnis', en: 'Your permit', leicht: 'Ihre Erlaubnis' };
    const next = again === undefined ? {} : { next: again };
    for (const accountId of await toldOf(ctx, accountIds, service, span))
      found.push({ accountId, key: `permit.${caseId}`, kind: 'permit', day, path: `/vorgang/${caseId}`, about, daysBefore, ...next });
  }
  return found;
}

async function* permitsIn(ctx: ProcedureContext, { accountId, from, until, reminding }: Span): AsyncGenerator<PermitEnd> {
  const db = ctx.database.read;
  if (accountId !== undefined) yield* await permitsOf(ctx, db, { from, until, holders: await holdersFor(ctx, accountId, from) });
  else if (reminding === true) yield* permitsToRemindOf(ctx, db, from);
}

/** Drafts that are deleted soon, for whose they are and who receives their post. */
export async function draftExpiries(ctx: ProcedureContext, span: Span): Promise<Expiry[]> {
  const found: Expiry[] = [];
  const owners = span.accountId === undefined ? undefined : await holdersFor(ctx, span.accountId, span.from);
  if (owners === undefined && span.reminding !== true) return found;
  for (const { draftId, accountId: owner, service, day, daysBefore } of await draftEnds(ctx, ctx.database.read, owners)) {
    const about = ctx.desk.current(service)?.name ?? { de: 'Ihr Antrag', en: 'Your application', leicht: 'Ihr Antrag' };
    const next = { how: 'behalten', path: `/antrag/${draftId}/behalten` } as const;
    for (const accountId of await toldOf(ctx, [owner], service, span))
      found.push({ accountId, key: `draft.${draftId}`, kind: 'draft', day, path: `/antrag/${draftId}`, about, daysBefore, next });
  }
  return found;
}

/** Fees that must be paid by a day, for who owes them and who receives their post; what is paid is not among them. */
export async function feesDue(ctx: ProcedureContext, { accountId, ...days }: Span): Promise<Expiry[]> {
  const found: Expiry[] = [];
  const debtors = accountId === undefined ? undefined : await holdersFor(ctx, accountId, days.from);
  for (const { id, owner, service, dueOn: day } of await claimsDueBetween(ctx.database.read, days, debtors)) {
    const about = ctx.desk.current(service)?.name ?? { de: 'Ihr Antrag', en: 'Your application', leicht: 'Ihr Antrag' };
    for (const one of await toldOf(ctx, [owner], service, { accountId, ...days }))
      found.push({ accountId: one, key: `fee.${id}`, kind: 'fee', day, path: `/zahlungen/${id}`, about });
  }
  return found;
}

/** The account itself, and those whose post it receives: nobody else's rows are read for it. */
const holdersFor = async ({ database }: ProcedureContext, accountId: string, day: Temporal.PlainDate): Promise<string[]> => [
  accountId,
  ...(await holdersWithPostTo(database.read, accountId, day)),
];

/** Who hears of it: the accounts, and who receives their post about the service; of one account alone where it asks. */
async function toldOf({ database }: ProcedureContext, accountIds: readonly string[], service: string, { accountId, from }: Span): Promise<string[]> {
  const told = new Set((await Promise.all(accountIds.map((one) => toldAbout(database.read, one, service, from)))).flat());
  return [...told].filter((one) => accountId === undefined || one === accountId);
}
