import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { wordsHash } from '../domain/entry.ts';
import { lageCity, staffSeen, type LageCity } from '../../../../test/support/lage-city.ts';

let city: LageCity;
let key = '';
const UNIT = '0190a000-0000-7000-8000-000000001010';

before(async () => {
  city = await lageCity();
  key = await city.lage('Tagebuch');
  await staffSeen(city, UNIT, 'Tom Trupp');
  city.as('unit', { kind: 'staff', staffId: UNIT, roles: ['krisenstab'], authorities: [] });
  await city.json('leader', 'POST', `/api/lagen/${key}/mitglieder`, { staffId: UNIT, organisation: 'THW', function: 'einheit' });
});
after(() => city.close());

const api = (path: string): string => `/api/lagen/${key}${path}`;
const write = (body: object, who = 'leader'): Promise<Response> =>
  city.call(who, 'POST', api('/tagebuch'), { kind: 'feststellung', text: 'Der Deich hält.', ...body });
const entry = async (body: object): Promise<Record<string, unknown> & { number: number }> => (await (await write(body)).json()) as never;
const take = (body: object, who = 'leader'): Promise<Response> =>
  city.call(who, 'POST', api('/nachrichten'), { direction: 'in', content: 'Wasser steigt.', sender: 'Deichwacht 3', addressee: 'S3', ...body });
const message = async (body: object): Promise<Record<string, never> & { id: string; number: number }> => (await (await take(body)).json()) as never;
const page = async (path: string, who = 'leader'): Promise<string> => {
  const answer = await city.call(who, 'GET', `/lagen/${key}${path}`);
  const text = await answer.text();
  assert.equal(answer.status, 200, `${path}: ${text.slice(0, 400)}`);
  return text;
};

describe('the Einsatztagebuch', () => {
  it('numbers entries without gaps, also when many write at once and some are refused', async () => {
    const first = (await entry({})).number;
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => write(i % 4 === 3 ? { text: '' } : { text: `Gleichzeitig ${i}` })));
    assert.equal(answers.filter(({ status }) => status === 422).length, 2);
    const { rows } = await sql<{
      number: number;
    }>`select number from logbook.entry where number > ${first} and lage_id = (select id from situation.lage where key = ${key})
      order by number`.execute(city.ctx.database.read);
    assert.deepEqual(
      rows.map(({ number }) => number),
      Array.from({ length: 6 }, (_, i) => first + 1 + i),
    );
  });

  it('is append-only: the database itself refuses a change', async () => {
    for (const statement of ['update logbook.entry set text = $$x$$', 'delete from logbook.entry', 'truncate logbook.entry'])
      await assert.rejects(
        city.ctx.database.write((tx) => sql.raw(statement).execute(tx)),
        /append-only/,
      );
  });

  it('corrects an entry by a further one; both are shown, the old one struck through with a link', async () => {
    const wrong = await entry({ text: 'Pegel 5,20 m' });
    const right = await entry({ kind: 'berichtigung', text: 'Pegel 5,02 m', corrects: wrong.number });
    const list = await page('/tagebuch');
    assert.match(list, /<s>Pegel 5,20 m<\/s>/);
    assert.match(list, new RegExp(`tagebuch/${right.number}">Berichtigt durch Eintrag ${right.number}`));
    assert.equal((await write({ kind: 'berichtigung', text: 'x', corrects: 999_999 })).status, 422);
    assert.equal((await write({ kind: 'lagebericht', text: 'x' })).status, 422);
  });

  it('keeps every sign so that its hash holds; what is no text becomes the sign for that', async () => {
    const odd = await entry({ text: 'Null\u0000 halb\ud800 Zeile\r\nEnde 🌊 ' });
    assert.equal(odd['text'], 'Null\ufffd halb\ufffd Zeile\nEnde 🌊');
    const { rows } = await sql<
      Parameters<typeof wordsHash>[0] & { sha256: string }
    >`select number, kind, text, event_at as "eventAt", written_at as "writtenAt",
      author_id as "authorId", author, organisation, function, refs, corrects, sha256 from logbook.entry`.execute(city.ctx.database.read);
    for (const row of rows) assert.equal(wordsHash(row), row.sha256, String(row.number));
    for (const path of ['/tagebuch?text=%00', '/tagebuch?author=%00', '/nachrichten?text=%00'])
      assert.equal((await city.call('leader', 'GET', api(path))).status, 200);
    await page('/tagebuch?suche=%00');
    await page('/nachrichten?suche=%00');
  });

  it('shows the way from message over consideration to measure, in both directions', async () => {
    const { logNumber } = await message({ content: 'Tor klemmt' });
    const considered = await entry({ kind: 'beurteilung', text: 'Ohne Tor läuft der Polder voll', refs: [`log:${logNumber}`] });
    const measure = await entry({ kind: 'massnahme', text: 'Tor von Hand schließen', refs: [`log:${considered.number}`] });
    const read = await city.json('leader', 'GET', api(`/tagebuch/${considered.number}`));
    assert.deepEqual(read['referredBy'], [measure.number]);
    assert.deepEqual(
      (read['linked'] as { number: number }[]).map(({ number }) => number),
      [logNumber, measure.number],
    );
    assert.match(await page(`/tagebuch/${considered.number}`), /Bezieht sich auf[\s\S]*Tor klemmt[\s\S]*Tor von Hand schließen/);
  });

  it('takes the same entry sent twice as one, and another under its id not at all', async () => {
    const id = '0190a000-0000-7000-8000-00000000aa01';
    const [one, two] = [await entry({ id, text: 'Ohne Netz geschrieben' }), await entry({ id, text: 'Ohne Netz geschrieben' })];
    assert.equal(one.number, two.number);
    assert.equal((await write({ id, text: 'Etwas anderes' })).status, 409);
  });

  it('keeps what was typed, in the form and by name, when it is refused', async () => {
    const refused = await city.form('leader', `/lagen/${key}/tagebuch`, { kind: 'entschluss', text: 'Alle raus', eventAt: 'neulich', refs: '1' });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Schreiben Sie die Zeit so[\s\S]*Alle raus[\s\S]*neulich/);
    const kept = await city.form('leader', `/lagen/${key}/tagebuch`, { kind: 'entschluss', text: 'Alle raus', eventAt: '19:48', refs: '1' });
    assert.match(kept.headers.get('location') ?? '', /tagebuch\/\d+$/);
  });

  it('finds by kind, author, time and words, and turns pages without losing any', async () => {
    const found = await city.json('leader', 'GET', api('/tagebuch?kind=entschluss&author=jens&text=alle%20r&from=2026-11-28T00:00:00Z'));
    assert.equal((found['items'] as unknown[]).length, 1);
    assert.deepEqual((await city.json('leader', 'GET', api('/tagebuch?text=%25')))['items'], []);
    const seen: number[] = [];
    for (let next: string | null = ''; next !== null;) {
      const part = await city.json('leader', 'GET', api(`/tagebuch?limit=4${next === '' ? '' : `&cursor=${next}`}`));
      seen.push(...(part['items'] as { number: number }[]).map(({ number }) => number));
      next = part['next'] as string | null;
    }
    assert.deepEqual(
      seen,
      Array.from({ length: seen[0]! }, (_, i) => seen[0]! - i),
    );
    assert.match(await page('/tagebuch?art=entschluss&suche=alle'), /Alle raus/);
    assert.match(await page('/tagebuch/druck'), /Einsatztagebuch/);
  });

  it('is closed to who does not belong, and to units; they learn nothing', async () => {
    for (const path of ['/tagebuch', '/tagebuch/1', '/nachrichten', '/lageberichte', '/lageberichte/entwurf'])
      for (const [who, status] of [
        ['stranger', 404],
        ['officer', 403],
        ['nobody', 401],
      ] as const)
        assert.equal((await city.call(who, 'GET', api(path))).status, status, `${who} ${path}`);
    assert.equal((await city.call('stranger', 'POST', api('/tagebuch/ausgabe'), { form: 'zip' })).status, 404);
    assert.equal((await city.call('unit', 'GET', api('/tagebuch'))).status, 403);
    assert.equal((await write({}, 'unit')).status, 403);
  });
});

describe('messages', () => {
  it('are one when sent twice with their own id, and lie in the log once', async () => {
    const id = '0190a000-0000-7000-8000-00000000bb01';
    const [one, two] = [await message({ id, content: 'Doppelt' }), await message({ id, content: 'Doppelt' })];
    assert.equal(one.number, two.number);
    assert.equal(((await city.json('leader', 'GET', api(`/tagebuch?ref=message:${id}`)))['items'] as unknown[]).length, 1);
    assert.equal((await take({ id, content: 'Anders' })).status, 409);
    assert.equal((await take({ refs: ['log:999999'] })).status, 422);
  });

  it('go to functions in four sheets, and into their inbox until read', async () => {
    const { id } = await message({ to: ['S3', 'leiter'], priority: 'blitz', content: 'Person im Wasser' });
    const inbox = async (query: string): Promise<string[]> =>
      ((await city.json('leader', 'GET', api(`/nachrichten?${query}`)))['items'] as { id: string }[]).map((one) => one.id);
    assert.ok((await inbox('inbox=leiter&unread=true')).includes(id));
    const read = await city.json('leader', 'POST', api(`/nachrichten/${id}/vermerke`), { kind: 'gelesen' });
    assert.deepEqual(read['copies'], { blau: 'S3', gruen: 'leiter', rot: 'S2', gelb: 'S6' });
    assert.ok(!(await inbox('inbox=leiter&unread=true')).includes(id));
    assert.ok((await inbox('inbox=leiter')).includes(id));
    assert.equal((await city.call('leader', 'POST', api(`/nachrichten/${id}/vermerke`), { kind: 'verteilung', copy: 'rot', toFunction: 'S3' })).status, 422);
    city.setClock(city.ctx.clock().add({ minutes: 3 }));
    assert.deepEqual(await inbox('overdue=true'), [id]);
    assert.match(await page('/nachrichten'), /Dringende Nachrichten warten zu lange/);
    const twice = [1, 2].map(() => city.json('leader', 'POST', api(`/nachrichten/${id}/vermerke`), { kind: 'quittung' }));
    const [a, b] = await Promise.all(twice);
    assert.equal((a!['steps'] as unknown[]).length, (b!['steps'] as unknown[]).length);
    assert.deepEqual(await inbox('overdue=true'), []);
    assert.match(await page(`/nachrichten/${id}`), /Rotes Blatt[\s\S]*S2 Lage[\s\S]*Quittiert/);
  });

  it('a unit reports, and sees its own and those given to units, no others', async () => {
    const theirs = (await (await take({ content: 'Trupp am Deich' }, 'unit')).json()) as { id: string };
    const given = await message({ to: ['einheit'], content: 'Rücken Sie vor', direction: 'out' });
    const other = await message({ content: 'Nur für den Stab' });
    const seen = ((await city.json('unit', 'GET', api('/nachrichten')))['items'] as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(seen, [given.id, theirs.id]);
    assert.equal((await city.call('unit', 'GET', api(`/nachrichten/${other.id}`))).status, 404);
    assert.equal((await city.call('unit', 'POST', api(`/nachrichten/${other.id}/vermerke`), { kind: 'gelesen' })).status, 404);
  });

  it('are taken and stamped by form, with every mistake named and nothing lost', async () => {
    const refused = await city.form('leader', `/lagen/${key}/nachrichten/neu`, {
      direction: 'out',
      priority: 'sofort',
      content: 'Räumen',
      sender: '',
      addressee: '',
    });
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /Nennen Sie, von wem[\s\S]*Nennen Sie, für wen[\s\S]*Räumen/);
    const made = await city.form('leader', `/lagen/${key}/nachrichten/neu`, {
      direction: 'out',
      content: 'Räumen',
      sender: 'Leitung',
      addressee: 'Zug 2',
      to: 'S3',
    });
    const place = made.headers.get('location') ?? '';
    assert.equal((await city.form('leader', `${place}/vermerke`, { kind: 'befoerderung' })).status, 303);
    const wrong = await city.form('leader', `${place}/vermerke`, { kind: 'bezug', ref: '999999' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /Einen Eintrag 999999 gibt es nicht/);
    for (const lang of ['en', 'leicht']) {
      const answer = await city.server.request(place, { headers: { cookie: `kontor_session=leader; kontor_lang=${lang}` } });
      assert.equal(answer.status, 200);
    }
  });
});

describe('situation reports', () => {
  it('are drafted, changed in versions, released by the leader, and printed', async () => {
    const draft = await city.json('leader', 'GET', api('/lageberichte/entwurf'));
    assert.match(JSON.stringify(draft['sections']), /leiter Jens Leiter, Feuerwehr/);
    assert.match(await page('/lageberichte/neu'), /3\. Auftrag und Durchführung/);
    const first = await city.json('leader', 'POST', api('/lageberichte'), { title: 'Lagebericht 1', sections: { lage: 'Ruhig.' } });
    const id = String(first['id']);
    const change = (basis: number, lage: string) =>
      city.call('leader', 'PUT', api(`/lageberichte/${id}`), { title: 'Lagebericht 1', sections: { lage }, basis });
    assert.equal((await change(1, 'Unruhig.')).status, 200);
    const late = await change(1, 'Noch ruhig.');
    assert.equal(late.status, 409);
    assert.match(JSON.stringify(await late.json()), /Unruhig\./);
    const page409 = await city.form('leader', `/lagen/${key}/lageberichte/${id}`, { title: 'Lagebericht 1', lage: 'Meins', basis: '1' });
    assert.match(await page409.text(), /Unruhig\.[\s\S]*Meins/);
    assert.equal((await city.call('leader', 'POST', api(`/lageberichte/${id}/freigabe`), { version: 1 })).status, 409);
    const released = await city.json('leader', 'POST', api(`/lageberichte/${id}/freigabe`), { version: 2 });
    assert.ok(released['release']);
    const log = (await city.json('leader', 'GET', api('/tagebuch?kind=lagebericht')))['items'] as { text: string }[];
    assert.match(log[0]!.text, /Lagebericht 1 freigegeben, Fassung 2/);
    assert.match(await page(`/lageberichte/${id}`), /freigegeben/);
    assert.match(await page('/lageberichte'), /Lagebericht 1/);
    const pdf = await city.call('leader', 'GET', `/lagen/${key}/lageberichte/${id}/pdf`);
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    assert.equal(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    );
  });
});

describe('after the end of a Lage', () => {
  it('the log can be read, added to and taken along, messages no longer taken', async () => {
    key = await city.lage('Beendet');
    await city.json('leader', 'POST', api('/ende'), { because: 'vorbei' });
    assert.equal((await write({ text: 'Nachtrag' })).status, 201);
    assert.equal((await take({})).status, 409);
    assert.match(await page('/nachrichten'), /Keine Nachrichten/);
  });
});
