import type { OpenDataset } from '../../../kernel/open-data.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { publishedConsultations } from './consultations.ts';
import type { GuidesContext } from './context.ts';

/** Told each time ten came together: the newest is the last change. */
export const COUNTED = 'guides.consultations';

/** What the city's catalogue of open data says of consultations, once ten are counted. @param changed when the last ten came together */
export async function consultationDatasets(ctx: GuidesContext, changed: Temporal.Instant | undefined): Promise<readonly OpenDataset[]> {
  const { publicUrl } = ctx.settings;
  const first = (await publishedConsultations(ctx)).at(-1);
  if (first === undefined || changed === undefined) return [];
  const at = `${publicUrl}/transparenz/beratungen`;
  return [
    {
      url: at,
      title: 'Beratungen der Digitallotsen',
      description: 'Wie oft Digitallotsen geholfen haben: je Monat in vollen Zehnern, nach Ort, Anlass, Dauer oder Sprache, nie nach zweien zugleich.',
      keywords: ['Digitallotse', 'Beratung', 'Teilhabe'],
      issued: first.month.toZonedDateTime(CITY_ZONE).toInstant(),
      modified: changed,
      distributions: [
        { url: `${at}.csv`, title: 'Beratungen (CSV)', fileType: 'CSV' },
        { url: `${publicUrl}/api/guides/consultations`, title: 'Beratungen (JSON)', fileType: 'JSON' },
      ],
    },
  ];
}
