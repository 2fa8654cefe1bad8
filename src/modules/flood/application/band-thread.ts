import { workerData } from 'node:worker_threads';
import { bandEnd, DONE, meet, type BandOrder } from './bands.ts';
import { depthRows, flowRows } from '../domain/inertial-step.ts';

/** Calculates the rows of one band, step after step, as whoever made it says. */
const { fields, control, numbers, band, bands } = workerData as BandOrder;
const from = bandEnd(fields.rows, bands, band - 1);
const to = bandEnd(fields.rows, bands, band);
for (;;) {
  meet(control, bands);
  if (Atomics.load(control, DONE) === 1) break;
  const turn = numbers[1]!;
  flowRows(fields, from, to, numbers[0]!, turn);
  meet(control, bands);
  numbers[2 + band] = depthRows(fields, from, to, numbers[0]!, turn);
  meet(control, bands);
}
