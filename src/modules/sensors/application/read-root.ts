import { ENTITIES } from '../domain/entities.ts';

const SPEC = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** What this service does of the standard: requirements are listed here when a test shows them. */
export const CONFORMANCE: readonly string[] = [
  'datamodel',
  'resource-path/resource-path-to-entities',
  'request-data',
  'create-update-delete',
  'multi-datastream',
  'data-array/data-array',
].map((name) => `${SPEC}/${name}`);

/** The service's root: its sets, and what it conforms to (OGC 18-088, 9.2.1). */
export const serviceRoot = (base: string): object => ({
  value: Object.values(ENTITIES).map(({ set }) => ({ name: set, url: `${base}/${set}` })),
  serverSettings: { conformance: CONFORMANCE },
});
