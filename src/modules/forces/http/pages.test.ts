import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

const FLORIAN = { callSign: 'Florian 9', organisation: 'feuerwehr', strength: '1/2/6//9' };
async function made(title: string): Promise<{ key: string; at: string }> {
  const key = await city.lage(title);
  const answer = await city.form('leader', `/lagen/${key}/kraefte/neu`, FLORIAN);
  assert.equal(answer.status, 303);
  return { key, at: answer.headers.get('location')! };
}

it('a form makes a unit; list, overview and CSV show it', async () => {
  const { key } = await made('Formular');
  const list = await (await city.call('leader', 'GET', `/lagen/${key}/kraefte`)).text();
  assert.match(list, /Florian 9/);
  assert.match(list, /Stärke: 1\/2\/6\/\/9/);
  assert.match(await (await city.call('leader', 'GET', `/lagen/${key}/kraefte/csv`)).text(), /1;bereit;.*Florian 9/);
});

it('what is wrong stands at its field, and what was typed stays', async () => {
  const key = await city.lage('Falsch');
  const answer = await city.form('leader', `/lagen/${key}/kraefte/neu`, { ...FLORIAN, strength: '1/2/6//8', reliefAt: 'morgen' });
  assert.equal(answer.status, 422);
  const text = await answer.text();
  assert.match(text, /value="morgen"/);
  assert.match(text, /sind 9, nicht 8/);
});

it('who saves over somebody else sees both, and loses nothing', async () => {
  const { at } = await made('Beide');
  assert.equal((await city.form('leader', at, { ...FLORIAN, contact: 'Kanal 412', basis: '1' })).status, 303);
  const late = await city.form('leader', at, { ...FLORIAN, contact: 'Kanal 7', basis: '1' });
  assert.equal(late.status, 409);
  const text = await late.text();
  assert.match(text, /value="Kanal 7"/);
  assert.match(text, /Kanal 412/);
  assert.match(text, /name="basis" value="2"/);
});

it('buttons of a unit set its status and place it, and each kind has its pages', async () => {
  const { key, at } = await made('Knöpfe');
  assert.equal((await city.form('leader', `${at}/schritte`, { basis: '1', step: 'status', status: 'einsatz' })).status, 303);
  assert.equal((await city.form('leader', `${at}/position`, { position: '53.51, 9.98' })).status, 303);
  assert.equal((await city.form('leader', `${at}/position`, { position: 'hier' })).status, 422);
  assert.match(await (await city.call('leader', 'GET', at)).text(), /im Einsatz/);
  for (const [path, fields, step] of [
    ['auftraege', { title: 'Tor 7', priority: 'sofort', deadline: '28.11.2026 19:00' }, { step: 'acknowledge' }],
    ['anforderungen', { what: 'Pumpen', quantity: '4' }, { step: 'fulfil', quantity: '4', unitIds: at.split('/').at(-1)! }],
    ['unterkuenfte', { name: 'Schule', capacity: '20', pets: 'ja' }, { step: 'count', count: '3' }],
    ['material', { name: 'Sandsäcke', unitOfCount: 'Stück', stock: '500' }, { step: 'move', change: '-20', reason: 'Deich' }],
  ] as [string, Record<string, string>, Record<string, string>][]) {
    const one = await city.form('leader', `/lagen/${key}/${path}/neu`, fields);
    assert.equal(one.status, 303, path);
    const where = one.headers.get('location')!;
    assert.equal((await city.form('leader', `${where}/schritte`, { basis: '1', ...step })).status, 303, path);
    assert.equal((await city.call('leader', 'GET', where)).status, 200);
    assert.equal((await city.call('leader', 'GET', `/lagen/${key}/${path}`)).status, 200);
  }
  assert.match(await (await city.call('leader', 'GET', `/lagen/${key}/auftraege`)).text(), /überfällig/);
});
