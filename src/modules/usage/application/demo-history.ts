import type { CitizenActor } from '../../../kernel/actor.ts';
import { fillingTens } from '../../../kernel/few.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { Device, Use, UseStep } from '../../../kernel/usage.ts';
import type { Stroke } from '../domain/channel.ts';
import type { Dimension } from '../domain/cell.ts';
import type { AddedCell } from '../store/cells.ts';
import { counterCases } from '../store/counter-cases.ts';
import type { CountedService, Staff, UsageContext } from './context.ts';
import { countCounterCases, StrokeMemory } from './count-counter-cases.ts';
import { RatingDesk } from './ratings.ts';

export const AT_COUNTER: Staff = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000e2', roles: ['lotse'], authorities: [] };
export const DEVICE_SHARE: Readonly<Record<Device, number>> = { phone: 0.55, computer: 0.35, tablet: 0.08, unknown: 0.02 };
export const LANG_SHARE = { de: 0.86, en: 0.08, leicht: 0.06 };

/** The past of a demo as far as use is counted: every figure follows from cases that are there. */
export interface UsageHistory {
  readonly from: Temporal.PlainDate;
  /** The campaign's landing page. */
  readonly landing: string;
  /** Applications begun, oldest first: how many pages of the form were reached, and by which link. */
  readonly begun: readonly {
    readonly day: Temporal.PlainDate;
    readonly service: string;
    readonly pages: number;
    readonly submitted: boolean;
    readonly origin?: string;
  }[];
  /** What those who came by a link opened: the link, the landing page, the way onward. */
  readonly opened: readonly {
    readonly day: Temporal.PlainDate;
    readonly service: string;
    readonly origin: string;
    readonly followed: number;
    readonly shown: number;
    readonly onward: number;
  }[];
  /** Cases that came by other ways, as the counters counted them in a month. */
  readonly counted: readonly (Stroke & { readonly month: Temporal.PlainDate; readonly count: number })[];
  /** What applicants answer after their Bescheid. */
  readonly rated: readonly { readonly month: Temporal.PlainDate; readonly accountId: string; readonly caseId: string; readonly score: number }[];
}

/** The city at the end of a month, or now while it runs. */
function endOf(ctx: UsageContext, month: Temporal.PlainDate): UsageContext {
  const last = month.add({ months: 1 }).subtract({ days: 1 }).toZonedDateTime({ timeZone: CITY_ZONE, plainTime: '18:00' }).toInstant();
  const now = ctx.clock();
  const at = Temporal.Instant.compare(last, now) < 0 ? last : now;
  return { ...ctx, clock: () => at };
}

/** As the counters count, once for each month and service. */
export async function fillCounted(ctx: UsageContext, { from, counted }: UsageHistory): Promise<void> {
  const known = new Set((await counterCases(ctx.database.read, { from, until: legalDay(ctx.clock()) })).map(({ month, service }) => `${month} ${service}`));
  for (const { month, service, channel, count } of counted)
    if (!known.has(`${month.toString()} ${service}`))
      expectOk(await countCounterCases({ ...endOf(ctx, month), strokes: new StrokeMemory() }, AT_COUNTER, { service, channel }, count));
}

/** As applicants rate, month by month; what is too few of a service is told with the others. A second time nobody may. */
export async function fillRated(ctx: UsageContext, { rated }: UsageHistory): Promise<void> {
  for (const [month, all] of Map.groupBy(rated, (one) => one.month.toString())) {
    const desk = new RatingDesk(endOf(ctx, Temporal.PlainDate.from(month)));
    for (const { accountId, caseId, score } of all) {
      const who: CitizenActor = { kind: 'citizen', accountId, trust: 'substanziell' };
      await desk.rateCase(who, caseId, { score });
    }
    await desk.gather(month);
  }
}

/** Views of a service's page, and quick checks, for each application that is begun. */
const BEFORE = { shown: 9, checked: 3.5 } as const;
/** Views of a day of a service that nobody tells a past of. */
const ELSEWHERE = 2;
const REFUSED = 0.25;
const ROBOTS = 0.3;

/** The counters that fit what was begun, in whole tens. What is not full is left out, as it is where people are counted. */
export function cellsOf(history: UsageHistory, services: readonly CountedService[], until: Temporal.PlainDate): readonly AddedCell[] {
  const cells = new Cells();
  const known = new Map(services.map((one) => [one.key, one]));
  for (const { day, service: subject, pages, submitted, origin } of history.begun) {
    const on = day.toString();
    // few begin: told apart by wordings, too, none of their tens would be full
    const code = origin?.split('.')[0];
    cells.use(on, { step: 'service-shown', subject }, BEFORE.shown);
    cells.put(on, ['service-shown', subject, 'excluded', 'robot'], BEFORE.shown * ROBOTS);
    cells.use(on, { step: 'check-done', subject }, BEFORE.checked);
    cells.use(on, { step: 'form-begun', subject }, 1);
    cells.came(on, { step: 'form-begun', subject }, code);
    for (const { id, fields } of (known.get(subject)?.pages ?? []).slice(0, pages)) {
      cells.use(on, { step: 'form-page', subject, page: id }, 1);
      const [field] = fields;
      if (field !== undefined) cells.use(on, { step: 'form-refused', subject, field: `${id}/${field.id}` }, REFUSED);
    }
    if (!submitted) continue;
    cells.use(on, { step: 'form-submitted', subject }, 1);
    cells.came(on, { step: 'form-submitted', subject }, code);
  }
  for (const one of history.opened) byLink(cells, history.landing, one);
  const told = new Set(history.begun.map(({ service }) => service));
  for (let day = history.from; Temporal.PlainDate.compare(day, until) <= 0; day = day.add({ days: 1 }))
    for (const { key } of services) if (!told.has(key)) cells.use(day.toString(), { step: 'service-shown', subject: key }, ELSEWHERE);
  return cells.full();
}

function byLink(cells: Cells, landing: string, { day, service, origin, followed, shown, onward }: UsageHistory['opened'][number]): void {
  const on = day.toString();
  const code = origin.split('.')[0]!;
  cells.use(on, { step: 'link-followed', subject: code, origin: code }, followed);
  cells.use(on, { step: 'landing-shown', subject: landing, origin }, shown);
  cells.use(on, { step: 'landing-onward', subject: landing, origin }, onward);
  // the views themselves are counted with the service
  cells.put(on, ['service-shown', service, 'origin', origin], onward);
}

/** Counters that fill by tens, each by one thing at a time. */
class Cells {
  readonly #tens = fillingTens();
  readonly #cells = new Map<string, AddedCell>();

  /** @param filling what fills the same tens; each cell its own where it is left out */
  put(day: string, [step, subject, dimension, value]: readonly [UseStep, string, Dimension, string], more: number, filling?: string): void {
    const key = `${step} ${subject} ${dimension} ${value}`;
    const add = this.#tens(filling ?? key, more);
    const before = this.#cells.get(`${day} ${key}`)?.add ?? 0;
    if (add > 0) this.#cells.set(`${day} ${key}`, { day, step, subject, dimension, value, add: before + add });
  }

  use(day: string, { step, subject, page, field, origin }: Use, more: number): void {
    this.put(day, [step, subject, 'all', ''], more);
    for (const [device, share] of Object.entries(DEVICE_SHARE)) this.put(day, [step, subject, 'device', device], more * share);
    for (const [lang, share] of Object.entries(LANG_SHARE)) this.put(day, [step, subject, 'lang', lang], more * share);
    this.put(day, [step, subject, 'mode', 'dark'], more * 0.2);
    if (page !== undefined) this.put(day, [step, subject, 'page', page], more);
    if (field !== undefined) this.put(day, [step, subject, 'field', field], more);
    if (origin !== undefined) this.put(day, [step, subject, 'origin', origin], more);
  }

  /** All links fill the same tens: of a campaign as many are told as its cases, and not fewer for every link and service it has. */
  came(day: string, { step, subject }: Pick<Use, 'step' | 'subject'>, code: string | undefined): void {
    if (code !== undefined) this.put(day, [step, subject, 'origin', code], 1, `${step} by link`);
  }

  full(): readonly AddedCell[] {
    return [...this.#cells.values()];
  }
}
