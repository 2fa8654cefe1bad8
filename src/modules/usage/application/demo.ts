import { FEWEST, inTens } from '../../../kernel/few.ts';
import { expectOk } from '../../../kernel/result.ts';
import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
import type { Dimension } from '../domain/cell.ts';
import type { Survey } from '../domain/kept.ts';
import { addToCells, type AddedCell } from '../store/cells.ts';
import { counterCases } from '../store/counter-cases.ts';
import { insertSurvey, listSurveys } from '../store/surveys.ts';
import { caseDays } from './case-figures.ts';
import type { CountedService, UsageContext } from './context.ts';
import { countCounterCases, StrokeMemory } from './count-counter-cases.ts';
import { AT_COUNTER, cellsOf, DEVICE_SHARE, fillCounted, fillRated, LANG_SHARE, type UsageHistory } from './demo-history.ts';
import { RatingDesk } from './ratings.ts';

const DAYS = 60;

/**
 * Made-up counts for a demo: as they would lie there, in whole tens, the same in every demo. Once.
 * @param history a past that the counts must fit; absent: sixty days that fit nothing
 */
export async function fillDemoUsage(ctx: UsageContext, history?: UsageHistory): Promise<void> {
  if (history === undefined) {
    await fillCounters(ctx);
    await fillRatings(ctx);
  } else {
    await fillCounted(ctx, history);
    await fillRated(ctx, history);
  }
  await fillCells(ctx, history);
}

/** Months in which the counters have counted: whole ones that indicators may tell, and this one. */
const COUNTED_MONTHS = 3;

/** One in three counters counts nothing: unknown must be seen, too. */
const countedIn = (ctx: UsageContext): readonly (readonly [number, CountedService])[] => [...ctx.services().entries()].filter(([index]) => index % 3 !== 2);

/** The city as it was some months ago. */
function monthsAgo(ctx: UsageContext, months: number): UsageContext {
  const at = ctx.clock().toZonedDateTimeISO(CITY_ZONE).subtract({ months }).toInstant();
  return { ...ctx, clock: () => at };
}

/** As the counters count: what is kept and what the journal hears is the same. */
async function fillCounters(ctx: UsageContext): Promise<void> {
  const counted = new Set((await counterCases(ctx.database.read, caseDays(ctx))).map(({ service }) => service));
  for (const [index, { key }] of countedIn(ctx)) {
    if (counted.has(key)) continue;
    for (let back = COUNTED_MONTHS - 1; back >= 0; back--) {
      const then = { ...monthsAgo(ctx, back), strokes: new StrokeMemory() };
      expectOk(await countCounterCases(then, AT_COUNTER, { service: key, channel: 'counter' }, 10 * (1 + (index % 4))));
      expectOk(await countCounterCases(then, AT_COUNTER, { service: key, channel: 'post' }, 10));
    }
  }
}

/** Ten after decisions of last month for each service, given by people who are not there. A second time nobody may. */
async function fillRatings(ctx: UsageContext): Promise<void> {
  for (const [index, { key }] of countedIn(ctx)) {
    const desk = new RatingDesk({ ...monthsAgo(ctx, 1), cases: { ...ctx.cases, own: async () => ({ service: key, decided: true }) } });
    for (let given = 0; given < FEWEST; given++) {
      const who = { kind: 'citizen', accountId: AT_COUNTER.staffId, trust: 'hoch' } as const;
      await desk.rateCase(who, `demo ${key} ${given}`, { score: 2 + ((index + given) % 4) });
    }
  }
}

async function fillCells(ctx: UsageContext, history: UsageHistory | undefined): Promise<void> {
  if ((await listSurveys(ctx.database.read)).length > 0) return;
  const now = ctx.clock();
  const today = legalDay(now);
  const services = ctx.services();
  await ctx.database.write(async (tx) => {
    if (history !== undefined) await addToCells(tx, cellsOf(history, services, today.subtract({ days: 1 })));
    for (let back = history === undefined ? DAYS : 0; back >= 1; back--) {
      const day = today.subtract({ days: back });
      const cells = services.flatMap((service, index) => cellsOfDay(service, day, index));
      if (cells.length > 0) await addToCells(tx, cells);
    }
    const survey = {
      id: '0190a000-0000-7000-8000-0000000000e1',
      about: 'gap' as const,
      title: 'Anteil der Befragten, die Behördengänge nicht online erledigen (Umkehr von 73 Prozent)',
      source: 'Demo-Eintrag nach einer bundesweiten Umfrage; Zahl und Größe der Stichprobe sind für die Demo gesetzt',
      takenOn: today.subtract({ days: 120 }),
      sampleSize: 1000,
      share: 0.27,
      enteredAt: now,
    };
    for (const one of [survey, ...reachSurveys(today, now)]) await insertSurvey(tx, one, 'system:demo');
  });
}

/** The same question twice: before the demo's campaign began, and not long ago. */
function reachSurveys(today: Temporal.PlainDate, enteredAt: Temporal.Instant): readonly Survey[] {
  const asked = {
    about: 'reach',
    title: 'Anteil der Befragten, die im letzten Jahr Online-Dienste der Stadt genutzt haben',
    sampleSize: 1000,
    enteredAt,
  } as const;
  return [
    {
      ...asked,
      id: '0190a000-0000-7000-8000-0000000000e3',
      source: 'Demo-Eintrag: Die Stadt nannte zum Start der Kampagne weniger als ein Viertel; Zahl und Stichprobe sind für die Demo gesetzt',
      takenOn: Temporal.PlainDate.from('2024-09-15'),
      share: 0.24,
    },
    {
      ...asked,
      id: '0190a000-0000-7000-8000-0000000000e4',
      source: 'Demo-Eintrag: frei gesetzt',
      takenOn: today.subtract({ days: 45 }),
      share: 0.33,
    },
  ];
}

function cellsOfDay(service: CountedService, day: Temporal.PlainDate, index: number): AddedCell[] {
  const weekend = day.dayOfWeek > 5 ? 0.5 : 1;
  const shown = Math.round((90 + 37 * (index % 5) + ((day.day * 13 + index * 7) % 40)) * weekend);
  const begun = shown * 0.42;
  const pages = service.pages.map((page, at) => ({ page, count: begun * 0.93 ** (at + 1) }));
  const last = pages.at(-1)?.count ?? begun;
  const cell = (step: string, dimension: Dimension, value: string, count: number): AddedCell => ({
    day: day.toString(),
    step,
    subject: service.key,
    dimension,
    value,
    add: inTens(count),
  });
  const steps: readonly (readonly [string, number])[] = [
    ['service-shown', shown],
    ['check-done', shown * 0.5],
    ['form-begun', begun],
    ['form-page', begun],
    ['form-refused', begun * 0.4],
    ['form-submitted', last * 0.9],
  ];
  return [
    ...steps.flatMap(([step, count]) => [
      cell(step, 'all', '', count),
      ...Object.entries(DEVICE_SHARE).map(([value, share]) => cell(step, 'device', value, count * share)),
      ...Object.entries(LANG_SHARE).map(([value, share]) => cell(step, 'lang', value, count * share)),
      cell(step, 'mode', 'dark', count * 0.2),
    ]),
    ...pages.map(({ page, count }) => cell('form-page', 'page', page.id, count)),
    ...pages.flatMap(({ page, count }) =>
      page.fields.slice(0, 2).map((field, at) => cell('form-refused', 'field', `${page.id}/${field.id}`, (count * 0.35) / (at + 1))),
    ),
    cell('service-shown', 'excluded', 'robot', shown * 0.3),
  ].filter(({ add }) => add >= FEWEST);
}
