import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

it('who is on the road sees their own unit and its tasks, and confirms them by form or by API', async () => {
  const key = await city.lage('Unterwegs');
  const { me } = (await city.json('leader', 'GET', `/api/lagen/${key}`)) as { me: { id: string } };
  const body = { callSign: 'HLRW 21-1', organisation: 'thw', strength: '1/2/6//9', memberId: me.id };
  const unit = (await city.json('leader', 'POST', `/api/lagen/${key}/kraefte`, { body })) as { id: string };
  await city.json('leader', 'POST', `/api/lagen/${key}/kraefte`, { body: { callSign: 'Fremd 1', organisation: 'thw', strength: '0/1/2//3' } });
  const task = (await city.json('leader', 'POST', `/api/lagen/${key}/auftraege`, { body: { title: 'Deich sichern', unitId: unit.id } })) as {
    id: string;
    version: number;
  };
  const page = async (): Promise<string> => (await city.call('leader', 'GET', `/lagen/${key}/unterwegs`)).text();
  const before = await page();
  assert.match(
    before,
    new RegExp(
      `action="/lagen/${key}/auftraege/${task.id}/schritte"[^>]*id="entry-step|id="entry-step[^>]*action="/lagen/${key}/auftraege/${task.id}/schritte"`,
    ),
  );
  assert.match(before, /HLRW 21-1: auf Anfahrt|HLRW 21-1/);
  assert.equal(before.includes(`action="/lagen/${key}/kraefte/${unit.id}/schritte"`), true);
  const placed = await city.form('leader', `/lagen/${key}/kraefte/${unit.id}/position`, { 'entry-position-1.position': '53,54 9,97' });
  assert.equal(placed.status, 303);
  const units = (await city.json('leader', 'GET', `/api/lagen/${key}/kraefte`)) as { items: { position: { lon: number; lat: number } | null }[] };
  assert.deepEqual(units.items.map(({ position }) => position && [position.lon, position.lat]).filter(Boolean), [[9.97, 53.54]]);
  const form = await city.form('leader', `/lagen/${key}/auftraege/${task.id}/schritte`, {
    step: 'acknowledge',
    basis: String(task.version),
    about: `task:${task.id}`,
    title: 'x',
  });
  assert.equal(form.status, 303, 'without scripts');
  const sent = { basis: task.version + 1, changeId: '0190a000-0000-7000-8000-0000000000c1', step: { step: 'done' } };
  const done = await city.call('leader', 'POST', `/api/lagen/${key}/auftraege/${task.id}/schritte`, sent);
  assert.equal(done.status, 200, await done.clone().text());
  assert.equal(((await done.json()) as { version: number }).version, task.version + 2, 'the next change can build on it');
  assert.equal((await city.call('leader', 'POST', `/api/lagen/${key}/auftraege/${task.id}/schritte`, sent)).status, 200, 'sent twice it is one');
  assert.equal((await page()).includes(`/auftraege/${task.id}/schritte`), false, 'what is done is no longer to do');
});
