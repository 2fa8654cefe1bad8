import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { INPUT_FIELDS, misfit } from '../domain/input-fields.ts';
import type { Json, NewObservation } from '../domain/observation.ts';
import { toObservation } from '../domain/read-observation.ts';
import { findFeatures, findStreams, type StreamRow } from '../store/write-links.ts';
import { keepObservations } from './keep-observations.ts';

/** One row each, in the order given: its number, or that it was wrong. */
export type RowResult = number | 'error';

interface Group {
  readonly streamId: number | undefined;
  readonly components: readonly string[];
  readonly rows: readonly unknown[];
}

const MOST_ROWS = 200_000;

/**
 * Keeps rows of many streams at once (OGC 18-088, 12.2: req/data-array). A wrong row answers "error" in its
 * place and spoils no other.
 */
export async function createObservations(ctx: Pick<Context, 'database' | 'clock'>, body: unknown): Promise<Result<readonly RowResult[], Problem>> {
  const groups = readGroups(body);
  if (!groups.ok) return groups;
  const rows = groups.value.reduce((sum, group) => sum + group.rows.length, 0);
  if (rows > MOST_ROWS)
    return refuse({ kind: 'too-large', detail: `Auf einmal gehen höchstens ${MOST_ROWS.toLocaleString('de-DE')} Zeilen. Teilen Sie die Anfrage.` });
  const streams = await findStreams(
    ctx.database.read,
    groups.value.flatMap(({ streamId }) => streamId ?? []),
  );
  const features = await findFeatures(ctx.database.read, [...new Set(groups.value.flatMap(featuresOf))]);
  const read = groups.value.flatMap((group) => {
    const stream = group.streamId === undefined ? undefined : streams.get(group.streamId);
    return group.rows.map((row) => readRow(group.components, row, stream, features, ctx.clock()));
  });
  const good = read.filter((one): one is NewObservation => one !== undefined);
  const kept = await keepObservations(ctx, good);
  let next = 0;
  return ok(read.map((one): RowResult => (one === undefined ? 'error' : kept[next++]!.id)));
}

function readGroups(body: unknown): Result<readonly Group[], Problem<'invalid-input'>> {
  if (!Array.isArray(body)) return refuse(invalidField('body', 'Senden Sie eine Liste, je Datastream einen Eintrag mit components und dataArray.'));
  const groups: Group[] = [];
  for (const [index, entry] of (body as readonly unknown[]).entries()) {
    const { components, dataArray, ...rest } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const names = Array.isArray(components) && components.every((name) => typeof name === 'string') ? (components as readonly string[]) : undefined;
    const known = names?.every((name) => name === 'FeatureOfInterest/id' || Object.hasOwn(INPUT_FIELDS.Observation, name)) ?? false;
    if (names === undefined || !known || !names.includes('result'))
      return refuse(
        invalidField(
          `${index}.components`,
          'components nennt die Spalten: result, phenomenonTime, resultTime, validTime, resultQuality, parameters oder FeatureOfInterest/id.',
        ),
      );
    if (!Array.isArray(dataArray)) return refuse(invalidField(`${index}.dataArray`, 'dataArray ist die Liste der Zeilen.'));
    const to = (rest['Datastream'] ?? rest['MultiDatastream']) as { readonly '@iot.id'?: unknown } | undefined;
    const id = typeof to === 'object' && to !== null ? to['@iot.id'] : undefined;
    groups.push({ streamId: typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined, components: names, rows: dataArray as readonly unknown[] });
  }
  return ok(groups);
}

function featuresOf({ components, rows }: Group): readonly number[] {
  const column = components.indexOf('FeatureOfInterest/id');
  return column === -1 ? [] : rows.flatMap((row) => (Array.isArray(row) && Number.isSafeInteger(row[column]) ? [row[column] as number] : []));
}

function readRow(
  components: readonly string[],
  row: unknown,
  stream: StreamRow | undefined,
  features: ReadonlySet<number>,
  now: Temporal.Instant,
): NewObservation | undefined {
  if (stream === undefined || !Array.isArray(row) || row.length !== components.length) return undefined;
  const values: Record<string, Json> = {};
  let feature: number | undefined;
  for (const [index, name] of components.entries()) {
    const value = (row as readonly Json[])[index]!;
    if (name === 'FeatureOfInterest/id') {
      if (typeof value !== 'number' || !features.has(value)) return undefined;
      feature = value;
    } else if (value === null && name !== 'result') continue;
    else if (misfit(INPUT_FIELDS.Observation[name]!.kind, value) !== undefined) return undefined;
    else values[name] = value;
  }
  const read = toObservation(values, stream, feature, now);
  return read.ok ? read.value : undefined;
}
