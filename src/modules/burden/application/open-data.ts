import type { OpenDataset } from '../../../kernel/open-data.ts';
import { legalDay } from '../../../kernel/time.ts';
import { packageVersions } from '../../catalogue/public.ts';
import { listMeasures } from '../store/measures.ts';
import type { BurdenContext } from './context.ts';

/** What the city's catalogue of open data says of the burden. It moves with versions, declared changes and each month's cases. */
export async function burdenDatasets(ctx: BurdenContext): Promise<readonly OpenDataset[]> {
  const { publicUrl } = ctx.settings;
  const seen = [...(await packageVersions(ctx)).values()].flat().map(({ since }) => since);
  if (seen.length === 0) return [];
  const declared = (await listMeasures(ctx.database.read)).map(({ declaredAt }) => declaredAt);
  const month = legalDay(ctx.clock()).with({ day: 1 }).toZonedDateTime('Europe/Berlin').toInstant();
  const at = `${publicUrl}/strategie/aufwand`;
  return [
    {
      url: at,
      title: 'Aufwand für Anträge nach dem Standardkosten-Modell',
      description: 'Zeit und Kosten je Antrag, vor und nach Änderungen, je Leistung und in Summe, mit allen Standardwerten.',
      keywords: ['Bürokratie', 'Erfüllungsaufwand', 'Verwaltung'],
      issued: seen.toSorted(Temporal.Instant.compare)[0]!,
      modified: [...seen, ...declared, month].toSorted(Temporal.Instant.compare).at(-1)!,
      distributions: [
        { url: `${at}.csv`, title: 'Alle Leistungen (CSV)', fileType: 'CSV' },
        { url: `${publicUrl}/api/burden`, title: 'Alle Leistungen mit Summe und Standardwerten (JSON)', fileType: 'JSON' },
      ],
    },
  ];
}
