import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJournal } from '../../../platform/journal/journal.ts';
import { listen } from '../../../platform/http/listen.ts';
import { contributionsCity, DISPLAY, FACTS, type ContributionsCity } from '../../../../test/support/contributions-city.ts';
import { as, type TestActor } from '../../../../test/support/test-server.ts';
import { displayPart, participationCards } from '../public.ts';
import { streamOf } from '../application/journal.ts';

const API = '/api/contributions';

describe('the desk of the authority', () => {
  let city: ContributionsCity;
  let key = '';
  let count = 0;
  before(async () => {
    city = await contributionsCity();
  });
  after(() => city.close());
  beforeEach(() => {
    key = `amt-${(count += 1)}`;
  });

  const post = (path: string, body: object, who?: TestActor, method = 'POST'): Promise<Response> =>
    city.server.request(path, { method, headers: { 'content-type': 'application/json', ...(who === undefined ? {} : as(who)) }, body: JSON.stringify(body) });
  const form = (path: string, fields: Record<string, string>, who: TestActor): Promise<Response> =>
    city.server.request(path, { method: 'POST', headers: as(who), body: new URLSearchParams(fields) });
  const page = async (path: string, who?: TestActor): Promise<string> =>
    (await city.server.request(path, { headers: who === undefined ? {} : as(who) })).text();
  const write = async (title: string): Promise<{ id: string; number: number }> =>
    (await (
      await post(`${API}/participations/${key}/contributions`, { category: 'gruen', title, text: 'Text.', points: [{ lon: 9.95, lat: 53.55 }] })
    ).json()) as never;
  const moderate = (id: string, command: object, who: TestActor = 'sachbearbeitung'): Promise<Response> => post(`${API}/${id}/moderation`, command, who);
  const published = async (title: string) => {
    const one = await write(title);
    assert.equal((await moderate(one.id, { action: 'publish' })).status, 200);
    return one;
  };

  it('makes a participation by form, tells every mistake, and changes it', async () => {
    const fields = {
      title: 'Der Alte Markt',
      text: 'Was fehlt dort?',
      categories: 'Verkehr\nGrün\n',
      startsOn: '24.11.2026',
      endsOn: '24.12.2026',
      moderation: 'after',
      authority: 'bezirk-altona',
      district: 'altona',
    };
    const wrong = await form('/amt/beteiligung/neu', { ...fields, startsOn: '32.13.2026' }, 'leitung');
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /Schreiben Sie den Tag so[\s\S]*32\.13\.2026/);
    const made = await form('/amt/beteiligung/neu', fields, 'leitung');
    assert.equal(made.headers.get('location'), '/amt/beteiligung/der-alte-markt');
    const twice = await form('/amt/beteiligung/neu', fields, 'leitung');
    assert.equal(twice.status, 422);
    assert.match(await twice.text(), /Kurzadresse ist vergeben/);
    const corners = await form('/amt/beteiligung/neu', { ...fields, key: 'ecken', district: '', corners: '9.9, 53.5\n9.95 53.5\nNorden' }, 'leitung');
    assert.match(await corners.text(), /Länge, Breite/);
    assert.match(await page('/amt/beteiligung/der-alte-markt/bearbeiten', 'leitung'), /value="24\.12\.2026"/);
    const changed = await form('/amt/beteiligung/der-alte-markt/bearbeiten', { ...fields, district: '', title: 'Der Neue Markt' }, 'leitung');
    assert.equal(changed.status, 303, await changed.text());
    assert.match(await page('/beteiligung/der-alte-markt'), /Der Neue Markt/);
    assert.match(await page('/amt/beteiligung', 'leitung'), /Der Neue Markt/);
  });

  it('is closed to people, to other authorities and, for writing, to the Revision', async () => {
    await city.make({ key });
    const { id } = await write('Fremd');
    for (const [who, path, status] of [
      [undefined, `/amt/beteiligung/${key}`, 303],
      ['citizen', `/amt/beteiligung/${key}`, 403],
      ['administration', `/amt/beteiligung/${key}`, 403],
      ['revision', `/amt/beteiligung/${key}`, 200],
      ['revision', `/amt/beteiligung/${key}/auswertung`, 200],
      ['sachbearbeitung', `/amt/beteiligung/${key}`, 200],
    ] as const)
      assert.equal((await city.server.request(path, { headers: who === undefined ? {} : as(who) })).status, status, `${who} ${path}`);
    assert.equal((await moderate(id, { action: 'publish' }, 'revision')).status, 403);
    await city.ctx.database.write(async (tx) => {
      const { sql } = await import('kysely');
      await sql`update contributions.participation set authority = 'bezirk-mitte' where key = ${key}`.execute(tx);
    });
    assert.equal((await moderate(id, { action: 'publish' })).status, 403);
    assert.equal((await city.server.request(`/amt/beteiligung/${key}`, { headers: as('leitung') })).status, 403);
    assert.equal((await city.server.request(`${API}/participations/${key}/queue`, { headers: as('leitung') })).status, 403);
    assert.doesNotMatch(await page('/amt/beteiligung', 'leitung'), new RegExp(`/${key}"`));
    const foreign = { ...FACTS, key: `${key}-x`, startsOn: '2026-11-24', endsOn: '2026-11-30', authority: 'bezirk-mitte' };
    assert.equal((await post(`${API}/participations`, foreign, 'leitung')).status, 403);
  });

  it('a display has one participation, and only one that is there', async () => {
    await city.make({ key, displayId: DISPLAY });
    const facts = { ...FACTS, key: `${key}-zwei`, startsOn: '2026-11-24', endsOn: '2026-11-30' };
    const second = await post(`${API}/participations`, { ...facts, displayId: DISPLAY }, 'leitung');
    assert.match(await second.text(), /Zu dieser Auslegung gibt es schon/);
    assert.match(
      await (await post(`${API}/participations`, { ...facts, displayId: '0190a000-0000-7000-8000-0000000000ff' }, 'leitung')).text(),
      /gibt es nicht/,
    );
    assert.equal((await post(`${API}/participations`, facts, 'leitung')).status, 201);
    assert.match(await (await post(`${API}/participations/${facts.key}`, { ...facts, displayId: DISPLAY }, 'leitung', 'PUT')).text(), /gibt es schon/);
    assert.match(String(await displayPart(city.ctx, DISPLAY, 'de')), new RegExp(`/beteiligung/${key}"`));
    assert.match(String(await participationCards(city.ctx, 'leicht', 'running')), /Jetzt mitmachen/);
    assert.equal(await participationCards(city.ctx, 'de', 'past'), undefined);
    const now = city.clock.now();
    city.clock.advance({ days: 60 });
    assert.equal(await participationCards(city.ctx, 'de', 'running'), undefined);
    assert.match(String(await participationCards(city.ctx, 'de', 'past')), new RegExp(`/beteiligung/${key}"[\\s\\S]*Beendet`));
    city.clock.set(now);
    assert.equal(await displayPart(city.ctx, 'kein uuid', 'de'), undefined);
  });

  it('refuses at the row what does not go, with what was typed, and offers only what goes', async () => {
    await city.make({ key });
    const { id, number } = await write('Zeile');
    const desk = await page(`/amt/beteiligung/${key}`, 'leitung');
    assert.match(desk, /value="publish"/);
    assert.doesNotMatch(desk, /value="answer"/);
    const merged = await form(`/amt/beteiligung/${key}/beitrag/${id}`, { action: 'merge', into: '77', ansicht: 'offen' }, 'leitung');
    assert.equal(merged.status, 422);
    const text = await merged.text();
    assert.match(text, /Diesen Beitrag gibt es hier nicht/);
    assert.match(text, /name="into"[^>]*value="77"/);
    assert.equal((await form(`/amt/beteiligung/${key}/beitrag/${id}`, { action: 'hide' }, 'leitung')).status, 422, 'no reason');
    const gone = await form(`/amt/beteiligung/${key}/beitrag/${id}`, { action: 'publish', ansicht: 'offen' }, 'leitung');
    assert.equal(gone.headers.get('location'), `/amt/beteiligung/${key}?ansicht=offen`);
    assert.equal((await moderate(id, { action: 'publish' })).status, 409);
    assert.match(await page(`/amt/beteiligung/${key}`, 'leitung'), /nichts zu tun/);
    assert.match(await page(`/amt/beteiligung/${key}?ansicht=veroeffentlicht`, 'leitung'), new RegExp(`id="b-${number}"`));
  });

  it('merges duplicates: supporters once, comments with them, the old number leads on', async () => {
    await city.make({ key });
    const [kept, twin] = [await published('Ampel'), await published('Eine Ampel bitte')];
    for (const who of ['citizen', 'otherCitizen'] as const) await post(`${API}/${kept.id}/support`, {}, who);
    await post(`${API}/${twin.id}/support`, {}, 'citizen');
    await post(`${API}/${twin.id}/support`, {});
    await post(`${API}/${twin.id}/comments`, { text: 'Genau.' });
    // two officers at once, each way round: one is refused, nobody waits for ever
    const both = await Promise.all([moderate(twin.id, { action: 'merge', into: kept.number }), moderate(kept.id, { action: 'merge', into: twin.number })]);
    assert.equal(both.filter(({ status }) => status === 200).length, 1);
    const [into, from] = both[0].status === 200 ? [kept, twin] : [twin, kept];
    const one = (await (await city.server.request(`${API}/${into.id}`)).json()) as { support: number };
    assert.equal(one.support, 3);
    assert.equal(
      (await city.server.request(`/beteiligung/${key}/beitrag/${from.number}`)).headers.get('location'),
      `/beteiligung/${key}/beitrag/${into.number}`,
    );
    await city.jobs.drain();
    assert.deepEqual([city.collected.has(into.id), city.collected.has(from.id)], [true, false]);
  });

  it('leads on from what was merged first, also after several merges', async () => {
    await city.make({ key });
    const [first, second, third] = [await published('Eins'), await published('Zwei'), await published('Drei')];
    for (const [from, into] of [
      [first, second],
      [second, third],
    ] as const)
      assert.equal((await moderate(from.id, { action: 'merge', into: into.number })).status, 200);
    for (const { number } of [first, second])
      assert.equal((await city.server.request(`/beteiligung/${key}/beitrag/${number}`)).headers.get('location'), `/beteiligung/${key}/beitrag/${third.number}`);
  });

  it('hides and publishes again: the open data follow each time', async () => {
    await city.make({ key });
    const { id } = await published('Hin und her');
    for (const [command, there] of [
      [{ action: 'hide', because: 'werbung' }, false],
      [{ action: 'publish' }, true],
    ] as const) {
      assert.equal((await moderate(id, command)).status, 200);
      await city.jobs.drain();
      assert.equal(city.collected.has(id), there);
      assert.equal((await city.server.request(`${API}/${id}`)).status, there ? 200 : 404);
    }
  });

  it('evaluates in figures, CSV, GeoJSON and PDF, without persons and without what is not public', async () => {
    await city.make({ key });
    const one = await published('Bäume, viele');
    await post(`${API}/${one.id}/support`, {}, 'citizen');
    await moderate(one.id, { action: 'answer', text: 'Wir prüfen das.' });
    const hidden = await published('Geheim');
    await moderate(hidden.id, { action: 'hide', because: 'personen' });
    await write('Wartet noch');
    const base = `/amt/beteiligung/${key}/auswertung`;
    const figures = (await (await city.server.request(`${API}/participations/${key}/evaluation`, { headers: as('revision') })).json()) as {
      total: object;
      states: object;
      districts: object[];
    };
    assert.deepEqual(figures.total, { contributions: 1, support: 1, comments: 0, answered: 1 });
    assert.deepEqual(figures.states, { waiting: 1, published: 1, hidden: 1, merged: 0, deleted: 0 });
    assert.deepEqual(figures.districts, [{ name: 'Altona', contributions: 1, support: 1, comments: 0 }]);
    assert.match(await page(base, 'leitung'), /Am meisten unterstützt/);
    const csv = await page(`${base}/tabelle.csv`, 'leitung');
    assert.match(csv, /1;Grün;Bäume, viele;Text\.;Altona;9\.95;53\.55;1;0;2026-11-24;Wir prüfen das\./);
    const geojson = JSON.parse(await page(`${base}/karte.geojson`, 'leitung')) as { features: { properties: { title: string } }[] };
    assert.deepEqual(
      geojson.features.map(({ properties }) => properties.title),
      ['Bäume, viele'],
    );
    const pdf = await city.server.request(`${base}/bericht.pdf`, { headers: as('leitung') });
    const bytes = Buffer.from(await pdf.arrayBuffer());
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
    for (const text of [csv, JSON.stringify(geojson), JSON.stringify(figures)])
      assert.doesNotMatch(text, /Geheim|Wartet noch|0190a000-0000-7000-8000-00000000000/);
  });

  it('tells live that something became public, not what, and of no other participation', async () => {
    await city.make({ key });
    const stopping = new AbortController();
    const listener = await listen(city.server.fetch, { host: '127.0.0.1', port: 0 });
    try {
      const heard: string[] = [];
      const response = await new Promise<IncomingMessage>((resolve, reject) =>
        get(`http://127.0.0.1:${listener.port}/beteiligung/${key}/live`, { agent: false }, resolve).on('error', reject),
      );
      response.setEncoding('utf8').on('data', (text: string) => void heard.push(text));
      response.on('error', () => {});
      const { id } = await write('Live');
      const events = (): string[] => heard.join('').match(/^data: .*$/gm) ?? [];
      await moderate(id, { action: 'publish' });
      await post(`${API}/${id}/support`, {}, 'citizen');
      for (let tries = 0; events().length < 2 && tries < 500; tries += 1) await sleep(10);
      const other = `${key}-anders`;
      await city.make({ key: other });
      assert.deepEqual(events(), ['data: {}', 'data: {}'], 'received is nobody’s news');
      response.destroy();
    } finally {
      stopping.abort();
      await listener.close(500);
    }
  });

  it('is journalled under the officer’s name, with codes and hashes instead of words', async () => {
    await city.make({ key });
    const { id } = await published('Wort');
    await moderate(id, { action: 'hide', because: 'thema', note: 'Vertraulich gesagt' }, 'leitung');
    const { sql } = await import('kysely');
    const found = await sql<{ id: string }>`select id from contributions.participation where key = ${key}`.execute(city.database.read);
    const entries = await createJournal().readStream(city.database.read, streamOf(found.rows[0]!.id));
    assert.deepEqual(
      entries.map(({ kind }) => kind.replace('contributions.', '')),
      ['participation-made', 'received', 'published', 'hidden'],
    );
    assert.match(entries[3]!.actor, /^staff:/);
    assert.equal(entries[1]!.actor, 'anonymous');
    assert.equal(entries[3]!.payload['because'], 'thema');
    assert.match(String(entries[3]!.payload['noteSha256']), /^[0-9a-f]{64}$/);
    assert.doesNotMatch(JSON.stringify(entries), /Vertraulich|Wort/);
  });
});
