import { ENTITIES } from '../domain/entities.ts';

const SPEC = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** What this service does of the standard: requirements are listed here when a test shows them. */
export const CONFORMANCE: readonly string[] = [
  'datamodel',
  'resource-path/resource-path-to-entities',
  'request-data',
  'create-update-delete',
  'batch-request/batch-request',
  'multi-datastream',
  'data-array/data-array',
].map((name) => `${SPEC}/${name}`);

const MQTT = ['create-observations-via-mqtt/observations-creation', 'receive-updates-via-mqtt/receive-updates'].map((name) => `${SPEC}/${name}`);

/**
 * The service's root: its sets, and what it conforms to (OGC 18-088, 9.2.1).
 * @param mqtt where MQTT runs, e.g. `mqtt://stadt.example:1883`; absent while it does not
 */
export const serviceRoot = (base: string, mqtt: string | undefined): object => ({
  value: Object.values(ENTITIES).map(({ set }) => ({ name: set, url: `${base}/${set}` })),
  serverSettings: {
    conformance: mqtt === undefined ? CONFORMANCE : [...CONFORMANCE, ...MQTT],
    ...(mqtt === undefined ? {} : Object.fromEntries(MQTT.map((name) => [name, { endpoints: [mqtt] }]))),
  },
});
