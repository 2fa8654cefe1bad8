import type { InputDescription, InputKind, Said } from './process.ts';

export const said = (de: string, en: string, leicht: string): Said => ({ de, en, leicht });

/** A number that may have several values at once. */
export const numberInput = (
  title: Said,
  description: Said,
  holds: Omit<Extract<InputKind, { kind: 'number' }>, 'kind'>,
  fallback: number | readonly number[],
): InputDescription => ({ title, description, holds: { kind: 'number', ...holds }, fallback, sweep: true });

const collection = (title: Said, description: Said, fallback: string): InputDescription => ({ title, description, holds: { kind: 'collection' }, fallback });

const features = (title: Said, description: Said, ...geometries: readonly string[]): InputDescription => ({
  title,
  description,
  holds: { kind: 'features', geometries },
});

export const AREA: InputDescription = {
  title: said('Gebiet', 'Area', 'Gebiet'),
  description: said('Das Gebiet, für das gerechnet wird, bis 25 km².', 'The area to calculate for, up to 25 km².', 'Für diesen Teil der Stadt rechnen wir.'),
  holds: { kind: 'area' },
  required: true,
};

const NONE = '„none“ lässt sie weg.';

export const BUILDINGS = collection(
  said('Gebäude der Stadt', 'Buildings of the city', 'Häuser der Stadt'),
  said(
    `Sammlung von Flächen mit der Höhe in Metern (heightMetres). ${NONE}`,
    'Collection of polygons with their height in metres (heightMetres). “none” leaves it out.',
    'Die Häuser, die es schon gibt.',
  ),
  'gebaeude',
);

export const TREES = collection(
  said('Bäume der Stadt', 'Trees of the city', 'Bäume der Stadt'),
  said(
    `Sammlung von Punkten mit dem Durchmesser der Krone in Metern (kronendurchmesser_m oder crownMetres). ${NONE}`,
    'Collection of points with the diameter of the crown in metres (kronendurchmesser_m or crownMetres). “none” leaves it out.',
    'Die Bäume, die es schon gibt.',
  ),
  'strassenbaeume',
);

export const WAYS = collection(
  said('Wege der Stadt', 'Ways of the city', 'Wege der Stadt'),
  said(
    `Sammlung von Linien, auf denen man gehen kann; Enden und Knicke innerhalb eines Meters hängen zusammen. ${NONE}`,
    'Collection of lines to walk along; ends and bends within a metre are connected. “none” leaves it out.',
    'Auf diesen Wegen kann man gehen.',
  ),
  'wege',
);

export const POPULATION = collection(
  said('Bevölkerung', 'Population', 'Menschen'),
  said(
    `Sammlung von Punkten oder Flächen mit der Zahl der Menschen (people); eine Fläche zählt an einer Stelle. ${NONE}`,
    'Collection of points or polygons with the number of people (people); a polygon counts at one spot. “none” leaves it out.',
    'So viele Menschen wohnen dort.',
  ),
  'bevoelkerung',
);

export const ADD_TREES = features(
  said('Neue Bäume', 'New trees', 'Neue Bäume'),
  said('Punkte; crownMetres und heightMetres sagen Krone und Höhe.', 'Points; crownMetres and heightMetres tell crown and height.', 'Diese Bäume kommen dazu.'),
  'Point',
);

const ids = (title: Said, description: Said): InputDescription => ({ title, description, holds: { kind: 'ids' } });

export const REMOVE_TREES = ids(
  said('Bäume, die wegfallen', 'Trees that go', 'Bäume, die weg kommen'),
  said('Kennungen aus der Sammlung der Bäume.', 'Ids of the collection of trees.', 'Diese Bäume gibt es dann nicht mehr.'),
);

export const ADD_BUILDINGS = features(
  said('Neue Gebäude', 'New buildings', 'Neue Häuser'),
  said('Flächen; heightMetres sagt die Höhe.', 'Polygons; heightMetres tells the height.', 'Diese Häuser kommen dazu.'),
  'Polygon',
  'MultiPolygon',
);

export const REMOVE_BUILDINGS = ids(
  said('Gebäude, die wegfallen', 'Buildings that go', 'Häuser, die weg kommen'),
  said('Kennungen aus der Sammlung der Gebäude.', 'Ids of the collection of buildings.', 'Diese Häuser gibt es dann nicht mehr.'),
);

export const CLOSED = features(
  said('Gesperrte Wege', 'Closed ways', 'Gesperrte Wege'),
  said(
    'Linien entlang gesperrter Wege, Flächen, in denen alles gesperrt ist, oder Punkte auf gesperrten Stücken.',
    'Lines along closed ways, polygons in which all is closed, or points on closed pieces.',
    'Diese Wege sind zu.',
  ),
  ...['LineString', 'MultiLineString', 'Polygon', 'MultiPolygon', 'Point'],
);

export const CLOSED_IDS = ids(
  said('Gesperrte Wege der Sammlung', 'Closed ways of the collection', 'Gesperrte Wege aus der Liste'),
  said('Kennungen aus der Sammlung der Wege.', 'Ids of the collection of ways.', 'Diese Wege sind zu.'),
);

export const ADD_LINES = (title: Said, description: Said): InputDescription => features(title, description, 'LineString', 'MultiLineString');

export const DESTINATIONS = features(
  said('Ziele', 'Destinations', 'Ziele'),
  said('Punkte, zu denen die Menschen gehen.', 'Points that people walk to.', 'Dort wollen die Menschen hin.'),
  ...['Point', 'Polygon', 'MultiPolygon'],
);

export const DESTINATIONS_FROM = collection(
  said('Ziele aus einer Sammlung', 'Destinations of a collection', 'Ziele aus einer Liste'),
  said('Sammlung, deren Objekte Ziele sind. „none“: keine.', 'Collection whose features are destinations. “none”: none.', 'Eine Liste von Zielen.'),
  'none',
);

export const CROWN = numberInput(
  said('Krone, wenn unbekannt', 'Crown where unknown', 'Größe der Baum-Krone'),
  said(
    'Durchmesser in Metern für Bäume, deren Krone niemand gemessen hat. 6 m ist eine Annahme, Stand 1. November 2026.',
    'Diameter in metres for trees whose crown nobody has measured. 6 m is an assumption as of 1 November 2026.',
    'Wenn niemand die Krone gemessen hat: so breit ist sie.',
  ),
  { minimum: 0.5, maximum: 30, unit: 'm' },
  6,
);
