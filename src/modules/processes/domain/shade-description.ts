import { ADD_BUILDINGS, ADD_TREES, AREA, BUILDINGS, CROWN, numberInput, REMOVE_BUILDINGS, REMOVE_TREES, said, TREES } from './plan-inputs.ts';
import type { ProcessDescription } from './process.ts';

export const SHADE: ProcessDescription = {
  id: 'shade',
  version: '1.0.1',
  title: said('Schatten im Sommer', 'Shade in summer', 'Schatten im Sommer'),
  description: said(
    'Welcher Teil des freien Bodens liegt zu einer Stunde im Schatten von Gebäuden und Bäumen?',
    'Which share of the open ground lies in the shade of buildings and trees at an hour?',
    'Wo ist Schatten? Häuser und Bäume machen Schatten.',
  ),
  keywords: ['Schatten', 'Hitze', 'Sonne'],
  inputs: {
    area: AREA,
    date: {
      title: said('Tag', 'Day', 'Tag'),
      description: said('Der Tag, dessen Sonne scheint.', 'The day whose sun shines.', 'An diesem Tag scheint die Sonne.'),
      holds: { kind: 'day' },
      fallback: '2026-06-21',
    },
    hour: numberInput(
      said('Stunde', 'Hour', 'Stunde'),
      said('Volle Stunde nach der Uhr der Stadt.', 'Full hour by the clock of the city.', 'Um diese Uhrzeit.'),
      { minimum: 0, maximum: 23, unit: 'Uhr', whole: true },
      [10, 12, 14, 16],
    ),
    buildings: BUILDINGS,
    trees: TREES,
    addBuildings: ADD_BUILDINGS,
    removeBuildings: REMOVE_BUILDINGS,
    addTrees: ADD_TREES,
    removeTrees: REMOVE_TREES,
    crown: CROWN,
    treeHeight: numberInput(
      said('Höhe der Bäume, wenn unbekannt', 'Height of trees where unknown', 'Höhe der Bäume'),
      said(
        'In Metern. 10 m ist eine Annahme, Stand 1. November 2026.',
        'In metres. 10 m is an assumption as of 1 November 2026.',
        'Wenn niemand den Baum gemessen hat: so hoch ist er.',
      ),
      { minimum: 1, maximum: 60, unit: 'm' },
      10,
    ),
  },
  numbers: {
    shadedShare: { title: said('Anteil im Schatten', 'Share in shade', 'So viel ist im Schatten'), unit: '%' },
    shadedArea: { title: said('Boden im Schatten', 'Ground in shade', 'Boden im Schatten'), unit: 'm²' },
    openArea: { title: said('Freier Boden', 'Open ground', 'Boden ohne Häuser'), unit: 'm²' },
    sunElevation: { title: said('Höhe der Sonne', 'Elevation of the sun', 'So hoch steht die Sonne'), unit: '°' },
    buildings: { title: said('Gebäude im Umkreis', 'Buildings around', 'Häuser'), unit: '' },
    trees: { title: said('Bäume im Umkreis', 'Trees around', 'Bäume'), unit: '' },
  },
  layers: { shade: { title: said('Schatten', 'Shade', 'Schatten') } },
  sources: ['Astronomical Almanac, low precision formulas for the Sun’s coordinates (Sonnenstand)', 'Schatten senkrechter Körper auf ebenem Boden (Geometrie)'],
  uncertainty: said(
    'Der Boden gilt als eben, Gebäude als Klötze mit flachem Dach, Kronen als dichte Trommeln ab 30 % der Baumhöhe. Gebäude ohne Höhe werfen keinen Schatten. Gebäude und Bäume weit außerhalb des Gebiets und Schatten länger als 500 m zählen nicht. Dächer, Hang und Wolken fehlen. Bei hoher Sonne ist der Anteil meist auf wenige Prozentpunkte genau, bei tiefer Sonne nicht.',
    'The ground is taken as level, buildings as blocks with flat roofs, crowns as dense drums from 30 % of the tree’s height. Buildings without a height cast no shadow. Buildings and trees far outside the area and shadows beyond 500 m do not count. Roofs, slopes and clouds are missing. With a high sun the share is mostly right to a few percentage points, with a low sun it is not.',
    'Das ist eine Schätzung. Echte Häuser und Bäume haben andere Formen. Wolken rechnen wir nicht mit.',
  ),
};
