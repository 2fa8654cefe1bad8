import { OPEN_LICENCE, type OpenDataset } from '../../../kernel/open-data.ts';
import type { Settings } from '../../../platform/context.ts';
import { listReports } from '../store/reports.ts';
import type { CockpitContext } from './context.ts';
import { belonging, fieldOf, fieldsInOrder, ITEM_KINDS, milestonesOf, type ItemKind } from '../domain/items.ts';
import type { Standing } from './read-strategy.ts';
import { LIGHT_WORDS, reasonSentence, ruleOn } from './reason-words.ts';

/** The whole strategy and how it goes, for programs. */
export function strategyData({ strategy, statuses, day, indicators }: Standing, { publicUrl, city }: Settings): object {
  const items = Object.fromEntries(
    ITEM_KINDS.map((kind) => [
      kind,
      [...(strategy[kind] as ReadonlyMap<string, { readonly changedAt: Temporal.Instant }>).values()].map((one) => ({
        ...one,
        changedAt: one.changedAt.toString(),
      })),
    ]),
  ) as Record<ItemKind, unknown[]>;
  return {
    title: 'Strategie der Stadt mit ihrem Fortschritt',
    source: `${publicUrl}/strategie`,
    licence: OPEN_LICENCE,
    attribution: city,
    asOf: day.toString(),
    rule: ruleOn(day).de,
    items,
    status: [...statuses].map(([measure, { light, byRule, reasons, set }]) => ({
      measure,
      light,
      byRule,
      reasons: reasons.map((reason) => ({ ...reason, sentence: reasonSentence(reason, strategy, 'de', (key) => indicators?.get(key)?.name.de ?? key) })),
      ...(set === undefined ? {} : { set }),
    })),
    ...(indicators === undefined ? {} : { indicators: [...indicators.values()].map((one) => ({ ...one, asOf: one.asOf?.toString() ?? null })) }),
  };
}

const HEAD = [
  'handlungsfeld',
  'massnahme',
  'titel',
  'stelle',
  'beginn',
  'ende',
  'ampel',
  'ampel_nach_regel',
  'gruende',
  'meilensteine_erreicht',
  'meilensteine',
  'naechster_meilenstein',
  'budget_geplant_euro',
  'budget_ausgegeben_euro',
  'leistungen',
  'kennzahlen',
  'quelle',
  'stand',
];

/** The measures as a table, one row each. */
export function measureRows({ strategy, statuses, day, indicators }: Standing): readonly (readonly string[])[] {
  const euros = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');
  const rows = fieldsInOrder(strategy).flatMap((field) =>
    belonging(strategy, 'measure', (one) => fieldOf(strategy, one)?.key === field.key).map((measure) => {
      const status = statuses.get(measure.key)!;
      const milestones = milestonesOf(strategy, measure.key);
      const budgets = belonging(strategy, 'budget', (one) => one.measure === measure.key);
      const sum = (of: 'plannedCents' | 'spentCents'): string => (budgets.length === 0 ? '' : euros(budgets.reduce((total, one) => total + one[of], 0)));
      return [
        field.title.de,
        measure.key,
        measure.title.de,
        strategy.unit.get(measure.unit)?.title.de ?? measure.unit,
        measure.startsOn,
        measure.endsOn,
        LIGHT_WORDS[status.light].de,
        LIGHT_WORDS[status.byRule].de,
        status.reasons.map((reason) => reasonSentence(reason, strategy, 'de', (key) => indicators?.get(key)?.name.de ?? key)).join(' '),
        String(milestones.filter(({ doneOn }) => doneOn !== undefined).length),
        String(milestones.length),
        milestones.find(({ doneOn }) => doneOn === undefined)?.dueOn ?? '',
        sum('plannedCents'),
        sum('spentCents'),
        measure.services.join(' '),
        measure.indicators.join(' '),
        'source' in measure.provenance ? measure.provenance.source : 'eigene Setzung',
        day.toString(),
      ];
    }),
  );
  return [HEAD, ...rows];
}

/** What the city's catalogue of open data says of the strategy and its reports, as far as there are any. */
export async function cockpitDatasets(ctx: CockpitContext): Promise<readonly OpenDataset[]> {
  const { publicUrl } = ctx.settings;
  return [strategyDataset(await ctx.history.now(), publicUrl), await reportsDataset(ctx)].filter((one) => one !== undefined);
}

function strategyDataset(strategy: Standing['strategy'], publicUrl: string): OpenDataset | undefined {
  const changed = ITEM_KINDS.flatMap((kind) => [...strategy[kind].values()].map(({ changedAt }) => changedAt.epochMilliseconds));
  if (changed.length === 0) return undefined;
  return {
    url: `${publicUrl}/strategie/daten`,
    title: 'Strategie der Stadt mit ihrem Fortschritt',
    description:
      'Handlungsfelder, Zukunftsbilder, Prioritäten und Maßnahmen mit Meilensteinen, Budget, Risiken, Entscheidungen und Ampeln samt der Regel dahinter.',
    keywords: ['Digitalstrategie', 'Maßnahme', 'Kennzahl'],
    issued: Temporal.Instant.fromEpochMilliseconds(Math.min(...changed)),
    modified: Temporal.Instant.fromEpochMilliseconds(Math.max(...changed)),
    distributions: [
      { url: `${publicUrl}/strategie/daten.json`, title: 'Die ganze Strategie (JSON)', fileType: 'JSON' },
      { url: `${publicUrl}/strategie/daten.csv`, title: 'Die Maßnahmen als Tabelle (CSV)', fileType: 'CSV' },
    ],
  };
}

/** Kept reports alone: the running quarter's changes with every day. */
async function reportsDataset({ database, settings: { publicUrl } }: Pick<CockpitContext, 'database' | 'settings'>): Promise<OpenDataset | undefined> {
  const kept = await listReports(database.read);
  const made = kept.map(({ madeAt }) => madeAt).toSorted(Temporal.Instant.compare);
  if (made.length === 0) return undefined;
  return {
    url: `${publicUrl}/strategie/berichte`,
    title: 'Berichte zur Strategie, nach Quartalen',
    description: 'Ein Bericht für jedes Quartal, gesiegelt und nach dem Erscheinen unverändert. Strategie und Kennzahlen liegen ihm als JSON bei.',
    keywords: ['Digitalstrategie', 'Bericht', 'Kennzahl'],
    issued: made[0]!,
    modified: made.at(-1)!,
    distributions: [
      { url: `${publicUrl}/api/strategy/reports`, title: 'Alle Berichte mit Prüfsummen (JSON)', fileType: 'JSON' },
      ...kept.map(({ quarter }) => ({ url: `${publicUrl}/strategie/berichte/${quarter}.pdf`, title: `Bericht ${quarter} (PDF)`, fileType: 'PDF' as const })),
    ],
  };
}
