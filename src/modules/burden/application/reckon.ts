import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { packageVersions, type KnownVersion, type ServicePackage } from '../../catalogue/public.ts';
import { businessCents, WAYS, type ServiceFacts } from '../domain/burden.ts';
import { casesOf, citySum, othersOf, removedPerYear, secondsPerYear, type CitySum, type ServiceBurden } from '../domain/city-sum.ts';
import { targetsOf } from '../domain/declared.ts';
import { historyOf, statesOf, type Measure } from '../domain/history.ts';
import { serviceUnknown, type BurdenProblem } from '../domain/problems.ts';
import { BUSINESS_SHARE, valuesOn, type StandardValues } from '../domain/standard-values.ts';
import { listMeasures } from '../store/measures.ts';
import type { BurdenContext, CountedCases } from './context.ts';
import { factsOf } from './facts-of.ts';

/** Ways by which a case comes, as pages and programs name them. */
export const WAY_KEYS = WAYS;

/** A service with its burden, for pages and programs. */
export interface ReckonedService extends ServiceBurden {
  readonly name: ServicePackage['name'];
  readonly facts: ServiceFacts;
  /** Cases of the last twelve whole months by all ways that are known, in tens. */
  readonly casesPerYear: number | undefined;
  /** Of them, not online. */
  readonly othersPerYear: number | undefined;
  /** In how many of these months the other ways were counted. */
  readonly countedMonths: number;
  readonly secondsPerYear: number | undefined;
  /** What has gone since the first known state. */
  readonly removedSecondsPerYear: number | undefined;
  /** What a case costs a business, at the first known state and now, in cents. */
  readonly businessCents: { readonly first: number; readonly now: number };
}

export interface ReckonedCity {
  readonly services: readonly ReckonedService[];
  readonly sum: CitySum;
  readonly values: StandardValues;
}

/** The burden of every service that people apply for: what the authority begins itself asks nobody to fill in anything. */
export async function reckonCity(ctx: BurdenContext): Promise<ReckonedCity> {
  const today = legalDay(ctx.clock());
  const values = valuesOn(today);
  const [versions, measures, cases] = [await packageVersions(ctx), await listMeasures(ctx.database.read), await ctx.cases()];
  const services = [...versions]
    .filter(([key]) => ctx.desk.current(key)?.initiator !== 'amt')
    .map(([key, known]) => reckon(ctx.desk.current(key)!, known, measures, { today, values, cases: cases.get(key) }))
    .sort((a, b) => a.name.de.localeCompare(b.name.de, 'de'));
  return { services, sum: citySum(services, values), values };
}

/** One service; @returns a refusal for a name that nobody applies under */
export async function reckonService(
  ctx: BurdenContext,
  key: string,
): Promise<Result<{ readonly service: ReckonedService; readonly values: StandardValues }, BurdenProblem>> {
  const { services, values } = await reckonCity(ctx);
  const service = services.find((one) => one.service === key);
  return service === undefined ? refuse(serviceUnknown) : ok({ service, values });
}

interface Frame {
  readonly today: Temporal.PlainDate;
  readonly values: StandardValues;
  readonly cases: CountedCases | undefined;
}

function reckon(pkg: ServicePackage, known: readonly KnownVersion[], measures: readonly Measure[], { today, values, cases }: Frame): ReckonedService {
  const own = measures.filter(({ service }) => service === pkg.key);
  const seen = known.map((one) => ({ hash: one.pkg.hash, since: one.since, facts: factsOf(one.pkg) }));
  const states = statesOf(seen, pkg.hash, today);
  const ways = WAYS.map((way) => ({ way, history: historyOf(states, own, { today, values, way }), cases: cases?.byWay[way] }));
  const { history } = ways[0]!;
  return {
    service: pkg.key,
    name: pkg.name,
    facts: factsOf(pkg),
    history,
    ways,
    ...perYearOf(ways),
    countedMonths: cases?.countedMonths ?? 0,
    businessShare: BUSINESS_SHARE[pkg.key],
    businessCents: { first: businessCents(history.first, values), now: businessCents(history.now, values) },
  };
}

/** What a year of a service costs, by the ways that are known. */
export function perYearOf(ways: ReckonedService['ways']): Pick<ReckonedService, 'casesPerYear' | 'othersPerYear' | 'secondsPerYear' | 'removedSecondsPerYear'> {
  const [cases, others] = [casesOf({ ways }), othersOf({ ways })];
  const known = cases === undefined ? undefined : { seconds: secondsPerYear({ ways }), removed: removedPerYear({ ways }) };
  return { casesPerYear: cases, othersPerYear: others, secondsPerYear: known?.seconds, removedSecondsPerYear: known?.removed };
}

/** What a change of a service may be about, with names. */
export function measureTargets(
  facts: ServiceFacts,
): Readonly<Record<'once-only' | 'prefilled', readonly { readonly id: string; readonly label: ServicePackage['name'] }[]>> {
  const may = targetsOf(facts);
  return {
    'once-only': facts.documents.filter(({ id }) => may['once-only'].includes(id)),
    prefilled: facts.fields.filter(({ id, kind }) => kind !== 'file' && may.prefilled.includes(id)),
  };
}
