import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cotXml } from '../../../commands/cot-words.ts';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { feedsOn } from '../../../lage.ts';
import { readCot } from '../domain/cot-frames.ts';
import type { Source } from '../domain/source.ts';
import type { FeedsContext } from './context.ts';
import { CotIntake } from './cot-intake.ts';
import { declareSource } from './sources.ts';

let city: LageCity;
let ctx: FeedsContext;
before(async () => {
  city = await lageCity();
  ctx = { ...feedsOn(city.city.ctx, { outboundHosts: [], rateLimit: 1 }), clock: city.ctx.clock };
});
after(() => city.close());

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z').epochMilliseconds;

async function declared(title: string): Promise<Source> {
  const made = await declareSource(ctx, city.leader, await city.lage(title), { kind: 'cot', name: 'Funk', certificate: '*' });
  assert.ok(made.ok);
  return made.value;
}

describe('what takes CoT', () => {
  it('has room for new movers again when others have ended', async () => {
    const source = await declared('Platz');
    const intake = new CotIntake(ctx, { moving: 2 });
    const keep = async (second: number, uid: string, over: object = {}): Promise<string> => {
      const timeMs = AT + second * 1000;
      city.setClock(Temporal.Instant.fromEpochMilliseconds(timeMs));
      const [message] = readCot(Buffer.from(cotXml({ uid, type: 'a-f-G', timeMs, lat: 53.54, lon: 9.97, ceMetres: 5, ...over })));
      return (await intake.keep(source.lageId, [{ source, message: message! }]))[0]!;
    };
    assert.deepEqual([await keep(0, 'A'), await keep(1, 'B'), await keep(2, 'C')], ['taken', 'taken', 'refused']);
    assert.equal(await keep(3, 'A', { type: 't-x-d-d', linkUid: 'A' }), 'taken');
    assert.equal(await keep(70, 'C'), 'taken');
    assert.equal(await keep(71, 'D'), 'refused');
    // a day later the others have been silent for a day
    assert.equal(await keep(90_000, 'D'), 'taken');
    await intake.close();
  });

  it('keeps no desk for a Lage from which nothing comes any more', async () => {
    const source = await declared('Schreibtisch');
    const intake = new CotIntake(ctx, { keptMs: 20 });
    const timeMs = city.ctx.clock().epochMilliseconds;
    const [message] = readCot(Buffer.from(cotXml({ uid: 'A', type: 'a-f-G', timeMs, lat: 53.54, lon: 9.97, ceMetres: 5 })));
    await intake.keep(source.lageId, [{ source, message: message! }]);
    assert.equal(intake.desks, 1);
    for (let tries = 0; tries < 100 && intake.desks > 0; tries++) await sleep(20);
    assert.equal(intake.desks, 0);
    await intake.close();
  });
});
