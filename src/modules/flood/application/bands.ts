import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { depthRows, flowRows, type InertialFields } from '../domain/inertial-step.ts';
import { alone, type Room, type RowWorkers } from '../domain/inertial.ts';

/** What the thread of a band is told: all arrays lie in memory that is shared. */
export interface BandOrder {
  readonly fields: InertialFields;
  /** How many have arrived; how often all have met; whether it is over. */
  readonly control: Int32Array;
  /** Seconds of the step, its turn, and the deepest cell of each band. */
  readonly numbers: Float64Array;
  readonly band: number;
  readonly bands: number;
}

const ARRIVED = 0;
const MEETINGS = 1;
export const DONE = 2;
/** Looks before a thread lies down: waking it takes longer than a short step. */
const LOOKS = 4_000;

/** Waits until all have arrived. */
export function meet(control: Int32Array, bands: number): void {
  const meeting = Atomics.load(control, MEETINGS);
  if (Atomics.add(control, ARRIVED, 1) === bands - 1) {
    Atomics.store(control, ARRIVED, 0);
    Atomics.add(control, MEETINGS, 1);
    Atomics.notify(control, MEETINGS);
    return;
  }
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, MEETINGS) !== meeting) return;
  Atomics.wait(control, MEETINGS, meeting);
}

/** First row behind a band; bands are as equal as rows can be. */
export const bandEnd = (rows: number, bands: number, band: number): number => Math.floor((rows * (band + 1)) / bands);

/** Arrays that threads share. */
export const sharedRoom: Room = (cells) => new Float64Array(new SharedArrayBuffer(cells * Float64Array.BYTES_PER_ELEMENT));

export interface Bands extends RowWorkers {
  /** Ends the other threads; must be called, or they wait forever. */
  readonly end: () => Promise<void>;
}

/**
 * Rows in bands, one for this thread and one each for the others, which wait for each other after each half
 * of a step. What a row becomes depends on no band, so the result is the same to the last bit.
 * @param fields in shared memory; may block this thread, so it must not be the one that answers people
 */
export function openBands(fields: InertialFields, bands: number): Bands {
  if (bands < 2) return { ...alone(fields), end: async () => {} };
  const control = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  const numbers = sharedRoom(2 + bands);
  const threads = Array.from({ length: bands - 1 }, (_, n) => {
    const order: BandOrder = { fields, control, numbers, band: n + 1, bands };
    return new Worker(join(import.meta.dirname, 'band-thread.ts'), { execArgv: [], workerData: order });
  });
  const to = bandEnd(fields.rows, bands, 0);
  return {
    step(seconds, turn) {
      numbers[0] = seconds;
      numbers[1] = turn;
      meet(control, bands);
      flowRows(fields, 0, to, seconds, turn);
      meet(control, bands);
      let deepest = depthRows(fields, 0, to, seconds, turn);
      meet(control, bands);
      for (let band = 1; band < bands; band++) deepest = Math.max(deepest, numbers[2 + band]!);
      return deepest;
    },
    async end() {
      Atomics.store(control, DONE, 1);
      meet(control, bands);
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
