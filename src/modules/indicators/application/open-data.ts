import type { Indicators } from '../../../kernel/indicator.ts';
import type { OpenDataset } from '../../../kernel/open-data.ts';
import type { Settings } from '../../../platform/context.ts';
import type { Desk } from './desk.ts';

/** What the city's catalogue of open data says of the indicators; none before the journal has been read. */
export async function indicatorDatasets(desk: Desk, indicators: Indicators, { publicUrl }: Settings): Promise<readonly OpenDataset[]> {
  const { firstAt, followedAt } = (await desk.known()).stamp;
  if (followedAt === null) return [];
  const list = await indicators.list();
  const at = `${publicUrl}/strategie/kennzahlen`;
  const newest = list.flatMap(({ asOf }) => (asOf === undefined ? [] : [asOf])).toSorted(Temporal.Instant.compare);
  return [
    {
      url: at,
      title: 'Kennzahlen der Strategie',
      description:
        'Jede Kennzahl mit Formel, Quelle, Ziel, Stand und Ampel, dazu ihr Verlauf nach Monaten. Was weniger als zehn Fälle hat, wird nicht gezeigt.',
      keywords: ['Kennzahl', 'Digitalstrategie', 'Verwaltung'],
      ...(firstAt === null ? {} : { issued: firstAt }),
      modified: newest.at(-1) ?? followedAt,
      distributions: [
        { url: `${at}.csv`, title: 'Alle Kennzahlen (CSV)', fileType: 'CSV' },
        { url: `${publicUrl}/api/indicators`, title: 'Alle Kennzahlen (JSON)', fileType: 'JSON' },
        ...list.map(({ key, name }) => ({ url: `${at}/${key}/verlauf.csv`, title: `Verlauf: ${name.de} (CSV)`, fileType: 'CSV' as const })),
      ],
    },
  ];
}
