import { FEWEST } from '../../../kernel/few.ts';
import type { Device } from '../../../kernel/usage.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Dimension } from '../domain/cell.ts';
import { inTens } from '../../../kernel/few.ts';
import { addToCells, type AddedCell } from '../store/cells.ts';
import { addCounterCases } from '../store/counter-cases.ts';
import { addRatings } from '../store/ratings.ts';
import { insertSurvey, listSurveys } from '../store/surveys.ts';
import type { CountedService, UsageContext } from './context.ts';

const DAYS = 60;

/** Made-up counts for a demo: as they would lie there, in whole tens, the same in every demo. Once. */
export async function fillDemoUsage(ctx: UsageContext): Promise<void> {
  if ((await listSurveys(ctx.database.read)).length > 0) return;
  const now = ctx.clock();
  const today = legalDay(now);
  const services = ctx.services();
  await ctx.database.write(async (tx) => {
    for (let back = DAYS; back >= 1; back--) {
      const day = today.subtract({ days: back });
      const cells = services.flatMap((service, index) => cellsOfDay(service, day, index));
      if (cells.length > 0) await addToCells(tx, cells);
    }
    const month = today.with({ day: 1 }).toString();
    for (const [index, { key }] of services.entries()) {
      // one in three counters counts nothing: unknown must be seen, too
      if (index % 3 === 2) continue;
      await addCounterCases(tx, { service: key, channel: 'counter' }, month, 10 * (1 + (index % 4)));
      await addCounterCases(tx, { service: key, channel: 'post' }, month, 10);
      await addRatings(tx, month, { service: key, after: 'decision', count: 12 + index, sum: 38 + 4 * index });
    }
    const survey = {
      id: '0190a000-0000-7000-8000-0000000000e1',
      title: 'Anteil der Befragten, die Behördengänge nicht online erledigen (Umkehr von 73 Prozent)',
      source: 'Demo-Eintrag nach einer bundesweiten Umfrage; Zahl und Größe der Stichprobe sind für die Demo gesetzt',
      takenOn: today.subtract({ days: 120 }),
      sampleSize: 1000,
      share: 0.27,
      enteredAt: now,
    };
    await insertSurvey(tx, survey, 'system:demo');
  });
}

const DEVICE_SHARE: Readonly<Record<Device, number>> = { phone: 0.55, computer: 0.35, tablet: 0.08, unknown: 0.02 };
const LANG_SHARE = { de: 0.86, en: 0.08, leicht: 0.06 };

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
