import { ADD_LINES, AREA, BUILDINGS, CLOSED, CLOSED_IDS, numberInput, POPULATION, said, WAYS } from './plan-inputs.ts';
import type { NumberDescription, ProcessDescription } from './process.ts';

const LIMITS_SHOWN = [55, 60, 65] as const;

const perLimit = (name: string, unit: string, de: string, en: string, leicht: string): readonly (readonly [string, NumberDescription])[] =>
  LIMITS_SHOWN.map((limit) => [
    `${name}${limit}`,
    { title: said(`${de} ab ${limit} dB(A)`, `${en} from ${limit} dB(A)`, `${leicht} ab ${limit} Dezibel`), unit },
  ]);

export const NOISE: ProcessDescription = {
  id: 'noise',
  version: '1.0.0',
  title: said('Abstand zum Straßenlärm', 'Distance from road noise', 'Lärm von Straßen'),
  description: said(
    'Grobe Schätzung, wo Straßen am Tag lauter sind als 55, 60 und 65 dB(A). Keine Berechnung im Sinne der 16. BImSchV.',
    'Rough estimate where roads are louder than 55, 60 and 65 dB(A) by day. Not a calculation in the sense of the law (16. BImSchV).',
    'Wo ist es laut von Autos? Das ist nur eine grobe Schätzung.',
  ),
  keywords: ['Lärm', 'Verkehr', 'Straße'],
  inputs: {
    area: AREA,
    roads: {
      ...WAYS,
      title: said('Straßen der Stadt', 'Roads of the city', 'Straßen der Stadt'),
      description: said(
        'Sammlung von Linien; Straßen sagen mit dtv, wie viele Fahrzeuge am Tag fahren, und mit speedKmh, wie schnell. „none“ lässt sie weg.',
        'Collection of lines; roads tell with dtv how many vehicles use them in a day, and with speedKmh how fast. “none” leaves it out.',
        'Auf diesen Straßen fahren Autos.',
      ),
    },
    addRoads: ADD_LINES(
      said('Neue Straßen', 'New roads', 'Neue Straßen'),
      said('Linien mit dtv und speedKmh.', 'Lines with dtv and speedKmh.', 'Diese Straßen kommen dazu.'),
    ),
    closed: CLOSED,
    closedIds: CLOSED_IDS,
    population: POPULATION,
    buildings: BUILDINGS,
    traffic: numberInput(
      said('Verkehr', 'Traffic', 'Verkehr'),
      said('Prozent der gezählten Fahrzeuge.', 'Per cent of the vehicles counted.', 'So viele Autos fahren. 100 heißt: so wie heute.'),
      { minimum: 1, maximum: 300, unit: '%' },
      100,
    ),
    speed: numberInput(
      said('Geschwindigkeit, wenn unbekannt', 'Speed where unknown', 'So schnell fahren die Autos'),
      said('In km/h, für Straßen ohne eigene Angabe.', 'In km/h, for roads that tell none.', 'Wenn wir es nicht wissen.'),
      { minimum: 30, maximum: 130, unit: 'km/h' },
      50,
    ),
  },
  numbers: Object.fromEntries([
    ...perLimit('area', 'm²', 'Fläche', 'Area', 'Fläche'),
    ...perLimit('people', '', 'Menschen', 'People', 'Menschen'),
    ...perLimit('buildings', '', 'Gebäude mit einer Fassade', 'Buildings with a façade', 'Häuser'),
    ['people', { title: said('Menschen im Gebiet', 'People in the area', 'Menschen im Gebiet'), unit: '' }],
    ['buildings', { title: said('Gebäude im Gebiet', 'Buildings in the area', 'Häuser im Gebiet'), unit: '' }],
    ['roads', { title: said('Straßen mit Verkehrszahl', 'Roads with a count', 'Straßen'), unit: '' }],
  ]),
  layers: { noise: { title: said('Lärm von Straßen am Tag', 'Road noise by day', 'Lärm von Straßen') } },
  sources: ['RLS-19, Richtlinien für den Lärmschutz an Straßen, Ausgabe 2019: Gleichungen 3 und 4, Tabellen 2 und 3, Dämpfung durch Luft und Boden'],
  uncertainty: said(
    'Eine Schätzung zum Vergleichen, keine Berechnung nach 16. BImSchV oder RLS-19. Gebäude und Wände schirmen hier nicht ab: hinter der ersten Reihe ist es in Wahrheit oft 5 bis 15 dB leiser. Spiegelungen, Belag, Steigung und Kreuzungen fehlen: an engen Straßen kann es bis etwa 3 dB lauter sein. Straßen ohne Verkehrszahl und weiter als 400 m zählen nicht.',
    'An estimate for comparing, not a calculation by law (16. BImSchV, RLS-19). Buildings and walls do not screen here: behind the first row it is often 5 to 15 dB quieter in truth. Reflections, surface, gradient and crossings are missing: in narrow streets it may be up to about 3 dB louder. Roads without a count and beyond 400 m do not count.',
    'Das ist nur eine grobe Schätzung. Häuser halten Lärm ab. Das rechnen wir hier nicht mit.',
  ),
};
