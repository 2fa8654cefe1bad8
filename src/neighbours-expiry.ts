import { hearsOf, toldAbout } from './modules/identity/public.ts';
import { claimsDueBetween } from './modules/payment/public.ts';
import type { Expiring, Expiry } from './modules/notification/public.ts';
import { draftEnds, permitsOf, permitsToRemindOf, type PermitEnd, type ProcedureContext } from './modules/procedure/public.ts';

type Span = Parameters<Expiring>[0];

/** Permits that end, for who holds them and who receives their post. */
export async function permitExpiries(ctx: ProcedureContext, span: Span): Promise<Expiry[]> {
  const found: Expiry[] = [];
  const { owners, told } = await hearing(ctx, span);
  for await (const { caseId, service, accountIds, until: day, daysBefore, again } of permitsIn(ctx, span, owners)) {
    const next = again === undefined ? {} : { next: again };
    for (const accountId of await told(accountIds, service))
      found.push({
        accountId,
        key: `permit.${caseId}`,
        kind: 'permit',
        day,
        path: `/vorgang/${caseId}`,
        about: nameOf(ctx, service, PERMIT),
        daysBefore,
        ...next,
      });
  }
  return found;
}

async function* permitsIn(ctx: ProcedureContext, { from, until, reminding }: Span, holders?: readonly string[]): AsyncGenerator<PermitEnd> {
  const db = ctx.database.read;
  if (holders !== undefined) yield* await permitsOf(ctx, db, { from, until, holders });
  else if (reminding === true) yield* permitsToRemindOf(ctx, db, from);
}

/** Drafts that are deleted soon, for whose they are and who receives their post. */
export async function draftExpiries(ctx: ProcedureContext, span: Span): Promise<Expiry[]> {
  const found: Expiry[] = [];
  const { owners, told } = await hearing(ctx, span);
  if (owners === undefined && span.reminding !== true) return found;
  for (const { draftId, accountId: owner, service, day, daysBefore } of await draftEnds(ctx, ctx.database.read, owners)) {
    const about = nameOf(ctx, service);
    const next = { how: 'behalten', path: `/antrag/${draftId}/behalten` } as const;
    for (const accountId of await told([owner], service))
      found.push({ accountId, key: `draft.${draftId}`, kind: 'draft', day, path: `/antrag/${draftId}`, about, daysBefore, next });
  }
  return found;
}

/** Fees that must be paid by a day, for who owes them and who receives their post; what is paid is not among them. */
export async function feesDue(ctx: ProcedureContext, span: Span): Promise<Expiry[]> {
  const found: Expiry[] = [];
  const { owners, told } = await hearing(ctx, span);
  for (const { id, owner, service, dueOn: day } of await claimsDueBetween(ctx.database.read, span, owners))
    for (const accountId of await told([owner], service))
      found.push({ accountId, key: `fee.${id}`, kind: 'fee', day, path: `/zahlungen/${id}`, about: nameOf(ctx, service) });
  return found;
}

/** Who hears of what happens to an account. */
interface Hearing {
  /** Whose rows are read: for one account nobody's but its own and theirs whose post it receives; absent: everybody's. */
  readonly owners?: readonly string[];
  /** Who of those asked for hears of what concerns these accounts in a matter of the service. */
  readonly told: (owners: readonly string[], service: string) => Promise<readonly string[]>;
}

/** From the one account to whom it hears of, or from each owner to who hears of them. */
export async function hearing({ database }: ProcedureContext, { accountId, from }: Span): Promise<Hearing> {
  const db = database.read;
  if (accountId === undefined)
    return { told: async (owners, service) => [...new Set((await Promise.all(owners.map((one) => toldAbout(db, one, service, from)))).flat())] };
  const heard = await hearsOf(db, accountId, from);
  return {
    owners: [...new Set(heard.map((one) => one.accountId))],
    told: async (owners, service) =>
      heard.some((one) => owners.includes(one.accountId) && (one.services === null || one.services.includes(service))) ? [accountId] : [],
  };
}

const APPLICATION: Expiry['about'] = { de: 'Ihr Antrag', en: 'Your application', leicht: 'Ihr Antrag' };
const PERMIT: Expiry['about'] = { de: 'Ihre Erlaubnis', en: 'Your permit', leicht: 'Ihre Erlaubnis' };

/** What a matter is called behind the sign-in. */
export const nameOf = ({ desk }: ProcedureContext, service: string, nameless = APPLICATION): Expiry['about'] => desk.current(service)?.name ?? nameless;
