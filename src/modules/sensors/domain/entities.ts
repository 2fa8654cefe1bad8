/** The entity model of SensorThings API 1.1 (OGC 18-088, req/datamodel and req/multi-datastream) as data. */
export type EntityName =
  | 'Thing'
  | 'Location'
  | 'HistoricalLocation'
  | 'Datastream'
  | 'MultiDatastream'
  | 'Sensor'
  | 'ObservedProperty'
  | 'Observation'
  | 'FeatureOfInterest';

/** `interval` is a time or a period; `json` may hold any value and has paths of its own. */
export type Kind = 'boolean' | 'number' | 'string' | 'time' | 'interval' | 'date' | 'timeOfDay' | 'duration' | 'geometry' | 'json' | 'null' | 'relation';

interface Navigation {
  readonly target: EntityName;
  readonly many: boolean;
}

interface Entity {
  readonly set: string;
  readonly properties: Readonly<Record<string, Kind>>;
  readonly navigation: Readonly<Record<string, Navigation>>;
}

const one = (target: EntityName): Navigation => ({ target, many: false });
const many = (target: EntityName): Navigation => ({ target, many: true });

const DESCRIBED = { id: 'number', '@iot.id': 'number', name: 'string', description: 'string', properties: 'json' } as const;
const STREAM = { ...DESCRIBED, observationType: 'string', observedArea: 'geometry', phenomenonTime: 'interval', resultTime: 'interval' } as const;

export const ENTITIES: Readonly<Record<EntityName, Entity>> = {
  Thing: {
    set: 'Things',
    properties: DESCRIBED,
    navigation: {
      Locations: many('Location'),
      HistoricalLocations: many('HistoricalLocation'),
      Datastreams: many('Datastream'),
      MultiDatastreams: many('MultiDatastream'),
    },
  },
  Location: {
    set: 'Locations',
    properties: { ...DESCRIBED, encodingType: 'string', location: 'geometry' },
    navigation: { Things: many('Thing'), HistoricalLocations: many('HistoricalLocation') },
  },
  HistoricalLocation: {
    set: 'HistoricalLocations',
    properties: { id: 'number', '@iot.id': 'number', time: 'time' },
    navigation: { Thing: one('Thing'), Locations: many('Location') },
  },
  Datastream: {
    set: 'Datastreams',
    properties: { ...STREAM, unitOfMeasurement: 'json' },
    navigation: { Thing: one('Thing'), Sensor: one('Sensor'), ObservedProperty: one('ObservedProperty'), Observations: many('Observation') },
  },
  MultiDatastream: {
    set: 'MultiDatastreams',
    properties: { ...STREAM, unitOfMeasurements: 'json', multiObservationDataTypes: 'json' },
    navigation: { Thing: one('Thing'), Sensor: one('Sensor'), ObservedProperties: many('ObservedProperty'), Observations: many('Observation') },
  },
  Sensor: {
    set: 'Sensors',
    properties: { ...DESCRIBED, encodingType: 'string', metadata: 'json' },
    navigation: { Datastreams: many('Datastream'), MultiDatastreams: many('MultiDatastream') },
  },
  ObservedProperty: {
    set: 'ObservedProperties',
    properties: { ...DESCRIBED, definition: 'string' },
    navigation: { Datastreams: many('Datastream'), MultiDatastreams: many('MultiDatastream') },
  },
  Observation: {
    set: 'Observations',
    properties: {
      id: 'number',
      '@iot.id': 'number',
      phenomenonTime: 'interval',
      resultTime: 'time',
      validTime: 'interval',
      result: 'json',
      resultQuality: 'json',
      parameters: 'json',
    },
    navigation: { Datastream: one('Datastream'), MultiDatastream: one('MultiDatastream'), FeatureOfInterest: one('FeatureOfInterest') },
  },
  FeatureOfInterest: {
    set: 'FeaturesOfInterest',
    properties: { ...DESCRIBED, encodingType: 'string', feature: 'geometry' },
    navigation: { Observations: many('Observation') },
  },
};

export const entityOfSet = (set: string): EntityName | undefined => (Object.keys(ENTITIES) as EntityName[]).find((name) => ENTITIES[name].set === set);

export function navigationOf(entity: EntityName, name: string): Navigation | undefined {
  const { navigation } = ENTITIES[entity];
  return Object.hasOwn(navigation, name) ? navigation[name] : undefined;
}

export function propertyOf(entity: EntityName, name: string): Kind | undefined {
  const { properties } = ENTITIES[entity];
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The relation of `from` that leads to `to`, e.g. of Datastream to Thing `Thing`; no two entities have more than one. */
export const relationTo = (from: EntityName, to: EntityName): string | undefined =>
  Object.entries(ENTITIES[from].navigation).find(([, { target }]) => target === to)?.[0];
