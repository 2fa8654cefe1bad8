import { z } from 'zod';
import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

const path = z
  .string()
  .max(200)
  .regex(/^(?:[^\s.]+(?:\.[^\s.]+)*)?$/, 'Ein Weg sind Namen oder Nummern mit Punkten dazwischen, etwa daten.0.wert.');
const everySeconds = z.number().int().min(10, 'Öfter als alle 10 Sekunden wird nicht gefragt.').max(86_400, 'Wenigstens einmal am Tag wird gefragt.');
const stream = z.number().int().positive();
const number = z.number().min(-1e12).max(1e12);
/** A secret is a name; its value stands in `KONTOR_CONNECTOR_<NAME>` of the environment and nowhere else. */
const secret = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,40}$/, 'Ein Geheimnis wird mit seinem Namen genannt, etwa PEGEL; sein Wert steht in der Umgebung als KONTOR_CONNECTOR_PEGEL.');

/** How a row becomes an observation: paths into the row, in CSV names of columns, over MQTT also `$topic.2`. */
const mapping = z
  .strictObject({
    /** All rows go to this datastream … */
    stream: stream.optional(),
    /** … or each to the one whose `properties.<property>` equals the value at `key`. */
    key: path.optional(),
    property: z.string().min(1).max(100).optional(),
    /** Absent: the moment the row came. */
    time: path.optional(),
    timeFormat: z.enum(['iso', 'local', 'seconds', 'milliseconds']).default('iso'),
    result: path,
    as: z.enum(['number', 'text']).default('number'),
    /** Conversion of units: result * factor + offset. */
    factor: number.default(1),
    offset: number.default(0),
  })
  .refine(({ stream: one, key, property }) => (one === undefined ? key !== undefined && property !== undefined : key === undefined && property === undefined), {
    error: 'Nennen Sie entweder stream (die Nummer des Datenstroms) oder key und property, die ihn finden.',
  });

const rest = z.strictObject({
  kind: z.literal('rest'),
  url: z.string().max(2000),
  everySeconds,
  format: z.enum(['json', 'csv']).default('json'),
  /** Where the list of rows is in the answer; empty: the answer itself. */
  rows: path.default(''),
  /** Header that carries the secret, with what stands before it. */
  header: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/)
    .default('Authorization'),
  prefix: z.string().max(20).default(''),
  secret: secret.optional(),
  mapping,
});

const mqtt = z.strictObject({
  kind: z.literal('mqtt'),
  url: z.string().max(2000),
  topic: z
    .string()
    .min(1)
    .max(500)
    .regex(/^[^\0]+$/),
  user: z.string().max(100).optional(),
  secret: secret.optional(),
  rows: path.default(''),
  mapping,
});

const sensorThings = z.strictObject({
  kind: z.literal('sensorthings'),
  /** Root of the service, such as `https://stadt.example/sta/v1.1`. */
  url: z.string().max(2000),
  everySeconds,
  secret: secret.optional(),
  /** So far back it looks again each time, for what arrives late. */
  lateMinutes: z.number().int().min(0).max(10_080).default(60),
  /** Where the first run begins; absent: a day ago. */
  since: z.iso.datetime().optional(),
  streams: z
    .array(z.strictObject({ from: z.union([z.number().int().nonnegative(), z.string().min(1).max(200)]), to: stream }))
    .min(1)
    .max(1000),
});

export const declarationSchema = z.discriminatedUnion('kind', [rest, mqtt, sensorThings], { error: 'kind ist rest, mqtt oder sensorthings.' });
export type Declaration = z.output<typeof declarationSchema>;
export type RestSource = Extract<Declaration, { kind: 'rest' }>;
export type MqttSource = Extract<Declaration, { kind: 'mqtt' }>;
export type SensorThingsSource = Extract<Declaration, { kind: 'sensorthings' }>;
export type Mapping = RestSource['mapping'];

/** Protocols in addresses of each kind. */
export const PROTOCOLS: Readonly<Record<Declaration['kind'], readonly string[]>> = {
  rest: ['https:', 'http:'],
  mqtt: ['mqtts:', 'mqtt:'],
  sensorthings: ['https:', 'http:'],
};

/** A declaration as somebody wrote it. @param input parsed JSON */
export function readDeclaration(input: unknown): Result<Declaration, Problem<'invalid-input'>> {
  const read = declarationSchema.safeParse(input);
  if (read.success) return ok(read.data);
  return refuse(
    invalidFields(
      read.error.issues
        .slice(0, 5)
        .map(({ path: at, message }) => ({ field: 'declaration', message: at.length === 0 ? message : `${at.join('.')}: ${message}` })),
    ),
  );
}

/** The datastreams that a declaration names by their numbers. */
export const namedStreams = (declaration: Declaration): readonly number[] =>
  declaration.kind === 'sensorthings' ? declaration.streams.map(({ to }) => to) : declaration.mapping.stream === undefined ? [] : [declaration.mapping.stream];

const LONGEST_PAUSE_SECONDS = 3600;

/** How long until the next try: as declared, and after failures twice as long each time, an hour at most. */
export function pauseSeconds(declaration: Declaration, failures: number): number {
  const every = declaration.kind === 'mqtt' ? 5 : declaration.everySeconds;
  return failures === 0 ? every : Math.max(every, Math.min(LONGEST_PAUSE_SECONDS, 10 * 2 ** Math.min(failures - 1, 20)));
}

export type ConnectorState = 'paused' | 'new' | 'well' | 'failing';

export function stateOf(one: { readonly paused: boolean; readonly failures: number; readonly lastSuccessAt: Temporal.Instant | null }): ConnectorState {
  if (one.paused) return 'paused';
  if (one.failures > 0) return 'failing';
  return one.lastSuccessAt === null ? 'new' : 'well';
}
