import { setTimeout as sleep } from 'node:timers/promises';

/** How long work that nobody waits for steps aside, at most, for the people who are being answered. */
const LONGEST_WAIT_MS = 250;
const LOOK_MS = 20;
const BUSY = 0.7;

/** Waits while this process is busy, but never so long that the work starves. */
export async function giveWay(): Promise<void> {
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += LOOK_MS) {
    const before = performance.eventLoopUtilization();
    await sleep(LOOK_MS);
    if (performance.eventLoopUtilization(before).utilization < BUSY) return;
  }
}

/** A step of work that nobody waits for; afterwards it rests twice as long as the step took, half a second at most. */
export async function atLeisure<T>(step: Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await step;
  await sleep(Math.min(500, 2 * (performance.now() - started)));
  return value;
}
