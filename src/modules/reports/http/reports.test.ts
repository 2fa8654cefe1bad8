import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { lageCity, staffSeen, type LageCity } from '../../../../test/support/lage-city.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { createJournal } from '../../../platform/journal/journal.ts';
import { enterLage } from '../../situation/public.ts';
import { expectOk } from '../../../kernel/result.ts';

let city: LageCity;
let key: string;
before(async () => {
  city = await lageCity();
  key = await city.lage('Sturmflut', { takesPublicReports: true });
  for (const [name, who, n] of [
    ['s2', 'S2', 21],
    ['s4', 'S4', 24],
  ] as const) {
    const staffId = `0190a000-0000-7000-8000-0000000020${n}`;
    await staffSeen(city, staffId, name);
    city.as(name, { kind: 'staff', staffId, roles: ['krisenstab'], authorities: [] });
    await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, { staffId, organisation: 'Feuerwehr', function: who });
  }
});
after(() => city.close());

const api = (path: string): string => `/api/lagen/${key}${path}`;
const HERE = { lon: 9.941, lat: 53.545 };
interface Event {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly credibility: number;
  readonly reports: number;
  readonly items: { readonly id: string; readonly text: string; readonly state: string }[];
  readonly links: { readonly id: string; readonly kind: string; readonly undone: boolean }[];
  readonly contradictions: { readonly id: string }[];
}
const enter = async (text: string, over: object = {}, who = 's2'): Promise<{ reportId: string; eventId: string }> =>
  (await city.json(who, 'POST', api('/meldungen'), { text, ...over })) as never;
const event = async (id: string, who = 's2'): Promise<Event> => (await city.json(who, 'GET', api(`/ereignisse/${id}`))) as never;
const page = async (who: string, path: string): Promise<string> => (await city.call(who, 'GET', `/lagen/${key}/meldungen${path}`)).text();
const receipt = (): string => randomBytes(32).toString('base64url');
const publicly = (fields: Record<string, string>, cookie = 'kontor_meldung=a'): Promise<Response> =>
  city.server.request('/lage/melden', { method: 'POST', headers: { cookie }, body: new URLSearchParams({ receipt: receipt(), ...fields }) as never });

describe('reports of a Lage', () => {
  it('are nothing to who does not belong to it', async () => {
    const { eventId, reportId } = await enter('Baum liegt quer am Spreehafen');
    for (const [method, path, body] of [
      ['GET', '/ereignisse', undefined],
      ['GET', `/ereignisse/${eventId}`, undefined],
      ['GET', '/meldungen', undefined],
      ['GET', '/widersprueche', undefined],
      ['POST', '/meldungen', { text: 'fremd' }],
      ['POST', `/meldungen/${reportId}/beurteilung`, { action: 'confirm' }],
      ['POST', `/ereignisse/${eventId}/zusammenlegung`, { into: '1', reason: 'x' }],
    ] as const) {
      assert.equal((await city.call('stranger', method, api(path), body)).status, 404, path);
      assert.equal((await city.call('officer', method, api(path), body)).status, 403, path);
    }
    assert.equal((await city.call('stranger', 'GET', `/lagen/${key}/meldungen`)).status, 404);
  });

  it('are entered by form, say every mistake and keep what was typed', async () => {
    const wrong = await city.form('s2', `/lagen/${key}/meldungen/neu`, { text: '', sourceName: 'Frau am Telefon', when: '99:99' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /Schreiben Sie die Zeit so[\s\S]*value="Frau am Telefon"/);
    const done = await city.form('s2', `/lagen/${key}/meldungen/neu`, {
      text: 'Feuer in Övelgönne',
      sourceName: 'Frau am Telefon',
      when: '19:30',
      'place.lon': '9,914',
      'place.lat': '53,544',
      metres: '80',
    });
    assert.equal(done.status, 303, await done.clone().text());
    const shown = await (await city.call('s2', 'GET', done.headers.get('location')!)).text();
    assert.match(shown, /Feuer in Övelgönne/);
    assert.match(shown, /± 80 m/);
    assert.match(await page('s2', '?art=fire&alter=1'), /Feuer/);
    assert.doesNotMatch(await page('s2', '?art=gate'), /ereignis\//);
  });

  it('sent twice under one id are one, and a picture in them says nothing of where it was made', async () => {
    const body = { sourceRef: 'x-1', sourceName: 'Leitstelle', picture: Buffer.from(samplePicture()).toString('base64') };
    const [one, two] = [await enter('Bild vom Kai', body), await enter('Bild vom Kai', body)];
    assert.deepEqual(one, two);
    const shown = await page('s2', `/ereignis/${one.eventId}`);
    const href = /href="([^"]*\/bild\/[^"]*)"/.exec(shown)![1]!;
    assert.equal((await city.call('s4', 'GET', href)).headers.get('content-type'), 'image/png');
    assert.equal((await city.call('stranger', 'GET', href)).status, 404);
    assert.equal((await city.call('s2', 'POST', api('/meldungen'), { text: 'x', picture: Buffer.from('kein Bild').toString('base64') })).status, 422);
  });

  it('are together by a rule, taken apart and put together by people, and nothing is lost', async () => {
    const a = await enter('Sickerwasser am Deichfuß am Ellerholzweg', { sourceName: 'Deichwacht 1', place: { lon: 9.955, lat: 53.522 } });
    const b = await enter('Am Ellerholzweg rutscht der Deich, Wasser kommt durch', { sourceName: 'Deichwacht 2', place: { lon: 9.9552, lat: 53.522 } });
    assert.equal(a.eventId, b.eventId);
    const { links } = await event(a.eventId);
    const undone = await city.json('s2', 'POST', api(`/verknuepfungen/${links[0]!.id}/aufhebung`), { reason: 'andere Stelle' });
    assert.equal((await event(a.eventId)).reports, 1);
    assert.equal((await event(String(undone['eventId']))).items[0]!.id, b.reportId);
    assert.equal((await city.call('s2', 'POST', api(`/verknuepfungen/${links[0]!.id}/aufhebung`), { reason: 'noch einmal' })).status, 409);
    const { number } = await event(a.eventId);
    const merged = await city.json('s2', 'POST', api(`/ereignisse/${String(undone['eventId'])}/zusammenlegung`), {
      into: String(number),
      reason: 'doch dieselbe',
    });
    assert.equal((await event(a.eventId)).reports, 2);
    assert.equal((await city.call('s2', 'POST', api(`/ereignisse/${String(undone['eventId'])}/tagebuch`), {})).status, 404, 'an emptied event');
    await city.json('s2', 'POST', api(`/verknuepfungen/${String(merged['linkId'])}/aufhebung`), { reason: 'nein' });
    assert.equal((await event(a.eventId)).reports, 1);
    assert.equal((await city.call('s2', 'POST', api(`/ereignisse/${a.eventId}/zusammenlegung`), { into: '999', reason: 'x' })).status, 422);
    assert.match(await page('s2', `/ereignis/${a.eventId}`), /Text, Ort, Zeit und Art passen[\s\S]*aufgehoben/);
  });

  it('are judged with a reason; 1 needs independent sources', async () => {
    const a = await enter('Fluttor am Sandtorkai ist offen', { sourceName: 'Polder 3', place: HERE });
    const assess = (body: object, who = 's2'): Promise<Response> => city.call(who, 'POST', api(`/meldungen/${a.reportId}/beurteilung`), body);
    assert.equal((await assess({ action: 'refuse' })).status, 422, 'no reason');
    assert.equal((await assess({ action: 'confirm' }, 's4')).status, 403);
    const one = await assess({ action: 'grade', credibility: 1, reason: 'gesehen' });
    assert.equal(one.status, 422);
    assert.match(await one.text(), /unabhängigen Quellen/);
    await enter('Tor am Sandtorkai steht offen, Wasser läuft ein', { sourceName: 'Polizei', place: HERE });
    assert.equal((await assess({ action: 'grade', credibility: 1, reliability: 'A', reason: 'zwei haben es gesehen' })).status, 200);
    assert.equal((await event(a.eventId)).credibility, 1);
    const refused = await city.form('s2', `/lagen/${key}/meldungen/meldung/${a.reportId}/beurteilen`, { action: 'refuse', [`grund-${a.reportId}`]: '' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Nennen Sie den Grund/);
    assert.equal((await assess({ action: 'refuse', reason: 'falsches Tor' })).status, 200);
    assert.equal((await event(a.eventId)).credibility, 3, 'what is refused no longer counts');
    assert.equal((await assess({ action: 'reopen', reason: 'doch nicht' })).status, 200);
  });

  it('that contradict each other are resolved by a person with a reason', async () => {
    await enter('Tor 9 am Reiherstieg ist offen', { sourceName: 'Polder 9', place: { lon: 9.977, lat: 53.517 } });
    const b = await enter('Tor 9 am Reiherstieg ist geschlossen', { sourceName: 'Sensor 9', place: { lon: 9.977, lat: 53.517 } });
    const [found] = (await event(b.eventId)).contradictions;
    assert.match(await page('s2', '/widersprueche'), /offen[\s\S]*geschlossen/);
    const path = `/lagen/${key}/meldungen/widersprueche/${found!.id}`;
    assert.equal((await city.form('s2', path, { [`gilt-${found!.id}`]: 'b' })).status, 422);
    assert.equal((await city.form('s2', path, { [`gilt-${found!.id}`]: 'b', [`grund-${found!.id}`]: 'vor Ort gesehen' })).status, 303);
    assert.equal((await city.form('s2', path, { [`gilt-${found!.id}`]: 'a', [`grund-${found!.id}`]: 'x' })).status, 409);
    assert.match(await page('s2', '/widersprueche?stand=aufgeloest'), /vor Ort gesehen/);
  });

  it('go into the log with how sure they are', async () => {
    const { eventId } = await enter('Schute treibt am Moldauhafen, losgerissen', { sourceName: 'WSP 2' });
    const { number } = await city.json('s4', 'POST', api(`/ereignisse/${eventId}/tagebuch`), { remark: 'Schlepper angefordert.' });
    assert.ok(Number(number) > 0);
    const { lage } = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
    const entries = await createJournal().readStream(city.ctx.database.read, `lage:${lage.id}`);
    assert.doesNotMatch(JSON.stringify(entries), /Schute|WSP|Schlepper|Fischmarkt/, 'words are not in the journal');
    assert.ok(entries.some(({ kind }) => kind === 'reports.logged'));
  });
});

describe('the public’s reports', () => {
  it('are taken without an account, seen by S2 and who leads only, until somebody has looked', async () => {
    const form = await (await city.call('nobody', 'GET', '/lage/melden')).text();
    assert.match(form, /112/);
    assert.match(form, /name="receipt" value="[\w-]{43}"/);
    const sent = await publicly({ text: 'Wasser läuft am Fischmarkt in die Keller', 'place.lon': '9.941', 'place.lat': '53.545' });
    assert.equal(sent.headers.get('location'), '/lage/melden/danke');
    assert.doesNotMatch(await (await city.call('nobody', 'GET', '/lage/melden/danke')).text(), /Fischmarkt/);
    const objects = async (who: string): Promise<{ id: string; facts: { text?: string } }[]> =>
      ((await city.json(who, 'GET', api('/objects?kinds=report')))['items'] as { id: string; facts: { text?: string } }[]).filter(
        ({ facts }) => facts.text?.includes('Fischmarkt') === true,
      );
    const [seen] = await objects('s2');
    assert.ok(seen !== undefined);
    assert.deepEqual(await objects('s4'), []);
    const id = seen.id.replace('report:', '').replace('-neu', '');
    assert.equal((await city.call('s4', 'GET', api(`/ereignisse/${id}`))).status, 404);
    assert.doesNotMatch(await page('s4', ''), new RegExp(id));
    assert.equal((await city.call('s2', 'POST', api(`/ereignisse/${id}/beurteilung`), { action: 'confirm' })).status, 200);
    assert.equal((await objects('s4')).length, 1);
    assert.equal((await objects('s2')).length, 1);
  });

  it('sent twice are one; the trap and a broken form are told, what was typed stays', async () => {
    const twice = { receipt: receipt(), text: 'Ein Ast liegt in der Köhlbrandstraße' };
    for (const _ of [1, 2]) assert.equal((await publicly(twice)).status, 303);
    const trapped = await publicly({ text: 'Kaufen Sie', website: 'http://example.org' });
    assert.equal(trapped.status, 422);
    const broken = await publicly({ text: 'Ohne Beleg', receipt: 'x' });
    assert.equal(broken.status, 422);
    assert.match(await broken.text(), /Ohne Beleg/);
    const found = (await city.json('s2', 'GET', api('/meldungen?limit=200')))['items'] as { text: string }[];
    assert.equal(found.filter(({ text }) => text.includes('Ein Ast')).length, 1);
  });

  it('of one device are counted from the sixth on', async () => {
    for (let n = 0; n < 9; n++) assert.equal((await publicly({ text: `Ich melde zum ${n}. Mal etwas anderes` }, 'kontor_meldung=laut')).status, 303);
    const found = ((await city.json('s2', 'GET', api('/meldungen?limit=200')))['items'] as { text: string; collapsed: number }[]).filter(({ text }) =>
      text.startsWith('Ich melde'),
    );
    assert.deepEqual([found.length, found.reduce((sum, { collapsed }) => sum + collapsed, 0)], [5, 4]);
  });

  it('are not taken where no Lage takes them', async () => {
    await city.json('leader', 'PUT', api('/oeffentliche-meldungen'), { taken: false });
    const closed = await publicly({ text: 'Zu spät' });
    assert.equal(closed.status, 409);
    assert.match(await closed.text(), /112[\s\S]*Zu spät/);
    assert.equal((await city.call('nobody', 'POST', '/api/lage/melden', { text: 'Zu spät' })).status, 409);
  });
});
