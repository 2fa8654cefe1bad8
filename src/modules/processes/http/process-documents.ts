import type { Lang } from '../../../platform/ui/html.ts';
import type { InputDescription, InputKind, Job, ProcessDescription } from '../domain/process.ts';
import { JOBS, PROCESSES, type Link } from './answers.ts';

/** Conformance classes of OGC API Processes 1.0 that are really there. */
export const PROCESS_CONFORMANCE: readonly string[] = ['core', 'ogc-process-description', 'json', 'html', 'job-list', 'dismiss'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/${name}`,
);

const REL = 'http://www.opengis.net/def/rel/ogc/1.0';

/** What the landing page of the city's data links to. */
export const processLinks = (base: string): readonly Link[] => [
  { rel: `${REL}/processes`, href: `${base}${PROCESSES}`, type: 'application/json', title: 'Modelle' },
  { rel: `${REL}/job-list`, href: `${base}${JOBS}`, type: 'application/json', title: 'Rechnungen' },
];

/** A process in the list. */
export function summary({ id, version, title, description, keywords }: ProcessDescription, base: string, lang: Lang): object {
  const at = `${base}${PROCESSES}/${id}`;
  return {
    ...{ id, version, title: title[lang], description: description[lang], keywords },
    jobControlOptions: ['sync-execute', 'async-execute', 'dismiss'],
    outputTransmission: ['value'],
    links: [
      { rel: 'self', href: at, type: 'application/json', title: title[lang] },
      { rel: 'alternate', href: `${at}?f=html`, type: 'text/html' },
      { rel: `${REL}/execute`, href: `${at}/execution`, type: 'application/json' },
    ],
  };
}

const GEOJSON = 'https://geojson.org/schema';

function schemaOf(holds: InputKind): object {
  switch (holds.kind) {
    case 'number':
      return { type: holds.whole === true ? 'integer' : 'number', minimum: holds.minimum, maximum: holds.maximum, 'x-unit': holds.unit };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'collection':
      return { type: 'string', pattern: '^[a-z][a-z0-9_-]{0,62}$', 'x-ogc-collection': true };
    case 'ids':
      return { type: 'array', items: { type: 'string' } };
    case 'area':
      return {
        oneOf: ['Polygon', 'MultiPolygon', 'Feature', 'FeatureCollection'].map((name) => ({
          type: 'object',
          format: 'geojson-geometry',
          $ref: `${GEOJSON}/${name}.json`,
        })),
      };
    case 'features':
      return { type: 'object', contentMediaType: 'application/geo+json', $ref: `${GEOJSON}/FeatureCollection.json`, 'x-geometries': holds.geometries };
  }
}

const input = ({ title, description, holds, required, fallback, sweep }: InputDescription, lang: Lang): object => ({
  title: title[lang],
  description: description[lang],
  minOccurs: required === true ? 1 : 0,
  // several values of a number are an ensemble
  maxOccurs: sweep === true ? 24 : 1,
  schema: { ...schemaOf(holds), ...(fallback === undefined ? {} : { default: fallback }) },
});

/** Outputs besides the maps; what is in them is told by `numbers`. */
const OUTPUTS = {
  numbers: { title: 'Zahlen mit Einheit; bei mehreren Kombinationen Median, kleinster und größter Wert', schema: { type: 'object' } },
  members: { title: 'Jede Kombination mit ihren Zahlen', schema: { type: 'array', items: { type: 'object' } } },
  table: { title: 'Jede Kombination als Tabelle', schema: { type: 'string', contentMediaType: 'text/csv' } },
  provenance: { title: 'Modell, Fassung, Eingaben, Daten und Unsicherheit', schema: { type: 'object' } },
} as const;

export const outputNames = ({ layers }: ProcessDescription): readonly string[] => [...Object.keys(OUTPUTS), ...Object.keys(layers)];

/** A process with all it takes and gives (OGC process description). */
export function described(description: ProcessDescription, base: string, lang: Lang): object {
  const { inputs, numbers, layers, sources, uncertainty } = description;
  return {
    ...summary(description, base, lang),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, input(one, lang)])),
    outputs: {
      ...OUTPUTS,
      ...Object.fromEntries(
        Object.entries(layers).map(([name, { title }]) => [
          name,
          { title: title[lang], schema: { type: 'object', contentMediaType: 'application/geo+json', $ref: `${GEOJSON}/FeatureCollection.json` } },
        ]),
      ),
    },
    metadata: [
      ...sources.map((title) => ({ role: 'source', title })),
      { role: 'uncertainty', title: uncertainty[lang] },
      ...Object.entries(numbers).map(([name, { title, unit }]) => ({ role: 'number', title: `${name}: ${title[lang]}${unit === '' ? '' : ` [${unit}]`}` })),
    ],
  };
}

const second = (at: Temporal.Instant | null): string | undefined => at?.toString({ smallestUnit: 'second' });

/** The state of a job (statusInfo). */
export function statusInfo(job: Job, base: string): object {
  const { id, processId, status, message, progress } = job;
  const at = `${base}${JOBS}/${id}`;
  const links: Link[] = [
    { rel: 'self', href: at, type: 'application/json' },
    { rel: 'alternate', href: `${at}?f=html`, type: 'text/html' },
    { rel: 'up', href: `${base}${JOBS}`, type: 'application/json' },
    ...(status === 'successful' ? [{ rel: `${REL}/results`, href: `${at}/results`, type: 'application/json' }] : []),
  ];
  return {
    ...{ processID: processId, type: 'process', jobID: id, status, message, progress },
    created: second(job.createdAt),
    started: second(job.startedAt),
    updated: second(job.updatedAt),
    finished: second(job.finishedAt),
    links,
  };
}
