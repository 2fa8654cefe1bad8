import { parentPort } from 'node:worker_threads';
import { Hll } from '../domain/hll.ts';
import { coarser, type HeightGrid } from '../domain/grid.ts';
import { inertialFields, LocalInertial } from '../domain/inertial.ts';
import { runMember, setUp, type MemberFacts } from '../domain/member.ts';
import { together, type EnsembleRecord, type FloodRecord } from '../domain/records.ts';
import type { MemberInput, RunInput } from '../domain/run.ts';
import type { TideInlet } from '../domain/sources.ts';
import type { Structure } from '../domain/structures.ts';
import { openBands, sharedRoom } from './bands.ts';

/** What a thread is told first: the ground, and what is to be calculated on it. */
export interface ThreadGround {
  readonly grid: HeightGrid;
  readonly coarsening: number;
  readonly structures: readonly Structure[];
  readonly inlet: TideInlet;
  readonly input: RunInput;
  /** Threads that share a member, this one included. */
  readonly bands: number;
}

/** Members that are put together into one result. */
export interface TogetherOrder {
  readonly records: readonly FloodRecord[];
}

export type ThreadAnswer =
  | { readonly kind: 'together'; readonly result: EnsembleRecord }
  | { readonly kind: 'ready' }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'member'; readonly maximum: Uint16Array; readonly arrival: Uint16Array; readonly facts: MemberFacts };

let order: ThreadGround | undefined;
/** Steps of progress that are told. */
const TELL_EVERY = 0.05;

parentPort!.on('message', (message: ThreadGround | MemberInput | TogetherOrder) => {
  if ('grid' in message) {
    order = { ...message, grid: coarser(message.grid, message.coarsening) };
    parentPort!.postMessage({ kind: 'ready' } satisfies ThreadAnswer);
  } else if ('records' in message) parentPort!.postMessage({ kind: 'together', result: together(message.records) } satisfies ThreadAnswer);
  else void calculate(order!, message);
});

async function calculate({ grid, structures, inlet, input, bands }: ThreadGround, member: MemberInput): Promise<void> {
  const ready = setUp({ grid, structures, inlet }, input, member, sharedRoom);
  let told = 0;
  const tell = (share: number): void => {
    if (share - told < TELL_EVERY) return;
    told = share;
    parentPort!.postMessage({ kind: 'share', share } satisfies ThreadAnswer);
  };
  if (input.model === 'hll') return answer(runMember(new Hll(ready.ground, ready.start, ready.water), ready, input, tell));
  const fields = inertialFields(ready.ground, ready.start, sharedRoom);
  const workers = openBands(fields, bands);
  const done = runMember(new LocalInertial(fields, ready.water, workers), ready, input, tell);
  await workers.end();
  answer(done);
}

function answer({ maximum, arrival, facts }: Omit<Extract<ThreadAnswer, { kind: 'member' }>, 'kind'>): void {
  parentPort!.postMessage({ kind: 'member', maximum, arrival, facts } satisfies ThreadAnswer);
}
