import type { Actor } from '../../../kernel/actor.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { spreadOf, variedOf } from '../domain/ensemble.ts';
import { findModel } from '../domain/models.ts';
import type { FeatureCollection, JobResults, MemberResult, ProcessDescription } from '../domain/process.ts';
import { findSharedJob, type KeptJob } from '../store/jobs.ts';
import { findLayers, findMembers } from '../store/members.ts';
import { NO_JOB, type Reading } from './context.ts';
import { keptJob } from './jobs-of.ts';

export interface ResultsWish {
  /** Number of the member whose maps are wanted; the first when absent. */
  readonly member?: number;
}

/** What a job of one's own has found. Refuses with `wrong-state` while there is nothing yet, or never will be. */
export async function readResults(ctx: Reading, actor: Actor, jobId: string, wish: ResultsWish = {}): Promise<Result<JobResults, Problem>> {
  const found = await keptJob(ctx, actor, jobId);
  return found.ok ? resultsOf(ctx, found.value, wish) : found;
}

/** What somebody has shared, for whoever has the key of the link. */
export async function readSharedResults(ctx: Reading, key: string, wish: ResultsWish = {}): Promise<Result<JobResults, Problem>> {
  const found = await findSharedJob(ctx.database.read, sha256Hex(key));
  return found === undefined ? refuse(NO_JOB) : resultsOf(ctx, found, wish);
}

const NOT_YET = wrongState('Die Rechnung ist noch nicht fertig. Fragen Sie ihren Stand ab und versuchen Sie es dann wieder.');
const NO_MEMBER: Problem = { kind: 'not-found', detail: 'Diese Kombination gibt es in dem Ergebnis nicht. Ihre Nummern stehen in seiner Tabelle.' };

async function resultsOf(ctx: Reading, kept: KeptJob, { member: shownMember = 1 }: ResultsWish): Promise<Result<JobResults, Problem>> {
  if (kept.status === 'accepted' || kept.status === 'running') return refuse(NOT_YET);
  if (kept.status !== 'successful') return refuse(wrongState(kept.message));
  // integers of the database end there
  if (!(shownMember >= 1 && shownMember <= kept.members)) return refuse(NO_MEMBER);
  const { description } = findModel(kept.processId)!;
  const members = await findMembers(ctx.database.read, kept.id);
  const { owner: _owner, internal: _internal, inputs, inputsHash, data, shared: _shared, answer: _answer, ...job } = kept;
  const { id, title, sources, uncertainty } = description;
  return ok({
    job,
    numbers: Object.entries(description.numbers).map(([name, about]) => ({ id: name, ...about, ...spreadOf(members, name) })),
    members,
    shownMember,
    layers: layersFrom(description, await findLayers(ctx.database.read, kept.id, shownMember)),
    provenance: {
      ...{ process: id, title, version: job.processVersion, inputs, inputsHash, data: data ?? [], sources, uncertainty },
      calculatedAt: job.finishedAt!.toString({ smallestUnit: 'second' }),
    },
  });
}

function layersFrom({ layers }: ProcessDescription, text: string | undefined): JobResults['layers'] {
  if (text === undefined) return [];
  const data = JSON.parse(text) as Readonly<Record<string, FeatureCollection>>;
  return Object.entries(layers).flatMap(([id, { title }]) => (data[id] === undefined ? [] : [{ id, title, data: data[id] }]));
}

/** The members as a table: a row each, the inputs that differ, then all numbers. The first row names the columns. */
export function memberTable({ members, numbers }: Pick<JobResults, 'members' | 'numbers'>): readonly (readonly string[])[] {
  const varied = variedOf(members);
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value).replace('.', ','));
  return [
    ['number', ...varied, ...numbers.map(({ id, unit }) => (unit === '' ? id : `${id} [${unit}]`))],
    ...members.map((one: MemberResult) => [
      String(one.number),
      ...varied.map((name) => text(one.parameters[name])),
      ...numbers.map(({ id }) => text(one.numbers[id])),
    ]),
  ];
}

/** Inputs that differ between the members. */
export const variedInputs = ({ members }: Pick<JobResults, 'members'>): readonly string[] => variedOf(members);
