import { legalDay } from '../../../kernel/time.ts';
import { feesInForce, type ServicePackage } from '../../catalogue/public.ts';
import { CITY_PAGES, type CityPage } from '../domain/city-pages.ts';
import type { Situation, SituationStep } from '../domain/situation.ts';
import { readFigures, type FigureBodies } from '../store/figures.ts';
import type { EntranceContext } from './context.ts';
import { neededNext } from './figures.ts';

type Of<Key extends string> = Extract<SituationStep, Record<Key, unknown>>;

/** A step with what is known of it today. */
export type OpenStep =
  | {
      readonly kind: 'service';
      readonly why: Of<'service'>['why'];
      readonly pkg: ServicePackage;
      readonly fees: ServicePackage['fees'];
      /** Absent: not measured. */
      readonly time?: FigureBodies['times'][number];
    }
  | { readonly kind: 'page'; readonly why: Of<'page'>['why']; readonly page: CityPage }
  | ({ readonly kind: 'elsewhere' } & Of<'elsewhere'>);

export interface OpenSituation {
  readonly situation: Situation;
  readonly steps: readonly OpenStep[];
  readonly next: readonly ServicePackage[];
}

/** A situation of life as it stands today; steps that the city does not offer now are left out. */
export async function openSituation(ctx: EntranceContext, key: string): Promise<OpenSituation | undefined> {
  const situation = ctx.situations.find((one) => one.key === key);
  if (situation === undefined) return undefined;
  const figures = await readFigures(ctx.database.read);
  const today = legalDay(ctx.clock());
  const steps = situation.steps.flatMap((step) => opened(ctx, step, today, figures.times?.body ?? []));
  const services = situation.steps.flatMap((step) => ('service' in step ? [step.service] : []));
  return { situation, steps, next: neededNext(ctx, figures, services) };
}

function opened(ctx: EntranceContext, step: SituationStep, today: Temporal.PlainDate, times: FigureBodies['times']): readonly OpenStep[] {
  if ('elsewhere' in step) return [{ kind: 'elsewhere', ...step }];
  if ('page' in step) {
    const page = CITY_PAGES.find(({ key }) => key === step.page);
    return page !== undefined && ctx.pageExists(page.path) ? [{ kind: 'page', why: step.why, page }] : [];
  }
  const pkg = ctx.desk.current(step.service);
  if (pkg === undefined) return [];
  const time = times.find(({ service }) => service === pkg.key);
  return [{ kind: 'service', why: step.why, pkg, fees: feesInForce(pkg, today), ...(time && { time }) }];
}
