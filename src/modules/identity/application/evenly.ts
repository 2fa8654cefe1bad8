import { setTimeout as pause } from 'node:timers/promises';

/** Longer than the slowest way through registration or a reset takes on an idle machine (milliseconds). */
const FLOOR_MILLISECONDS = 250;

/** Answers no earlier than the floor, so that the time does not tell which way was taken. */
export async function evenly<T>(work: () => Promise<T>, floor: number = FLOOR_MILLISECONDS): Promise<T> {
  const [value] = await Promise.all([work(), pause(floor)]);
  return value;
}
