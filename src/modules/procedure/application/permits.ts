import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { ServicePackage, Validity } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import { isNearEnd, reminderDaysOn, remindersOf, validUntil } from '../domain/validity.ts';
import { findSuccessor, permitsEnding, versionsEnding, type PermitRow, type PermitSpan } from '../store/permits.ts';
import type { ProcedureContext } from './context.ts';

/** How to go on when a permit ends. */
export interface Again {
  readonly how: Validity['again'];
  readonly path: string;
}

/** What a case grants for a time, as its page shows it. */
export interface Permit {
  /** The last day, ISO. */
  readonly until: string;
  readonly ended: boolean;
  /** Absent while the end is far, where the city no longer offers the service, and where the same is granted anew. */
  readonly again: Again | undefined;
  /** Why it may hold on all the same. */
  readonly unless: Validity['unless'];
  /** The case in which the same has been granted anew. */
  readonly successor: { readonly id: string; readonly fileNumber: string } | undefined;
}

/** How long what the case grants holds; nothing where it has no end, or grants nothing. */
export async function permitOf(
  ctx: Pick<ProcedureContext, 'clock' | 'database' | 'desk'>,
  state: Case,
  { validity }: ServicePackage,
): Promise<Permit | undefined> {
  const until = validUntil(state);
  if (until === undefined) return undefined;
  const today = legalDay(ctx.clock()).toString();
  const near = validity !== undefined && isNearEnd(validity, until, today);
  const successor = await findSuccessor(ctx.database.read, state.id);
  return {
    until,
    ended: until < today,
    again: near && successor === undefined ? againOf(ctx, state.service, validity) : undefined,
    unless: validity?.unless,
    successor,
  };
}

/** Where the same is asked for again, as the service is offered now. */
function againOf({ desk }: Pick<ProcedureContext, 'desk'>, service: string, { again }: Validity): Again | undefined {
  const offered = desk.current(service);
  return offered === undefined || offered.initiator === 'amt' ? undefined : { how: again, path: `/antrag/neu/${service}` };
}

/** A permit that ends, for those who are told. */
export interface PermitEnd {
  readonly caseId: string;
  readonly service: string;
  /** All who hold it; not who withdrew while others went on. */
  readonly accountIds: readonly string[];
  readonly until: Temporal.PlainDate;
  /** Days before the end on which its holders are reminded. */
  readonly daysBefore: readonly number[];
  readonly again: Again | undefined;
}

const PAGE = 500;
/** Longest that a package may have people reminded before an end. */
const HORIZON_DAYS = 366;
/** Days for which a reminder is made up for, after a standstill; later the next one is soon enough. */
const GRACE_DAYS = 14;

/** Permits of these accounts that end from one day to another and have not been granted anew. */
export async function permitsOf(ctx: Reading, db: Sql, span: PermitSpan & { readonly holders: readonly string[] }): Promise<PermitEnd[]> {
  return Array.fromAsync(permitEnds(ctx, db, span));
}

/** Permits of the whole city of whose end somebody is to be reminded by `today`: a few days of each version, not all to come. */
export async function* permitsToRemindOf(ctx: Reading, db: Sql, today: Temporal.PlainDate): AsyncGenerator<PermitEnd> {
  for (const packageHash of await versionsEnding(db, today, today.add({ days: HORIZON_DAYS }))) {
    const { validity } = await ctx.desk.pinned(packageHash);
    if (validity === undefined) continue;
    for (const days of reminderDaysOn(validity, today.toString())) {
      const span = { from: today.add({ days: Math.max(0, days - GRACE_DAYS) }), until: today.add({ days }), packageHash };
      for await (const one of permitEnds(ctx, db, span)) if (one.daysBefore.includes(days)) yield one;
    }
  }
}

type Reading = Pick<ProcedureContext, 'clock' | 'desk'>;

/** Page by page, so that a whole city fits. */
async function* permitEnds(ctx: Reading, db: Sql, span: PermitSpan): AsyncGenerator<PermitEnd> {
  const today = legalDay(ctx.clock()).toString();
  let last: PermitRow | undefined;
  for (;;) {
    const rows: PermitRow[] = await permitsEnding(db, span, PAGE, last);
    for (const { id, validUntil: until, state } of rows) {
      const { validity } = await ctx.desk.pinned(state.packageHash);
      if (validity === undefined) continue;
      const { service } = state;
      const near = isNearEnd(validity, until.toString(), today);
      const daysBefore = remindersOf(validity, until.toString(), state, today);
      yield { caseId: id, service, accountIds: holdersOf(state), until, daysBefore, again: near ? againOf(ctx, service, validity) : undefined };
    }
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}

function holdersOf(state: Case): string[] {
  const all = [state.accountId, ...(state.coApplicants ?? []).map(({ accountId }) => accountId)];
  return all.filter((one) => one !== null).filter((one) => !(state.withdrawn ?? []).includes(one));
}
