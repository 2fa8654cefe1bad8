import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { cotXml } from '../../../commands/cot-words.ts';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { verifyJournal } from '../../../platform/journal/journal.ts';
import { forgetPositions } from './forget.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z');
const events = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from feeds.event`.execute(city.ctx.database.read)).rows[0]!.n;

async function fed(title: string): Promise<string> {
  const key = await city.lage(title);
  const timeMs = city.ctx.clock().epochMilliseconds;
  const body = Array.from({ length: 5 }, (_, n) => cotXml({ uid: `u${n}`, type: 'a-f-G', timeMs, lat: 53.54, lon: 9.97, ceMetres: 5 })).join('');
  const sent = await city.server.request(`/api/lagen/${key}/cot`, { method: 'POST', headers: { cookie: 'kontor_session=leader' }, body });
  assert.equal(sent.status, 200);
  return key;
}

it('Art. 5 Abs. 1 Buchst. e DSGVO: single positions go a year after a Lage has ended, those of open ones stay; the journal says so and stays whole', async () => {
  city.setClock(AT);
  const [ended] = [await fed('Vorbei'), await fed('Dauert an')];
  await city.json('leader', 'POST', `/api/lagen/${ended}/ende`, { because: 'Das Wasser ist weg.' });
  city.setClock(AT.add({ hours: 24 * 365 }));
  assert.equal(await forgetPositions(city.ctx, 2), 0);
  city.setClock(AT.add({ hours: 24 * 366 + 1 }));
  assert.equal(await forgetPositions(city.ctx, 2), 5);
  assert.equal(await events(), 5);
  assert.equal(await forgetPositions(city.ctx, 2), 0, 'once');
  const { rows } = await sql<{ payload: string }>`select payload from platform.journal where kind = 'feeds.positions-forgotten'`.execute(
    city.ctx.database.read,
  );
  assert.deepEqual(
    rows.map(({ payload }) => payload),
    ['{"events":5}'],
  );
  assert.equal((await verifyJournal(city.ctx.database.read)).broken, undefined);
});
