import { collectionsFor, importFeatures, setCollection } from './modules/geodata/public.ts';
import { allGrids, COLLECTIONS, demoFacilities, demoTerrain, keepGrid } from './modules/flood/public.ts';
import type { Context } from './platform/context.ts';

const DEMO = { kind: 'system', job: 'demo' } as const;
const CELLS = { small: 64, full: 512 } as const;

/** The made-up ground of a demo and the facilities on it, once. */
export async function fillDemoFlood(ctx: Context, size: keyof typeof CELLS): Promise<void> {
  await fillFacilities(ctx);
  if ((await allGrids(ctx)).some(({ demo }) => demo)) return;
  const about = { name: 'Demo: Insel, Hafen und Marsch', source: 'Vom Programm erfunden: dieses Gelände gibt es nicht.', demo: true };
  await keepGrid(ctx, DEMO, demoTerrain(CELLS[size]), about, { belowMetres: 0 });
}

async function fillFacilities(ctx: Context): Promise<void> {
  const id = COLLECTIONS.facility;
  const facilities = demoFacilities();
  if ((await collectionsFor(ctx, DEMO)).some((one) => one.id === id && one.features >= facilities.length)) return;
  await setCollection(ctx, DEMO, {
    id,
    title: 'Einrichtungen (Demo)',
    description: 'Erfundene Schulen, Heime und Werke, für Modelle der Flut.',
    about: {
      owner: 'Demo-Stadt',
      licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
      demo: true,
      quality: 'Vom Programm erfunden: keine davon gibt es.',
      keywords: ['Einrichtungen', 'Katastrophenschutz'],
    },
  });
  async function* rows() {
    for (const [index, value] of facilities.entries()) yield { row: index + 1, value };
  }
  await importFeatures(ctx, DEMO, { collection: id, source: 'demo einrichtungen', format: 'demo', rows: rows(), crs: () => 'CRS84' });
}
