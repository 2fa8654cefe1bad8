import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cotXml, type CotWords } from '../../../commands/cot-words.ts';
import { deviceSeen, lageCity, type LageCity } from '../../../../test/support/lage-city.ts';

const [GPS, RADAR] = ['0190a000-0000-7000-8000-00000000d001', '0190a000-0000-7000-8000-00000000d002'];

let city: LageCity;
before(async () => {
  city = await lageCity();
  await deviceSeen(city, 'device', { deviceId: GPS, name: 'GPS 1' });
  await deviceSeen(city, 'other', { deviceId: RADAR, name: 'Radar Süd' });
});
after(() => city.close());

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z').epochMilliseconds;
const unit = (over: Partial<CotWords> = {}): CotWords => ({
  ...{ uid: 'ANDROID-1', type: 'a-f-G-U-C', timeMs: AT, lat: 53.54, lon: 9.97, ceMetres: 8, callsign: 'HLRW 21-1' },
  ...over,
});
const clockAt = (seconds: number): void => city.setClock(Temporal.Instant.fromEpochMilliseconds(AT + seconds * 1000));

const send = async (who: string, key: string, path: string, body: string): Promise<Record<string, unknown>> => {
  const answer = await city.server.request(`/api/lagen/${key}/${path}`, { method: 'POST', headers: { cookie: `kontor_session=${who}` }, body });
  return { status: answer.status, ...((await answer.json()) as object) };
};
const picture = async (key: string) =>
  (await city.json('leader', 'GET', `/api/lagen/${key}/objects`))['items'] as { readonly geometry: { readonly coordinates: unknown } | null }[];

describe('a device', () => {
  it('brings something only into a Lage whose staff has admitted it, and no more once it is switched off', async () => {
    clockAt(0);
    const key = await city.lage('Zugelassen');
    for (const path of ['cot', 'cap', 'mail']) assert.equal((await send('device', key, path, cotXml(unit())))['status'], 404, path);
    const report = { text: 'Wasser', sourceName: 'Gerät', eventAt: '2026-11-28T18:59:00Z' };
    assert.equal((await city.call('device', 'POST', `/api/lagen/${key}/meldungen`, report)).status, 404);
    const unknown = { kind: 'device', name: 'Was', device: '0190a000-0000-7000-8000-00000000dfff' };
    assert.equal((await city.call('leader', 'POST', `/api/lagen/${key}/quellen`, unknown)).status, 422);
    const declared = await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'device', name: 'GPS', device: GPS });
    assert.equal((await send('device', key, 'cot', cotXml(unit())))['status'], 200);
    assert.equal((await send('other', key, 'cot', cotXml(unit())))['status'], 404);
    await city.json('leader', 'PUT', `/api/lagen/${key}/quellen/${String(declared['id'])}`, { active: false });
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 1000 }))))['status'], 404);
    await city.json('leader', 'PUT', `/api/lagen/${key}/quellen/${String(declared['id'])}`, { active: true });
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 2000 }))))['taken'], 1);
  });

  it('neither moves nor ends what another source has brought, whatever uid it names', async () => {
    clockAt(0);
    const key = await city.lage('Zwei Quellen');
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'device', name: 'GPS', device: GPS });
    await city.json('leader', 'POST', `/api/lagen/${key}/quellen`, { kind: 'device', name: 'Radar', device: RADAR });
    await send('device', key, 'cot', cotXml(unit()));
    clockAt(10);
    await send('other', key, 'cot', cotXml(unit({ timeMs: AT + 9000, lat: 53.5405 })));
    await send('other', key, 'cot', cotXml(unit({ uid: 'del', type: 't-x-d-d', timeMs: AT + 9500, linkUid: 'ANDROID-1' })));
    const shown = await picture(key);
    assert.deepEqual(
      shown.map(({ geometry }) => geometry?.coordinates),
      [[9.97, 53.54]],
    );
    assert.equal((await send('device', key, 'cot', cotXml(unit({ timeMs: AT + 9000, lat: 53.5401 }))))['taken'], 1, 'its own time goes on');
  });
});
