import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoTerrain } from '../domain/demo-terrain.ts';
import { inertialFields, LocalInertial } from '../domain/inertial.ts';
import { depthsBelow, tideCells } from '../domain/sources.ts';
import { spillGround, spillLevels } from '../domain/spill.ts';
import { crestsOf } from '../domain/structures.ts';
import { stormTide } from '../domain/tide.ts';
import { openBands, sharedRoom } from './bands.ts';

test('three threads give what one gives, to the last bit, and no water is lost', async () => {
  const { grid, structures } = demoTerrain(96);
  const cells = tideCells(grid, { belowMetres: 0 });
  const crests = crestsOf(grid, structures, { 'tor-nord-1': 'open' }, sharedRoom);
  const start = depthsBelow(grid, spillLevels(spillGround(grid, crests), cells, grid.heights), 2);
  const calculate = async (bands: number): Promise<LocalInertial> => {
    const fields = inertialFields({ ...grid, crests, roughness: 0.035 }, start, sharedRoom);
    const workers = openBands(fields, bands);
    const engine = new LocalInertial(fields, { tide: { cells, levelAt: stormTide(2, 6.5, 1, 0) } }, workers);
    engine.runUntil(2 * 3600);
    await workers.end();
    return engine;
  };
  const [one, three] = [await calculate(1), await calculate(3)];
  assert.equal(three.steps, one.steps);
  assert.deepEqual(three.depths, one.depths);
  const { start: before, throughTide, inside } = one.balance();
  assert.ok(throughTide > 1e6, `${throughTide} m³ came in`);
  assert.ok(Math.abs(before + throughTide - inside) < 1e-9 * inside, 'mass');
  assert.ok(one.depths.every((depth) => depth >= 0));
});
