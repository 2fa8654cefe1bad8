import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { legalDay } from '../kernel/time.ts';
import { loadServices } from '../modules/catalogue/public.ts';
import { walkOwnMotion } from './walk-own-motion.ts';

it('BauGB: a plan from the resolution to the promulgated norm, with both rounds and every statement weighed', async () => {
  const services = await loadServices(join(import.meta.dirname, '../../services'), legalDay(Temporal.Now.instant()));
  const said: string[] = [];
  assert.equal(await walkOwnMotion(services.packages.get('bebauungsplan')!, (line) => void said.push(line)), 0, said.join('\n'));
  assert.equal(said.filter((line) => line.includes('vorher versucht, mit Grund abgelehnt')).length, 2);
  assert.ok(said.some((line) => line.includes('7 von 7 Schritten getan')));
});
