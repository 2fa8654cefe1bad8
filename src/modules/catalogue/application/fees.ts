import { formatEuro } from '../../../kernel/money.ts';
import { evaluateDecision, type TraceEntry } from '../../rules/public.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';

/** One part of a fee. */
export interface FeePosition {
  readonly label: string;
  readonly cents: number;
}

/** A fee as the package's rule reckons it, with the rows that fired. */
export interface ComputedFee {
  readonly cents: number;
  readonly positions: readonly FeePosition[];
  readonly trace: readonly TraceEntry[];
}

interface Dated {
  readonly validFrom: string;
  readonly validTo?: string | undefined;
}
const inForce = (day: string) => (one: Dated) => one.validFrom <= day && (one.validTo ?? '9999') >= day;

/** The fees in force on a day. */
export const feesInForce = (pkg: Pick<ServicePackage, 'fees'>, day: Temporal.PlainDate) => pkg.fees.filter(inForce(day.toString()));

/** The tariffs in force on a day, by name, in cents. */
export function tariffsOn(pkg: Pick<ServicePackage, 'tariffs'>, today: Temporal.PlainDate): Record<string, number> {
  const current = inForce(today.toString());
  return Object.fromEntries(Object.entries(pkg.tariffs).flatMap(([name, amounts]) => amounts.filter(current).map((one) => [name, one.cents])));
}

/**
 * The fee for these answers on this day: by the package's rule, else the lowest amount of the frame in
 * force for the online way.
 * @throws when the rule gives neither cents nor positions: the lint tries it on the package's example
 */
export function computeFee(pkg: ServicePackage, answers: Answers, today: Temporal.PlainDate): ComputedFee {
  if (pkg.feeRule === undefined) {
    const fee = pkg.fees.find((one) => one.channel !== 'vor-ort' && inForce(today.toString())(one));
    return { cents: fee?.minCents ?? 0, positions: fee === undefined || fee.minCents === 0 ? [] : [{ label: fee.label.de, cents: fee.minCents }], trace: [] };
  }
  const { value, trace } = evaluateDecision(pkg.rules, pkg.feeRule, { ...answers, today: today.toString(), tarif: tariffsOn(pkg, today) });
  const positions = positionsOf(pkg, value);
  return { cents: positions.reduce((sum, one) => sum + one.cents, 0), positions, trace };
}

/** A rule gave no amount. */
class NoFee extends Error {}

/** As `computeFee`; `undefined` where the rule finds no amount in these answers, as in applications that came in incomplete. */
export function feeOf(pkg: ServicePackage, answers: Answers, today: Temporal.PlainDate): ComputedFee | undefined {
  try {
    return computeFee(pkg, answers, today);
  } catch (error) {
    if (error instanceof NoFee) return undefined;
    throw error;
  }
}

function positionsOf(pkg: ServicePackage, value: unknown): FeePosition[] {
  if (typeof value === 'number') return [{ label: pkg.fees[0]!.label.de, cents: whole(pkg, value) }];
  if (!Array.isArray(value)) throw new NoFee(`fee rule ${pkg.feeRule} of ${pkg.key} gives no amount`);
  return value.map((one: unknown) => {
    const { label, cents } = (one ?? {}) as { label?: unknown; cents?: unknown };
    if (typeof label !== 'string' || typeof cents !== 'number') throw new NoFee(`fee rule ${pkg.feeRule} of ${pkg.key} gives a part without label or cents`);
    return { label, cents: whole(pkg, cents) };
  });
}

function whole(pkg: ServicePackage, cents: number): number {
  const rounded = Math.round(cents);
  if (!Number.isFinite(cents) || rounded < 0) throw new NoFee(`fee rule ${pkg.feeRule} of ${pkg.key} gives ${cents} cents`);
  return rounded;
}

/** `Grundgebühr 25,00 €, Fahrbahnzuschlag 10,00 €` */
export const feeSentence = (positions: readonly FeePosition[]): string => positions.map(({ label, cents }) => `${label} ${formatEuro(cents)}`).join(', ');
