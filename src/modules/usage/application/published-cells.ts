import { z } from 'zod';
import type { OpenDataset } from '../../../kernel/open-data.ts';
import { cellsStamp, listCells, type CellKey, type KeptCell } from '../store/cells.ts';
import type { UsageContext } from './context.ts';
import { publishedDays, type PublishedFigures } from './figures.ts';

type Reading = Pick<UsageContext, 'database' | 'clock' | 'settings'>;
/** Counters that are read at once. */
const PART = 5000;

/** Counters of the published days as they lie there, after one of them. */
export const publishedCells = (ctx: Reading, limit: number, after?: CellKey): Promise<readonly KeptCell[]> =>
  listCells(ctx.database.read, publishedDays(ctx), limit, after);

export const cellKey = ({ day, step, subject, dimension, value }: KeptCell): CellKey => [day, step, subject, dimension, value];

const KEY = z.tuple([z.iso.date(), z.string(), z.string(), z.string(), z.string()]);

/** The key in a cursor, or `undefined` when somebody made it up. */
export const readCellKey = (parts: unknown): CellKey | undefined => KEY.safeParse(parts).data;

/** Moves with every counter that is published. */
export const publishedStamp = (ctx: Reading): Promise<string> => cellsStamp(ctx.database.read, publishedDays(ctx));

/** All of them, part by part, however many there are. */
export async function* allPublishedCells(ctx: Reading): AsyncGenerator<readonly KeptCell[]> {
  const days = publishedDays(ctx);
  for (let after: CellKey | undefined; ;) {
    const cells = await listCells(ctx.database.read, days, PART, after);
    yield cells;
    if (cells.length < PART) return;
    after = cellKey(cells.at(-1)!);
  }
}

/** What the city's catalogue of open data says of the use of its services. */
export async function usageDatasets(figures: PublishedFigures, { settings: { publicUrl } }: Reading): Promise<readonly OpenDataset[]> {
  return [
    {
      url: `${publicUrl}/transparenz`,
      title: 'Wie die Online-Dienste der Stadt genutzt werden',
      description:
        'Nutzungsgrad, Abschluss und Nutzungslücke, die Wege durch jede Leistung, Geräte, Sprachen, Bewertungen und ausgeschlossene Roboter. Gezählt wird in vollen Zehnern, nie wer.',
      keywords: ['Online-Dienst', 'Nutzung', 'Verwaltung'],
      modified: (await figures.read()).asOf,
      distributions: [
        { url: `${publicUrl}/transparenz/zahlen.csv`, title: 'Alle Zähler der letzten zwölf Monate (CSV)', fileType: 'CSV' },
        { url: `${publicUrl}/api/usage`, title: 'Zusammengefasst, je Leistung und Monat (JSON)', fileType: 'JSON' },
      ],
    },
  ];
}
