import { z } from 'zod';
import { ORIGINS, UNITS, type Indicator, type IndicatorPoint } from '../../../kernel/indicator.ts';
import { aggregates, sourceKinds } from '../application/choices.ts';

export const TAG = 'Kennzahlen';
export const KEEPERS = ['strategie'] as const;
export const WATCHERS = ['strategie', 'administration', 'revision'] as const;

const words = z.object({ de: z.string(), en: z.string(), leicht: z.string() });
const day = z.iso.date();
const target = z.object({ value: z.number(), by: day, source: z.string() });
const start = z.object({ value: z.number(), on: day });

const state = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), value: z.number() }),
  z.object({ kind: z.literal('stale'), last: z.number(), since: z.string() }),
  z.object({ kind: z.literal('unknown'), reason: words }),
  z.object({ kind: z.literal('suppressed') }),
]);

export const indicatorView = z.object({
  key: z.string(),
  name: words,
  definition: words,
  formula: z.string(),
  unit: z.enum(UNITS),
  origin: z.enum(ORIGINS),
  owner: z.string(),
  source: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  confidenceReason: words,
  better: z.enum(['more', 'less']),
  target: target.nullable(),
  events: z.array(z.string()).describe('Arten der Ereignisse im Journal, aus denen sie gerechnet ist; leer: Sie kommt von außen.'),
  state,
  asOf: z.string().nullable(),
  cases: z.number().int().nullable(),
  light: z.object({ light: z.enum(['green', 'yellow', 'red']), rule: words }).nullable(),
});

const pointView = z.object({ month: z.string(), value: z.number().nullable(), cases: z.number().int().nullable() });
const forecastView = z.object({
  method: words,
  points: z.array(z.object({ month: z.string(), low: z.number(), mid: z.number(), high: z.number() })),
});
export const oneView = indicatorView.extend({ history: z.array(pointView), forecast: forecastView.nullable() });

export const presentIndicator = ({ state: shown, asOf, cases, light, target: aim, ...rest }: Indicator): z.output<typeof indicatorView> => ({
  ...rest,
  name: { ...rest.name },
  definition: { ...rest.definition },
  confidenceReason: { ...rest.confidenceReason },
  events: [...rest.events],
  target: aim === undefined ? null : { value: aim.value, by: aim.by.toString(), source: aim.source },
  state:
    shown.kind === 'stale' ? { ...shown, since: shown.since.toString() } : shown.kind === 'unknown' ? { ...shown, reason: { ...shown.reason } } : { ...shown },
  asOf: asOf?.toString() ?? null,
  cases: cases ?? null,
  light: light === undefined ? null : { light: light.light, rule: { ...light.rule } },
});

export const presentPoint = ({ month, value, cases }: IndicatorPoint): z.output<typeof pointView> => ({ month, value: value ?? null, cases: cases ?? null });

/** A definition as programs write it; a built-in indicator takes owner, target and start alone. */
export const definitionBody = z.object({
  kind: z.enum(['journal', 'defined', 'imported']),
  name: words.default({ de: '', en: '', leicht: '' }),
  definition: words.default({ de: '', en: '', leicht: '' }),
  formula: z.string().default(''),
  unit: z.enum(UNITS).default('count'),
  better: z.enum(['more', 'less']).default('more'),
  origin: z.enum(ORIGINS).default('live'),
  source: z.string().default(''),
  owner: z.string(),
  confidence: z.enum(['high', 'medium', 'low']).default('low'),
  confidenceReason: words.default({ de: '', en: '', leicht: '' }),
  target: target.optional(),
  start: start.optional(),
  reason: z.string(),
  version: z.number().int().min(0),
});

export const sourceBody = z.object({
  kind: z.enum(sourceKinds),
  url: z.string(),
  value: z.string().default(''),
  day: z.string().default(''),
  query: z.string().default(''),
  aggregate: z.enum(aggregates).default('last'),
  days: z.number().int().default(1),
  everyHours: z.number().int().default(24),
  staleAfterDays: z.number().int(),
  active: z.boolean().default(true),
});

export const versionView = z.object({ key: z.string(), version: z.number().int() });
export const stateView = z.object({
  seq: z.number().int(),
  journal: z.number().int(),
  followedAt: z.string().nullable(),
  sources: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(sourceKinds),
      active: z.boolean(),
      fetchedAt: z.string().nullable(),
      triedAt: z.string().nullable(),
      problem: z.string().nullable(),
    }),
  ),
});
