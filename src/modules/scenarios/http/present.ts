import { z } from 'zod';
import { drawn } from '../application/plan-io.ts';
import type { ListedScenario, ScenarioPicture, ShownRun } from '../application/show.ts';
import type { Comment } from '../domain/comment.ts';
import type { Run } from '../domain/run.ts';
import type { BaseData, Variant, Visibility } from '../domain/scenario.ts';

export const VISIBILITY = z.enum(['private', 'staff', 'public'] satisfies readonly Visibility[]);
const DATA = z.object({ buildings: z.string(), trees: z.string(), ways: z.string(), population: z.string(), destinations: z.string() } satisfies Record<
  keyof BaseData,
  unknown
>);
const said = z.object({ de: z.string(), en: z.string(), leicht: z.string() });
const figureValue = z.number().nullable();

export const listed = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  visibility: VISIBILITY,
  role: z.enum(['owner', 'coworker', 'reader']),
  changedAt: z.string(),
});
export const presentListed = ({ scenario: { id, title, question, visibility, changedAt }, role }: ListedScenario): z.output<typeof listed> => ({
  ...{ id, title, question, visibility, role },
  changedAt: second(changedAt),
});

export const second = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' });
const orNull = (at: Temporal.Instant | null): string | null => (at === null ? null : second(at));

const geoJson = z.object({ type: z.string() }).loose().describe('GeoJSON, CRS84');
const variant = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  description: z.string(),
  version: z.number(),
  plan: geoJson,
});
export const run = z.object({
  id: z.string(),
  variantId: z.string(),
  process: z.string(),
  status: z.enum(['running', 'successful', 'failed']),
  progress: z.number(),
  message: z.string(),
  /** Plan, area or data have changed since. */
  stale: z.boolean(),
  orderedAt: z.string(),
  figures: z.array(z.object({ id: z.string(), title: said, unit: z.string(), value: figureValue, minimum: figureValue, maximum: figureValue })).nullable(),
  members: z.number().nullable(),
  provenance: z
    .object({
      title: said,
      version: z.string(),
      inputs: z.record(z.string(), z.unknown()),
      inputsHash: z.string(),
      data: z.array(
        z.object({
          input: z.string(),
          collection: z.string(),
          title: z.string(),
          features: z.number(),
          changedAt: z.string(),
          dataAsOf: z.string().nullable(),
          licence: z.string().nullable(),
          demo: z.boolean(),
          internal: z.boolean(),
        }),
      ),
      sources: z.array(z.string()),
      uncertainty: said,
      calculatedAt: z.string(),
    })
    .nullable(),
  map: z.string().nullable(),
});
const comment = z.object({
  id: z.string(),
  as: z.enum(['owner', 'coworker', 'staff', 'citizen']),
  text: z.string(),
  state: z.enum(['waiting', 'shown', 'hidden']),
  writtenAt: z.string(),
});

export const whole = listed.extend({
  area: geoJson,
  data: DATA,
  presets: z.record(z.string(), z.unknown()),
  shareUntil: z.string().nullable(),
  joinUntil: z.string().nullable(),
  coworkers: z.number(),
  missing: z.array(z.string()),
  variants: z.array(variant),
  runs: z.array(run),
  comments: z.array(comment),
});

const presentVariant = ({ id, number, name, description, version, plan }: Variant): z.output<typeof variant> => ({
  ...{ id, number, name, description, version },
  plan: drawn(plan),
});

const presentComment = ({ id, as, text, state, writtenAt }: Comment): z.output<typeof comment> => ({ id, as, text, state, writtenAt: second(writtenAt) });

/** @param key of the link it is shown through */
export const mapPath = ({ id, scenarioId }: Pick<Run, 'id' | 'scenarioId'>, key?: string): string =>
  `/api/twin/scenarios/${scenarioId}/runs/${id}/map${key === undefined ? '' : `?key=${key}`}`;

export function presentRun(one: ShownRun, key?: string): z.output<typeof run> {
  const { id, variantId, process, status, progress, message, stale, orderedAt, results, mapped } = one;
  return {
    ...{ id, variantId, process, status, progress, message, stale },
    orderedAt: second(orderedAt),
    figures: results === null ? null : [...results.figures],
    members: results?.members ?? null,
    provenance: results === null ? null : { ...results.origin, data: [...results.origin.data], sources: [...results.origin.sources] },
    map: mapped ? mapPath(one, key) : null,
  };
}

export function presentWhole({ scenario, role, coworkers, missing, variants, runs, comments }: ScenarioPicture, key?: string): z.output<typeof whole> {
  const { area, data, presets, shareUntil, joinUntil } = scenario;
  const owns = role === 'owner';
  return {
    ...presentListed({ scenario, role }),
    ...{ area, data, presets, coworkers },
    shareUntil: owns ? orNull(shareUntil) : null,
    joinUntil: owns ? orNull(joinUntil) : null,
    missing: [...missing],
    variants: variants.map(presentVariant),
    runs: runs.map((one) => presentRun(one, key)),
    comments: comments.map(presentComment),
  };
}
