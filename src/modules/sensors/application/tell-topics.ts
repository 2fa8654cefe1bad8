import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import { ENTITIES, relationTo, type EntityName } from '../domain/entities.ts';
import { parseQuery } from '../domain/parse-query.ts';
import { planOf, type Plan, type Row } from '../domain/plan.ts';
import { entityKey, TOPIC_ROOT, type ResourceTopic } from '../domain/topic.ts';
import { findLatest } from '../store/latest.ts';
import type { KeptObservation } from './changes.ts';
import { showEntity, type Shown } from './read-entity.ts';
import { readResource } from './read-resource.ts';

type Reading = Pick<Context, 'database' | 'clock'>;

/** What a topic shows of its entity. */
export function planFor({ entity, options }: Pick<ResourceTopic, 'entity' | 'options'>): Plan {
  const query = parseQuery(entity, options);
  return planOf(entity, query.ok ? query.value : {});
}

/** An observation as the service shows it, from what was kept, without asking the database. */
export function showObservation(base: string, kept: KeptObservation, multi: boolean, plan: Plan): Shown {
  const { id, streamId, phenomenonStart, phenomenonEnd, resultTime, number, result, quality, validStart, validEnd, parameters } = kept;
  const row: Row = {
    '@id': id,
    '@stream': streamId,
    '@multi': multi,
    phenomenonTime: phenomenonEnd === undefined ? iso(phenomenonStart) : `${iso(phenomenonStart)}/${iso(phenomenonEnd)}`,
    resultTime: resultTime === undefined ? null : iso(resultTime),
    result: number ?? result ?? null,
    resultQuality: quality,
    ...(validStart === undefined ? {} : { validTime: `${iso(validStart)}/${iso(validEnd ?? validStart)}` }),
    parameters,
  };
  return showEntity(base, plan, row);
}

/** UTC with milliseconds, as the store writes times. */
function iso(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? Temporal.Instant.from(instant).toString({ smallestUnit: 'millisecond', roundingMode: 'trunc' }) : date.toISOString();
}

export const streamKey = (streamId: number, multi: boolean): string => `${entityKey(multi ? 'MultiDatastream' : 'Datastream', streamId)}/Observations`;

/** The topic of a key. */
export const topicOf = (key: string): string => `${TOPIC_ROOT}/${key}`;

/** Where a new observation is told: its stream, all observations, and its feature. */
export const keysOfObservation = ({ streamId, featureId }: KeptObservation, multi: boolean): readonly string[] => [
  streamKey(streamId, multi),
  'Observations',
  ...(featureId === undefined ? [] : [`${entityKey('FeatureOfInterest', featureId)}/Observations`]),
];

/**
 * Where an update is told: the entity itself, its set, and the sets of its neighbours that it is in.
 * @param near whether anybody listens to such sets
 */
export async function keysOfEntity(ctx: Reading, actor: Actor, entity: EntityName, id: number, near: boolean): Promise<readonly string[]> {
  const own = [entityKey(entity, id), ENTITIES[entity].set];
  const relations = Object.entries(ENTITIES[entity].navigation).filter(([relation]) => relation !== 'Observations');
  if (!near) return own;
  const expand = relations.map(([relation, { many }]) => `${relation}($select=id${many ? ';$top=1000' : ''})`).join(',');
  const options = [{ name: '$select', text: 'id' }, ...(expand === '' ? [] : [{ name: '$expand', text: expand }])];
  const read = await readResource(ctx, actor, { path: entityKey(entity, id), options, token: undefined });
  if (!read.ok) return own;
  const shown = showEntity('', read.value.plan, read.value.set.rows[0]!);
  const neighbours = relations.flatMap(([relation, { target }]) => {
    const back = relationTo(target, entity)!;
    return idsIn(shown[relation]).map((other) => `${entityKey(target, other)}/${back}`);
  });
  return [...own, ...neighbours];
}

const idsIn = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && '@iot.id' in one && typeof one['@iot.id'] === 'number' ? [one['@iot.id']] : [],
  );

/** An entity, or one property of it, as a topic shows it to a caller; `undefined` where it is not there for them. */
export async function showChanged(
  ctx: Reading,
  actor: Actor,
  { entity, id }: { readonly entity: EntityName; readonly id: number },
  { property, options }: Pick<ResourceTopic, 'property' | 'options'>,
  base: string,
): Promise<Shown | undefined> {
  const read = await readResource(ctx, actor, { path: [entityKey(entity, id), ...property].join('/'), options, token: undefined });
  if (!read.ok) return undefined;
  const shown = showEntity(base, read.value.plan, read.value.set.rows[0]!);
  if (property.length === 0) return shown;
  const value = property.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Shown)[part] : undefined), shown);
  return { [property.at(-1)!]: value ?? null };
}

export interface LatestShown {
  readonly streamId: number;
  readonly key: string;
  readonly shown: Shown;
}

/** The latest observation of one stream or of all, page by page, as a topic shows it. */
export async function latestPage(
  ctx: Reading,
  actor: Actor,
  wish: { readonly streamId?: number; readonly after: number; readonly limit: number },
  { plan, base }: { readonly plan: Plan; readonly base: string },
): Promise<readonly LatestShown[]> {
  const rows = await findLatest(ctx.database.read, { ...wish, internal: worksForCity(actor) });
  return rows.map((row) => ({ streamId: row['@stream']!, key: streamKey(row['@stream']!, row['@multi'] === true), shown: showEntity(base, plan, row) }));
}
