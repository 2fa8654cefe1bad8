import type { Actor } from './kernel/actor.ts';
import { legalDay } from './kernel/time.ts';
import { define, takeValues, type IndicatorsModule } from './modules/indicators/public.ts';

const CITY: Actor = { kind: 'system', job: 'demo.indicators' };
const INVENTED = 'Erfunden für die Demo';

type Words = Record<'de' | 'en' | 'leicht', string>;
const three = (de: string, en: string, leicht: string): Words => ({ de, en, leicht });

/** What every definition of the demo has. */
const OF_DEMO = { better: 'more', owner: 'Leitstelle Digitalstrategie', reason: 'Zum Ansehen in der Demo', version: 0, formula: '' } as const;

/**
 * Indicators to look at: one defined by a formula, published figures that have grown stale, and a series that is
 * invented and says so. The figures from the journal are the demo's own.
 */
export async function fillDemoIndicators({ ctx, indicators, catchUp }: IndicatorsModule): Promise<void> {
  await catchUp();
  if ((await indicators.one('demo-series')).ok) return;
  await ownFormula(ctx);
  await publishedAccounts(ctx);
  await inventedSeries(ctx);
  for (const aim of AIMS) await aimFor(ctx, aim);
}

/** From where to where, on a straight path from the middle of 2025 to the end of 2027. */
const AIMS: readonly { readonly key: string; readonly from: number; readonly to: number }[] = [
  { key: 'online-share', from: 0.24, to: 0.45 },
  { key: 'automation', from: 0.4, to: 0.7 },
  { key: 'complete-first', from: 0.6, to: 0.85 },
  { key: 'days-p90', from: 45, to: 20 },
  { key: 'requests-per-case', from: 0.4, to: 0.15 },
  { key: 'satisfaction', from: 3.2, to: 4.1 },
  { key: 'eid-activation', from: 0.5, to: 0.8 },
  { key: 'accounts', from: 100, to: 3000 },
];

/** Nobody has set these: they are placed here so that lights can be seen, and say so. */
async function aimFor(ctx: Context, { key, from, to }: (typeof AIMS)[number]): Promise<void> {
  const target = { value: to, by: Temporal.PlainDate.from('2027-12-31'), source: 'Eigene Setzung der Demo-Stadt, kein Ziel Hamburgs' };
  const start = { value: from, on: Temporal.PlainDate.from('2025-07-01') };
  const nothing = three('', '', '');
  const done = await define(ctx, CITY, {
    ...{ ...OF_DEMO, key, kind: 'journal', name: nothing, definition: nothing, confidenceReason: nothing },
    ...{ unit: 'share', origin: 'live', source: '', confidence: 'high', target, start },
  });
  if (!done.ok) ctx.log.error('demo.target-refused', { key, problem: done.problem.detail });
}

type Context = IndicatorsModule['ctx'];

async function ownFormula(ctx: Context): Promise<void> {
  await define(ctx, CITY, {
    ...{ ...OF_DEMO, key: 'decided-by-people', kind: 'defined', formula: '1 - automation', unit: 'share', origin: 'live' },
    name: three('Von Menschen entschieden', 'Decided by people', 'Von Menschen entschieden'),
    definition: three(
      'Der Teil der ersten Bescheide, über den ein Mensch entschieden hat.',
      'The part of the first decisions that a person made.',
      'So oft entscheidet ein Mensch.',
    ),
    ...{ source: 'Journal der Stadt', confidence: 'high' },
    confidenceReason: three('Gerechnet aus dem Journal.', 'Reckoned from the journal.', 'Der Computer zählt selbst.'),
  });
}

/** Published by Hamburg: 641,528 private accounts in May 2024, about 680,000 accounts in January 2025. */
async function publishedAccounts(ctx: Context): Promise<void> {
  const key = 'published-accounts';
  await define(ctx, CITY, {
    ...{ ...OF_DEMO, key, kind: 'imported', unit: 'count', origin: 'self-report' },
    name: three('Servicekonten, wie veröffentlicht', 'Service accounts as published', 'Konten in Hamburg'),
    definition: three(
      'Was Hamburg veröffentlicht hat: private Konten im Mai 2024, alle Konten (gerundet) im Januar 2025. Beide Zahlen sind verschieden gezählt.',
      'What Hamburg has published: private accounts in May 2024, all accounts (rounded) in January 2025. Both are counted differently.',
      'Diese Zahlen hat Hamburg gesagt. Sie sind alt.',
    ),
    ...{ source: 'Veröffentlichungen der Stadt Hamburg, Mai 2024 und Januar 2025', confidence: 'low' },
    confidenceReason: three('Zwei Zählweisen, gerundet.', 'Two ways of counting, rounded.', 'Es wurde verschieden gezählt.'),
  });
  await take(ctx, key, [
    { day: '2024-05-31', value: 641_528 },
    { day: '2025-01-31', value: 680_000 },
  ]);
}

/** Thirty months up to the last one, falling slowly with a wave: to show a history and how it could go on. */
async function inventedSeries(ctx: Context): Promise<void> {
  const key = 'demo-series';
  await define(ctx, CITY, {
    ...{ ...OF_DEMO, key, kind: 'imported', better: 'less', unit: 'share', origin: 'imported' },
    name: three('Beispielreihe (erfunden)', 'Sample series (invented)', 'Ausgedachte Zahl'),
    definition: three(
      'Zum Ansehen: So zeigt die Stadt eine Reihe, die nicht aus ihrem Journal kommt. Diese Werte sind erfunden und messen nichts.',
      'To look at: how the city shows a series that does not come from its journal. These figures are invented and measure nothing.',
      'Diese Zahlen sind ausgedacht. Sie zeigen nur, wie die Seite aussieht.',
    ),
    ...{ source: INVENTED, confidence: 'low' },
    confidenceReason: three('Erfunden.', 'Invented.', 'Ausgedacht.'),
  });
  const last = legalDay(ctx.clock()).toPlainYearMonth().subtract({ months: 1 });
  const values = Array.from({ length: 30 }, (_, index) => {
    const month = last.subtract({ months: 29 - index });
    const value = 0.52 - 0.004 * index + 0.015 * Math.sin(index * 1.3);
    return { day: month.toPlainDate({ day: month.daysInMonth }).toString(), value: Math.round(value * 1000) / 1000 };
  });
  await take(ctx, key, values);
}

async function take(ctx: Context, key: string, values: Parameters<typeof takeValues>[3]['values']): Promise<void> {
  await ctx.database.write((tx) => takeValues(ctx, tx, CITY, { key, values, now: ctx.clock() }));
}
