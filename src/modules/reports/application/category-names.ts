import type { Category } from '../../../kernel/report.ts';

/** As the picture and the log call it: German, short. */
export const CATEGORY_SIGNS: Readonly<Record<Category, string>> = {
  'person-in-water': 'Person im Wasser',
  'missing-person': 'Vermisste Person',
  injured: 'Verletzte Person',
  'flooded-street': 'Überflutung',
  'dyke-damage': 'Deichschaden',
  gate: 'Fluttor',
  'water-level': 'Wasserstand',
  'blocked-road': 'Straße blockiert',
  'power-cut': 'Stromausfall',
  'drifting-ship': 'Treibendes Schiff',
  fire: 'Feuer',
  other: 'Meldung',
};
