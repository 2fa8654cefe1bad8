import { ADD_LINES, AREA, CLOSED, CLOSED_IDS, DESTINATIONS, DESTINATIONS_FROM, numberInput, POPULATION, said, WAYS } from './plan-inputs.ts';
import type { ProcessDescription } from './process.ts';

export const WALK: ProcessDescription = {
  id: 'walk',
  version: '1.0.0',
  title: said('Zu Fuß in zehn Minuten', 'Within ten minutes’ walk', 'Zu Fuß in 10 Minuten'),
  description: said(
    'Wie viele Menschen erreichen zu Fuß in der Zeit das nächste Ziel?',
    'How many people reach the nearest destination on foot in time?',
    'Wie viele Menschen können zu Fuß zum Ziel gehen?',
  ),
  keywords: ['Erreichbarkeit', 'Fußverkehr', 'Wege'],
  inputs: {
    area: AREA,
    destinations: DESTINATIONS,
    destinationsFrom: DESTINATIONS_FROM,
    ways: WAYS,
    addWays: ADD_LINES(
      said('Neue Wege', 'New ways', 'Neue Wege'),
      said('Linien, die an bestehende Wege anschließen.', 'Lines that join ways that are there.', 'Diese Wege kommen dazu.'),
    ),
    closed: CLOSED,
    closedIds: CLOSED_IDS,
    population: POPULATION,
    minutes: numberInput(
      said('Zeit', 'Time', 'Zeit'),
      said('So lange gehen die Menschen höchstens, in Minuten.', 'So long people walk at most, in minutes.', 'So lange gehen die Menschen. In Minuten.'),
      { minimum: 1, maximum: 60, unit: 'min' },
      10,
    ),
    speed: numberInput(
      said('Tempo', 'Speed', 'Tempo'),
      said(
        'Gehgeschwindigkeit in km/h. 4,8 km/h ist eine Annahme für gesunde Erwachsene, Stand 1. November 2026; 3 km/h eher für Ältere und Kinder.',
        'Walking speed in km/h. 4.8 km/h is an assumption for healthy adults as of 1 November 2026; 3 km/h rather for the old and children.',
        'So schnell gehen die Menschen. Manche Menschen gehen langsamer.',
      ),
      { minimum: 1, maximum: 8, unit: 'km/h' },
      4.8,
    ),
  },
  numbers: {
    people: { title: said('Menschen, die es schaffen', 'People in time', 'So viele Menschen schaffen es'), unit: '' },
    peopleTotal: { title: said('Menschen im Gebiet', 'People in the area', 'Menschen im Gebiet'), unit: '' },
    peopleShare: { title: said('Anteil', 'Share', 'Anteil'), unit: '%' },
    meanMinutes: { title: said('Mittlerer Weg derer, die es schaffen', 'Mean walk of those in time', 'So lange gehen sie im Schnitt'), unit: 'min' },
    waysMetres: { title: said('Wege in Reichweite', 'Ways within reach', 'Länge der Wege'), unit: 'm' },
    destinations: { title: said('Ziele', 'Destinations', 'Ziele'), unit: '' },
    unreachable: { title: said('Wohnorte außer Reichweite', 'Homes out of reach', 'Orte, die zu weit weg sind'), unit: '' },
  },
  layers: {
    ways: { title: said('Wege in Reichweite', 'Ways within reach', 'Wege') },
    people: { title: said('Wohnorte', 'Homes', 'Hier wohnen Menschen') },
  },
  sources: ['Dijkstra, A note on two problems in connexion with graphs, 1959 (kürzeste Wege)'],
  uncertainty: said(
    'Alle gehen gleich schnell. Ampeln, Steigung, Treppen und Wege, die in der Sammlung fehlen, zählen nicht. Wohnorte stehen an einer Stelle für viele Türen; am Rand der Reichweite kann das Ergebnis um eine Minute Weg danebenliegen.',
    'All walk at one speed. Traffic lights, slopes, stairs and ways that the collection lacks do not count. Homes stand at one spot for many doors; at the edge of reach the result may be wrong by a minute’s walk.',
    'Das ist eine Schätzung. Ampeln und Treppen rechnen wir nicht mit.',
  ),
};
