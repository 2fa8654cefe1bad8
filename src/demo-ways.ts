import { collectionsFor, importFeatures, setCollection } from './modules/geodata/public.ts';
import { demoPopulation, demoWays, type DemoFeature } from './modules/processes/public.ts';
import type { Context } from './platform/context.ts';

const DEMO = { kind: 'system', job: 'demo' } as const;

/** The ways of the demo's quarter and who lives there, for models that walk and listen. @param rows of blocks */
export async function fillDemoWays(ctx: Context, rows: number): Promise<void> {
  const known = new Map((await collectionsFor(ctx, DEMO)).map(({ id, features }) => [id, features]));
  const fill = async (id: string, title: string, description: string, keywords: readonly string[], features: readonly DemoFeature[]): Promise<void> => {
    if ((known.get(id) ?? 0) >= features.length) return;
    const quality = 'Vom Programm erfunden: das Viertel gibt es nicht.';
    const about = { owner: 'Demo-Stadt', licence: 'https://creativecommons.org/publicdomain/zero/1.0/', demo: true, quality, keywords };
    await setCollection(ctx, DEMO, { id, title, description, about });
    async function* numbered() {
      for (const [index, value] of features.entries()) yield { row: index + 1, value };
    }
    await importFeatures(ctx, DEMO, { collection: id, source: `demo ${id} ${rows}`, format: 'demo', rows: numbered(), crs: () => 'CRS84' });
  };
  await fill(
    'wege',
    'Wege (Demo)',
    'Erfundene Straßen und Fußwege eines Viertels, mit Fahrzeugen am Tag.',
    ['Wege', 'Fußverkehr', 'Verkehr'],
    [...demoWays(rows)],
  );
  await fill('bevoelkerung', 'Bevölkerung (Demo)', 'Erfundene Wohnorte eines Viertels mit der Zahl der Menschen.', ['Bevölkerung'], [...demoPopulation(rows)]);
}
