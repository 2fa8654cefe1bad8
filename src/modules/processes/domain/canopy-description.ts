import { ADD_TREES, AREA, CROWN, numberInput, REMOVE_TREES, said, TREES } from './plan-inputs.ts';
import type { ProcessDescription } from './process.ts';

export const CANOPY: ProcessDescription = {
  id: 'canopy',
  version: '1.0.0',
  title: said('Baumkronen', 'Tree canopy', 'Baum-Kronen'),
  description: said(
    'Wie viel Boden liegt unter Baumkronen, heute und nach einigen Jahren?',
    'How much ground lies under tree crowns, today and after some years?',
    'Wie viel Boden ist unter Bäumen?',
  ),
  keywords: ['Bäume', 'Grün', 'Klima'],
  inputs: {
    area: AREA,
    trees: TREES,
    addTrees: ADD_TREES,
    removeTrees: REMOVE_TREES,
    crown: CROWN,
    years: numberInput(
      said('Jahre', 'Years', 'Jahre'),
      said('So viele Jahre wachsen alle Bäume.', 'All trees grow for so many years.', 'So lange wachsen die Bäume.'),
      { minimum: 0, maximum: 60, unit: 'a' },
      0,
    ),
    growth: numberInput(
      said('Wachstum der Krone', 'Growth of the crown', 'So schnell wächst die Krone'),
      said(
        'Zuwachs des Durchmessers in Metern im Jahr. 0,15 m ist eine Annahme, Stand 1. November 2026.',
        'Growth of the diameter in metres a year. 0.15 m is an assumption as of 1 November 2026.',
        'So viel breiter wird die Krone in einem Jahr.',
      ),
      { minimum: 0, maximum: 1, unit: 'm/a' },
      0.15,
    ),
  },
  numbers: {
    coverShare: { title: said('Anteil unter Kronen', 'Share under crowns', 'So viel ist unter Bäumen'), unit: '%' },
    canopyArea: { title: said('Fläche unter Kronen', 'Area under crowns', 'Fläche unter Bäumen'), unit: 'm²' },
    area: { title: said('Gebiet', 'Area', 'Gebiet'), unit: 'm²' },
    trees: { title: said('Bäume im Gebiet', 'Trees in the area', 'Bäume im Gebiet'), unit: '' },
    unknownCrowns: { title: said('davon ohne gemessene Krone', 'of these without a measured crown', 'Bäume, die niemand gemessen hat'), unit: '' },
  },
  layers: { canopy: { title: said('Baumkronen', 'Tree crowns', 'Baum-Kronen') } },
  sources: ['Vereinigung von Kreisflächen, ausgezählt auf einem Raster', 'Wachstum: d(t) = max(d0, min(25 m, d0 + g·t)), Annahme'],
  uncertainty: said(
    'Kronen gelten als Kreise. Bäume, die in der Sammlung fehlen, etwa auf privatem Grund, fehlen auch hier. Das Wachstum ist eine gerade Linie für alle Arten; einzelne Bäume weichen weit davon ab, und keiner stirbt.',
    'Crowns are taken as circles. Trees that the collection lacks, as on private ground, are missing here, too. Growth is a straight line for all species; single trees differ widely, and none dies.',
    'Das ist eine Schätzung. Manche Bäume kennen wir nicht. Manche Bäume wachsen schneller oder langsamer.',
  ),
};
