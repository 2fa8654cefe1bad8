import { z } from 'zod';
import { cleanLine, cleanText } from '../../../kernel/words.ts';

/** A text of the strategy: German is needed, the other languages where somebody has written them. */
export interface Words {
  readonly de: string;
  readonly en?: string | undefined;
  readonly leicht?: string | undefined;
}

/** Where something comes from: a source that anybody can look up, or the city's own placement. */
export type Provenance = { readonly source: string; readonly on?: string | undefined } | { readonly placement: 'own' };

export const KEY = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const key = z.string().regex(KEY).max(60);
const line = z.string().overwrite(cleanLine).min(1).max(200);
const text = z.string().overwrite(cleanText).min(1).max(2000);
const inLanguages = (one: z.ZodString) => z.strictObject({ de: one, en: one.optional(), leicht: one.optional() });
const title = inLanguages(line);
const words = inLanguages(text);
/** An ISO day; kept as text, because facts are kept as JSON. */
const day = z.iso.date();
const cents = z.number().int().min(0).max(1e14);
const scale = z.number().int().min(1).max(5);
const provenance = z.union([z.strictObject({ source: line, on: day.optional() }), z.strictObject({ placement: z.literal('own') })]);

export const LIGHTS = ['green', 'yellow', 'red'] as const;
/** The light of a measure that can be judged. */
export type Light = (typeof LIGHTS)[number];

/** What the strategy is made of, and the facts of each; every one says where it comes from. */
export const SCHEMAS = {
  /** An office that answers for measures; its key is the authority's where it is one of the city's authorities. */
  unit: z.strictObject({ title, provenance }),
  /** Handlungsfeld. */
  field: z.strictObject({ title, order: z.number().int().min(0).max(999), provenance }),
  /** Zukunftsbild. */
  vision: z.strictObject({ field: key, text: words, provenance }),
  /** Strategische Priorität. */
  priority: z.strictObject({ vision: key, title, provenance }),
  /** Maßnahme. Which events of the journal prove it follows from the formulas of its indicators. */
  measure: z.strictObject({
    priority: key,
    title,
    text: words,
    unit: key,
    startsOn: day,
    endsOn: day,
    services: z.array(key).max(50),
    indicators: z.array(key).max(20),
    provenance,
  }),
  milestone: z.strictObject({ measure: key, title, dueOn: day, doneOn: day.optional(), provenance }),
  /** Of one year. `asOf`: when `spentCents` was true. */
  budget: z.strictObject({
    measure: key,
    year: z.number().int().min(2000).max(2100),
    plannedCents: cents,
    spentCents: cents,
    asOf: day,
    definition: words,
    provenance,
  }),
  /** `measure` can only be reached when `needs` is. */
  dependency: z.strictObject({ measure: key, needs: key, why: words, provenance }),
  /** Likelihood and effect from 1 (small) to 5 (great). */
  risk: z.strictObject({ measure: key, title, likelihood: scale, effect: scale, answer: words, owner: key, closedOn: day.optional(), provenance }),
  /** "How we decided". `chosen` counts the options from 1. */
  decision: z.strictObject({
    measure: key.optional(),
    question: words,
    options: z.array(title).min(2).max(10),
    chosen: z.number().int().min(1).max(10),
    reasons: words,
    decidedOn: day,
    decidedBy: line,
    provenance,
  }),
  /** A published figure: never without its day and what it counts. */
  figure: z.strictObject({ measure: key, value: line, asOf: line, definition: words, provenance }),
  /** A light that a person sets until a day; its key is the measure's. The reason is that of the change. */
  override: z.strictObject({ light: z.enum(LIGHTS), until: day, provenance }),
} as const;

export type ItemKind = keyof typeof SCHEMAS;
export const ITEM_KINDS = Object.keys(SCHEMAS) as readonly ItemKind[];
export type Facts = { readonly [K in ItemKind]: z.output<(typeof SCHEMAS)[K]> };

/** One thing of the strategy with its facts. */
export type Item = { readonly [K in ItemKind]: { readonly kind: K; readonly key: string; readonly facts: Facts[K] } }[ItemKind];

/** A version of a thing; without facts it was taken out. */
export interface Version {
  readonly seq: number;
  readonly kind: ItemKind;
  readonly key: string;
  readonly version: number;
  readonly facts: Item['facts'] | null;
  readonly reason: string;
  readonly at: Temporal.Instant;
  /** Key of the decision that it carries out. */
  readonly decision?: string | null;
}

interface Kept {
  readonly key: string;
  readonly version: number;
  readonly changedAt: Temporal.Instant;
  /** Why it was last changed. */
  readonly reason: string;
}

export type Kind<K extends ItemKind> = Facts[K] & Kept;
/** The strategy as it stands at one moment. */
export type Strategy = { readonly [K in ItemKind]: ReadonlyMap<string, Kind<K>> } & {
  /** The day each milestone was first promised for. */
  readonly promised: ReadonlyMap<string, string>;
};

/** How versions of a measure kept its indicators until November 2026: with events typed by hand. What was kept stays so, and is read like any other. */
export type IndicatorKept = string | { readonly key: string; readonly events: readonly string[] };

const readNow = (kind: ItemKind, facts: Item['facts']): Item['facts'] =>
  kind === 'measure'
    ? {
        ...(facts as Facts['measure']),
        indicators: (facts as Facts['measure']).indicators.map((one: IndicatorKept) => (typeof one === 'string' ? one : one.key)),
      }
    : facts;

/** Folds versions, oldest first. @param until what was kept up to this moment; absent: all */
export function strategyOf(versions: readonly Version[], until?: Temporal.Instant): Strategy {
  const maps = Object.fromEntries(ITEM_KINDS.map((kind) => [kind, new Map<string, unknown>()])) as Record<ItemKind, Map<string, unknown>>;
  const promised = new Map<string, string>();
  for (const { kind, key: of, facts, version, at, reason } of versions) {
    if (until !== undefined && Temporal.Instant.compare(at, until) > 0) continue;
    if (kind === 'milestone' && facts !== null && !promised.has(of)) promised.set(of, (facts as Facts['milestone']).dueOn);
    if (facts === null) maps[kind].delete(of);
    else maps[kind].set(of, { ...readNow(kind, facts), key: of, version, changedAt: at, reason });
  }
  return { ...maps, promised } as unknown as Strategy;
}

/** Those of a kind that belong to one thing, in the order they were made. */
export const belonging = <K extends ItemKind>(strategy: Strategy, kind: K, by: (one: Kind<K>) => boolean): Kind<K>[] =>
  [...(strategy[kind] as unknown as ReadonlyMap<string, Kind<K>>).values()].filter(by);

export const milestonesOf = (strategy: Strategy, measure: string): Kind<'milestone'>[] =>
  belonging(strategy, 'milestone', (one) => one.measure === measure).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));

/** Field of a measure, up through priority and vision. */
export function fieldOf(strategy: Strategy, measure: Facts['measure']): Kind<'field'> | undefined {
  const vision = strategy.vision.get(strategy.priority.get(measure.priority)?.vision ?? '');
  return vision && strategy.field.get(vision.field);
}

export const fieldsInOrder = (strategy: Strategy): Kind<'field'>[] => [...strategy.field.values()].toSorted((a, b) => a.order - b.order);

export const measuresOfField = (strategy: Strategy, field: string): Kind<'measure'>[] =>
  belonging(strategy, 'measure', (one) => fieldOf(strategy, one)?.key === field);
