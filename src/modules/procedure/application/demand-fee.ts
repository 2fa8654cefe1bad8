import { legalDay } from '../../../kernel/time.ts';
import { computeFee, type ServicePackage } from '../../catalogue/public.ts';
import { payerOf } from '../domain/applicants.ts';
import { isOwnMotion, type Case } from '../domain/case.ts';
import { endOfPeriod } from '../domain/deadlines.ts';
import { findCase } from '../store/cases.ts';
import type { FeeDemand, ProcedureContext } from './context.ts';

/** What is to be paid before the decision; nothing for packages that ask afterwards. */
export function feeBefore(pkg: ServicePackage, state: Case): number {
  if (pkg.payment.when !== 'vorher') return 0;
  return computeFee(pkg, state.answers, Temporal.PlainDate.from(state.submittedOn)).cents;
}

/**
 * Job: has the Kasse demand a fee: with the application where the package asks for it beforehand (§ 16
 * GebG), else when the decision has been made known. Idempotent by key.
 */
export async function demandFee(ctx: ProcedureContext, { caseId, decisionId }: { caseId: string; decisionId?: string }): Promise<void> {
  const { cashier } = ctx;
  const state = await findCase(ctx.database.read, caseId);
  if (cashier === undefined || state === undefined) return;
  const pkg = await ctx.desk.pinned(state.packageHash);
  const demand = decisionId === undefined ? beforehand(pkg, state, legalDay(ctx.clock())) : afterwards(pkg, state, decisionId);
  if (demand === undefined) return;
  await ctx.database.write((tx) => cashier.demand(tx, demand));
}

const common = (pkg: ServicePackage, { id, fileNumber, authority, service }: Case, accountId: string | null) => ({
  caseId: id,
  fileNumber,
  accountId,
  authority,
  service,
  legalBasis: pkg.fees[0]!.legalBasis,
});

function beforehand(pkg: ServicePackage, state: Case, today: Temporal.PlainDate): FeeDemand | undefined {
  const amountCents = feeBefore(pkg, state);
  if (amountCents === 0 || isOwnMotion(state)) return undefined;
  return {
    ...common(pkg, state, payerOf(state)),
    amountCents,
    dueOn: Temporal.PlainDate.from(endOfPeriod(today.toString(), { length: pkg.payment.dueDays, unit: 'days' })),
    key: `${state.id}.antrag`,
  };
}

function afterwards(pkg: ServicePackage, state: Case, decisionId: string): FeeDemand | undefined {
  const decision = state.decisions.find((one) => one.id === decisionId);
  if (decision?.delivery === undefined) return undefined;
  const amountCents = decision.feeCents - feeBefore(pkg, state);
  // nobody owes a fee for what the authority began itself
  if (amountCents <= 0 || isOwnMotion(state)) return undefined;
  const dueOn = endOfPeriod(decision.delivery.bekanntgabeOn, { length: pkg.payment.dueDays, unit: 'days' });
  return { ...common(pkg, state, payerOf(state)), amountCents, dueOn: Temporal.PlainDate.from(dueOn), key: `${state.id}.${decisionId}` };
}
