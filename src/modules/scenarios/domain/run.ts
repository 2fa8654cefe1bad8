import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import type { Scenario, Variant } from './scenario.ts';

/** A text in the languages of the city. */
export type Said = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** A number that a model has told, with how far the members of an ensemble spread. */
export interface Figure {
  readonly id: string;
  readonly title: Said;
  readonly unit: string;
  readonly value: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export interface DataSeen {
  readonly input: string;
  readonly collection: string;
  readonly title: string;
  readonly features: number;
  readonly changedAt: string;
  readonly dataAsOf: string | null;
  readonly licence: string | null;
  readonly demo: boolean;
  readonly internal: boolean;
}

/** How a result came about. */
export interface Origin {
  readonly title: Said;
  readonly version: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly inputsHash: string;
  readonly data: readonly DataSeen[];
  readonly sources: readonly string[];
  readonly uncertainty: Said;
  readonly calculatedAt: string;
}

export interface RunResults {
  readonly figures: readonly Figure[];
  readonly members: number;
  readonly origin: Origin;
}

export type RunStatus = 'running' | 'successful' | 'failed';

/** A process run on a variant; a later run of the same process takes its place. */
export interface Run {
  readonly id: string;
  readonly scenarioId: string;
  readonly variantId: string;
  readonly process: string;
  readonly jobId: string;
  readonly status: RunStatus;
  readonly progress: number;
  /** A German sentence. */
  readonly message: string;
  /** Versions of the scenario and the plan that it was run on. */
  readonly scenarioVersion: number;
  readonly variantVersion: number;
  /** Version of the first variant, where it was run with the destinations of that one. */
  readonly baseVersion: number | null;
  readonly orderedAt: Temporal.Instant;
  readonly results: RunResults | null;
  /** Whether a map of the result is kept. */
  readonly mapped: boolean;
}

/** Whether the plan, the area or the data have changed since. @param base the first variant */
export const isStale = (run: Run, scenario: Pick<Scenario, 'version'>, variant: Pick<Variant, 'version'>, base: Pick<Variant, 'version'>): boolean =>
  run.scenarioVersion !== scenario.version || run.variantVersion !== variant.version || (run.baseVersion ?? base.version) !== base.version;

/** Whether a result rests on data that were kept inside when it was found, or are now. @param closed collections the actor may not read now */
const restsOnInternal = ({ results }: Run, closed: ReadonlySet<string>): boolean =>
  results?.origin.data.some(({ internal, collection }) => internal || closed.has(collection)) ?? false;

/** The run as the actor may see it: of data kept inside, who does not work for the city sees only that it is so. */
export function runFor(run: Run, actor: Actor, closed: ReadonlySet<string>): Run {
  if (worksForCity(actor) || !restsOnInternal(run, closed)) return run;
  return { ...run, results: null, mapped: false, message: 'Dieses Ergebnis beruht auf Daten, die nur für Beschäftigte der Stadt bestimmt sind.' };
}

export interface ComparedFigure {
  readonly value: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** To the base; `null` for the base itself, and where one of both has no number. */
  readonly difference: number | null;
}

export interface ComparedRow {
  readonly id: string;
  readonly title: Said;
  readonly unit: string;
  /** In the order of the variants; `undefined` where a variant has no result. */
  readonly cells: readonly (ComparedFigure | undefined)[];
}

/** Figures side by side, the first variant being the base. @param runs of one process, in the order of the variants */
export function compareRuns(runs: readonly (Pick<Run, 'results'> | undefined)[]): readonly ComparedRow[] {
  const figures = runs.map((run) => new Map(run?.results?.figures.map((one) => [one.id, one])));
  const known = runs.flatMap((run) => run?.results?.figures ?? []);
  return [...new Map(known.map((one) => [one.id, one])).values()].map(({ id, title, unit }) => {
    const base = figures[0]?.get(id)?.value ?? null;
    return {
      ...{ id, title, unit },
      cells: figures.map((of, index): ComparedFigure | undefined => {
        const found = of.get(id);
        if (found === undefined) return undefined;
        const { value, minimum, maximum } = found;
        return { value, minimum, maximum, difference: index === 0 || base === null || value === null ? null : value - base };
      }),
    };
  });
}
