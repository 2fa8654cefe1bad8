/** Models that are run over the city's data, as OGC API Processes at `/ogc/processes` and `/ogc/jobs`. */
import type { Actor } from '../../kernel/actor.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Result } from '../../kernel/result.ts';
import type { Context } from '../../platform/context.ts';
import type { Job, JobResults, ProcessDescription } from './domain/process.ts';

export type {
  DataUsed,
  FeatureCollection,
  GeoJsonFeature,
  InputDescription,
  InputKind,
  Job,
  JobResults,
  JobStatus,
  LayerResult,
  MemberResult,
  NumberResult,
  ProcessDescription,
  ProcessId,
  Provenance,
  Said,
} from './domain/process.ts';

/** What is asked of a model; `inputs` as in an execute request of OGC API Processes, GeoJSON as it is or as `{ value }`. */
export interface JobWish {
  readonly processId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** All models the city has. */
export type ListProcesses = () => readonly ProcessDescription[];
export type FindProcess = (id: string) => ProcessDescription | undefined;
/** Orders a job; needs somebody who is signed in, a device, or the system. Refuses wrong inputs field by field. */
export type StartJob = (ctx: Pick<Context, 'database' | 'journal' | 'clock' | 'outbox'>, actor: Actor, wish: JobWish) => Promise<Result<Job, Problem>>;
/** Own jobs; the system (`{ kind: 'system' }`) sees all, for modules that have asked themselves who may look. */
export type ReadJob = (ctx: Pick<Context, 'database'>, actor: Actor, jobId: string) => Promise<Result<Job, Problem>>;
/** As `ReadJob`. @param options.member whose layers; the first when absent */
export type ReadResults = (
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  jobId: string,
  options?: { readonly member?: number },
) => Promise<Result<JobResults, Problem>>;
export type CancelJob = (ctx: Pick<Context, 'database' | 'journal' | 'clock'>, actor: Actor, jobId: string) => Promise<Result<Job, Problem>>;
