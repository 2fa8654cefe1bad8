import { mkdir, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cityForAWhile, type CityForAWhile } from '../../src/commands/city-for-a-while.ts';

/** Set by `npm test`: a folder of this run, gone when it ends. */
const RUN = process.env['KONTOR_TEST_RUN'];

/** A demo city of its own. A run fills the demo once; every further city of the run begins with a copy. */
export async function filledCity(): Promise<CityForAWhile> {
  if (RUN === undefined) return cityForAWhile();
  const data = join(RUN, 'filled');
  if (await isMine(`${data}.lock`)) await fill(data);
  for (let tries = 0; !existsSync(data); tries++) {
    // Who fills the demo may have failed: then each city fills its own.
    if (tries > 1200 || existsSync(`${data}.failed`)) return cityForAWhile();
    await sleep(100);
  }
  return cityForAWhile({}, data);
}

const isMine = (lock: string): Promise<boolean> =>
  mkdir(lock).then(
    () => true,
    () => false,
  );

async function fill(data: string): Promise<void> {
  const work = `${data}.work`;
  try {
    await mkdir(work);
    const city = await cityForAWhile({ KONTOR_DATA: work });
    await city.filled;
    await city.stop();
    await rename(work, data);
  } catch (error) {
    await mkdir(`${data}.failed`);
    throw error;
  }
}
